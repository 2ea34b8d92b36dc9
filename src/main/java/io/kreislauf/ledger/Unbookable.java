package io.kreislauf.ledger;

/** Why something cannot be booked. Nothing has been written when it is thrown. */
public final class Unbookable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The named reasons; the same names are the SQL hints by which the database says them. */
    public enum Reason {
        /** An entry whose legs do not add up to zero in each book and commodity. */
        UNBALANCED,
        /** An entry without legs, or with a leg of zero. */
        NO_LEGS,
        /** Not an ISO 4217 currency. */
        UNKNOWN_CURRENCY,
        /** Beyond 64 bits, or negative where only an amount can stand. */
        AMOUNT_OUT_OF_RANGE,
        /** A text that is no account or commodity. */
        MALFORMED,
        /** A leg in a book that does not exist. */
        UNKNOWN_BOOK,
        /** The legs of two people who work in one entry. */
        TWO_PEOPLE,
        /** A guarded account (CASH, ESCROW) would go below zero. */
        OVERDRAWN,
        /** The period is closed in one of the books. */
        CLOSED_PERIOD,
        /** An effective time that has not come yet. */
        IN_THE_FUTURE,
        /** An idempotency key that was used with another body. */
        KEY_REUSED,
        /** A second reversal, the reversal of a reversal, or one that is not the exact negative. */
        NOT_REVERSIBLE,
        /** An entry, book or tree that is not there. */
        NOT_FOUND,
        /** An attempt to change or remove what has been booked. */
        APPEND_ONLY
    }

    private final Reason reason;

    public Unbookable(Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
