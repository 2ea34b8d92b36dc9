/**
 * From many submissions to one label: what is agreed about each item, how sure it is, and whether one more label is asked
 * for. Depends on {@code work}, {@code project}, {@code people} and {@code stream}.
 */
package io.kreislauf.label;
