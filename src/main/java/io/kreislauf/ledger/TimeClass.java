package io.kreislauf.ledger;

import java.util.Locale;

/** What labour time was given for. All classes are labour given and go into the product they are booked to. */
public enum TimeClass {
    /** Labelling. */
    DIRECT,
    /** Labelling whose result was rejected. The time stays. */
    REJECTED,
    /** Skipped, returned, timed out. */
    RETURNED,
    /** Tests and training. */
    QUALIFICATION,
    /** Looking for the next task. */
    SEARCH,
    /** The list is open and holds nothing one may do. */
    WATCHING,
    /** Messages, appeals, payments. */
    ADMINISTRATION,
    /** Forced rest. */
    BREAK,
    /** Reviewers and adjudicators. */
    REVIEW;

    /** The account part, as in {@code EXPENDED:direct}. */
    public String part() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Reads an account part. */
    public static TimeClass of(String part) {
        return valueOf(part.toUpperCase(Locale.ROOT));
    }
}
