package io.kreislauf.work.time;

import io.kreislauf.ledger.TimeClass;
import java.util.Optional;
import java.util.UUID;

/**
 * What a page said about itself, which holds until it says something else.
 *
 * @param tab        which page load
 * @param subject    null if {@code kind} is hidden or idle, or nothing is known of it
 * @param at         when it became so, in milliseconds of the server's clock
 * @param receivedAt when the server heard it, at or after {@code at}
 */
public record Observation(UUID tab, Kind kind, Subject subject, long at, long receivedAt) {

    /** {@code ACTIVE}: an input at that moment; {@code HIDDEN}, {@code IDLE}: not counting; the others: visible, and what for. */
    public enum Kind {
        SHOWN, ACTIVE, HIDDEN, IDLE, SEARCH, WATCHING, REVIEW, QUALIFICATION, ADMINISTRATION, BREAK;

        /** The class of time outside a task; empty where it is a task's, or none. */
        public Optional<TimeClass> outside() {
            return switch (this) {
                case SEARCH, WATCHING, REVIEW, QUALIFICATION, ADMINISTRATION, BREAK -> Optional.of(TimeClass.valueOf(name()));
                case SHOWN, ACTIVE, HIDDEN, IDLE -> Optional.empty();
            };
        }
    }

    public Observation {
        if (at > receivedAt) {
            throw new IllegalArgumentException("Observed in the future.");
        }
    }
}
