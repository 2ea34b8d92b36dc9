package io.kreislauf.history;

import java.util.List;
import java.util.UUID;

/**
 * What is there after all is quiet: the database's rows of the project and the messages on the topic.
 *
 * @param overlap      labels wanted of each item
 * @param items        how many items there are
 * @param rewardMinor  held in escrow for each slot
 * @param escrowMinor  what the ledger holds for the project
 * @param submittedIds CloudEvents id and submission of every message that told a label, redeliveries included
 * @param labelsTaken  submissions that the consumer of labels has taken in
 */
record Ending(int overlap, int items, long rewardMinor, long escrowMinor, List<Slot> slots, List<Claim> claims, List<Submission> submissions,
              List<Told> submittedIds, List<UUID> labelsTaken) {

    record Slot(UUID slotId, UUID itemId, int ordinal, String state, UUID claimId) {}

    /** @param claimedAtMicros by the database's clock */
    record Claim(UUID claimId, UUID slotId, UUID itemId, UUID annotatorId, long version, String state, long claimedAtMicros) {}

    record Submission(UUID submissionId, UUID claimId, UUID slotId, UUID itemId, UUID annotatorId, String answer, boolean lateKept) {}

    record Told(UUID eventId, UUID submissionId) {}
}
