package io.kreislauf.ledger.book;

import io.kreislauf.ledger.EconomicEvent;
import java.time.Instant;
import java.util.Objects;

/**
 * An event to be booked.
 *
 * @param effectiveAt    when it happened; null: now
 * @param idempotencyKey a retry with the same key and event is the same entry
 */
public record Posting(EconomicEvent event, Instant effectiveAt, String idempotencyKey) {

    public Posting {
        Objects.requireNonNull(event, "event");
        Objects.requireNonNull(idempotencyKey, "idempotencyKey");
    }

    /** Under the key that the event names itself: one event of its type for its source. */
    public static Posting of(EconomicEvent event, Instant effectiveAt) {
        return new Posting(event, effectiveAt, event.idempotencyKey());
    }

    /** That happened now. */
    public static Posting of(EconomicEvent event) {
        return of(event, null);
    }
}
