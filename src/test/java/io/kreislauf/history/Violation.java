package io.kreislauf.history;

/** A promise that was broken, and where it shows. */
record Violation(Rule rule, String what) {

    enum Rule {
        /** Never more live claims and labels on an item than its overlap. */
        OVERLAP,
        /** Nobody gets an item twice, but after a lease that ended before the task was shown. */
        TWICE,
        /** No two claims have the same fencing version; on each slot they rise; a claim keeps its own. */
        FENCING,
        /** Nothing is accepted from anybody else, or with a version that is not the claim's. */
        STRANGER,
        /** The same submission again is the same answer, another one is refused. */
        ANSWER,
        /** A label acknowledged is there once, one not acknowledged at most once, and none is there that nobody sent. */
        LABEL,
        /** What is in the database is on the topic and with its consumer, once. */
        TOPIC,
        /** No claim is there that nobody asked for, and every one that was told is. */
        CLAIM,
        /** No slot is lost: each is open, claimed, filled by exactly one label, or closed. */
        SLOT,
        /** Escrow holds the reward of every slot that is not closed. */
        ESCROW,
        /** What was heard of a page is there, every second of it is booked, and none twice. */
        TIME
    }
}
