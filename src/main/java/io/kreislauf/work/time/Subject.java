package io.kreislauf.work.time;

import io.kreislauf.ledger.TimeClass;
import java.util.UUID;

/** What was before an annotator's eyes. */
public sealed interface Subject {

    /** Time without input that still counts as work on it, in milliseconds. */
    long idleMillis();

    /** A task. {@code claimedAt} decides between two that had their latest input at the same moment. */
    record Task(UUID claimId, long claimedAt, long idleMillis) implements Subject {}

    /**
     * A page outside a task: the list, a project's, a review, one's pay.
     *
     * @param projectId  whose page it is; null: nobody's in particular
     * @param timeClass  what for: search, watching (it held nothing that one may do), review, qualification, administration or break
     * @param idleMillis the project's for review and qualification, else {@link #IDLE_MILLIS}; a rest needs no input
     */
    record Outside(UUID projectId, TimeClass timeClass, long idleMillis) implements Subject {

        /** Where no project sets a threshold. */
        public static final long IDLE_MILLIS = 60_000;

        /** The longest rest that counts without a sign of life. */
        public static final long REST_MILLIS = 30 * 60_000;
    }
}
