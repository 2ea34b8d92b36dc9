/** The ledger as stored: posting in the caller's transaction, balances and statements as of both clocks. */
package io.kreislauf.ledger.book;
