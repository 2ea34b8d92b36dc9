package io.kreislauf.ledger.book;

import java.time.Instant;
import java.util.UUID;

/**
 * What has been booked.
 *
 * @param effectiveAt when it happened, or the first open day after a closed period
 * @param repeated    whether it had been posted before under the same key
 */
public record EntryRef(UUID entryId, Instant effectiveAt, Instant postedAt, boolean repeated) {}
