package io.kreislauf.ledger;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A mistake put right: the exact negative of an entry, which it names. Both stay.
 *
 * @param legs the legs of the entry that is reversed, as they were booked
 */
public record Reversal(UUID reversed, Source source, List<Leg> legs) implements EconomicEvent {

    public Reversal {
        Objects.requireNonNull(reversed, "reversed");
        Objects.requireNonNull(source, "source");
        legs = List.copyOf(legs);
    }

    @Override
    public String idempotencyKey() {
        return "Reversal:" + reversed;
    }
}
