/** The running audit: every invariant of the ledger, checked on the rows themselves. */
package io.kreislauf.ledger.audit;
