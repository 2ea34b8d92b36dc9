package io.kreislauf.ledger.book;

import java.time.Instant;

/**
 * The state of the books that is asked for, on both clocks.
 *
 * @param effectiveAt what had happened by then; null: everything
 * @param postedAt    what had been written by then; null: everything so far
 */
public record AsOf(Instant effectiveAt, Instant postedAt) {

    public static final AsOf NOW = new AsOf(null, null);

    public boolean isNow() {
        return effectiveAt == null && postedAt == null;
    }
}
