/**
 * From agreed labels to released, frozen data sets: the working version, its split, releases, their files and card. May
 * depend on label and everything below it.
 */
package io.kreislauf.dataset;
