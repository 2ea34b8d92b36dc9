/**
 * The trace M - C ... P ... C' - M' of a project, a data set version, a model, an annotator's hours: every figure with the
 * ledger legs whose sum it is. May depend on market and everything below it.
 */
package io.kreislauf.circuit;
