package io.kreislauf.work.time;

import java.util.UUID;

/** What was before an annotator's eyes. */
public sealed interface Subject {

    /** Time without input that still counts as work on it, in milliseconds. */
    long idleMillis();

    /** A task. {@code claimedAt} decides between two that had their latest input at the same moment. */
    record Task(UUID claimId, long claimedAt, long idleMillis) implements Subject {}

    /** A page outside a task: the list, or a project's. {@code watching}: it held nothing that one may do. */
    record Outside(UUID projectId, boolean watching) implements Subject {

        @Override
        public long idleMillis() {
            return 60_000;
        }
    }
}
