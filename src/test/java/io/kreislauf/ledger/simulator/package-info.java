/**
 * A simulator of the ledger: random histories, an independent model, the real database with faults in between, and shrinking.
 * {@code Rulebook} must never call {@code PostingRules}.
 */
package io.kreislauf.ledger.simulator;
