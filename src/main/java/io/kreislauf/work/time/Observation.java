package io.kreislauf.work.time;

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

    /** {@code ACTIVE}: an input at that moment; {@code SHOWN}, {@code SEARCH}, {@code WATCHING}: visible; the others: not counting. */
    public enum Kind { SHOWN, ACTIVE, HIDDEN, IDLE, SEARCH, WATCHING }

    public Observation {
        if (at > receivedAt) {
            throw new IllegalArgumentException("Observed in the future.");
        }
    }
}
