/**
 * The researchers' reports: measures as a catalogue, figures with their parameters and the state of the ledger that they
 * were computed from, small cells suppressed. May depend on circuit and everything below it.
 */
package io.kreislauf.report;
