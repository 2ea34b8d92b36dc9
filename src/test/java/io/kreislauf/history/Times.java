package io.kreislauf.history;

import java.util.List;
import java.util.UUID;

/**
 * What is there in the end of everybody's time, in microseconds by the database's clock.
 *
 * @param declared what waits for a reviewer: what was heard of a task only after it was handed in, or was kept by its page alone
 */
record Times(List<Seen> seen, List<Booked> booked, List<Booked> declared, List<Ended> ended) {

    /** What a page said, in the order in which it was heard; {@code claimId} null: it was hidden. */
    record Seen(UUID annotatorId, UUID tab, String kind, UUID claimId, long atMicros, long receivedMicros) {}

    /** @param what its class and its claim */
    record Booked(UUID annotatorId, long fromMicros, long toMicros, String what) {}

    /**
     * @param handedIn whether it ended with a label
     * @param inTime   whether its annotator ended it before its time was over: the page is known to have been there until then
     */
    record Ended(UUID claimId, long atMicros, boolean handedIn, boolean inTime) {}
}
