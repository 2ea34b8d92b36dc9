/**
 * The ledger's pure core: books, commodities, accounts, economic events and the one function that turns an event into
 * balanced entries. Read {@link io.kreislauf.ledger.PostingRules} first: it is the whole chart of accounts.
 *
 * <p>Imports {@code java.*} only (held by a test). What stores, seals, audits and shows entries is in the sub-packages:
 * {@code book} (store, balances), {@code seal}, {@code audit}, {@code export}.
 */
package io.kreislauf.ledger;
