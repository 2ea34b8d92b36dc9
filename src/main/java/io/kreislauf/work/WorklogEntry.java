package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.work.time.Span;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A row of a log, with whose it is.
 *
 * @param span      when it was worked; null: the log gives no dates
 * @param declared  whether it was taken in before
 */
record WorklogEntry(UUID submissionId, UUID claimId, UUID annotatorId, TimeClass timeClass, boolean declared, Span span, long askedMillis,
                    Instant submittedAt, String group) {

    private static final long DURATION_MAX = 30L * 86_400_000;

    /** @throws Refusal naming the row if its times contradict each other, or lie in the future */
    static WorklogEntry of(int index, ImportingWorklog.Row row, WorklogRows.Known known, Instant now) {
        Instant started = row.startedAt();
        Instant submitted = row.submittedAt();
        if (submitted == null && started != null && row.workMillis() != null) {
            submitted = started.plusMillis(row.workMillis());
        }
        if (started == null && submitted != null && row.workMillis() != null) {
            started = submitted.minusMillis(row.workMillis());
        }
        if (submitted != null && submitted.isAfter(now)) {
            throw Refusal.invalid("[%d].submittedAt".formatted(index), "%s is in the future.".formatted(submitted), "Send when it was.");
        }
        if (row.workMillis() != null && (row.workMillis() < 0 || row.workMillis() > DURATION_MAX)) {
            throw Refusal.invalid("[%d].workMillis".formatted(index), "A task takes 0 to %d ms.".formatted(DURATION_MAX), "Send milliseconds.");
        }
        Span span = null;
        if (started != null && submitted != null) {
            if (submitted.isBefore(started) || submitted.toEpochMilli() - started.toEpochMilli() > DURATION_MAX) {
                throw Refusal.invalid("[%d].startedAt".formatted(index), "The task ends before it begins, or more than 30 days later.", "Check the columns.");
            }
            if (row.workMillis() != null && row.workMillis() < submitted.toEpochMilli() - started.toEpochMilli()) {
                started = submitted.minusMillis(row.workMillis());
            }
            span = submitted.toEpochMilli() > started.toEpochMilli() ? new Span(started.toEpochMilli(), submitted.toEpochMilli()) : null;
        }
        long asked = span != null ? span.millis() : row.workMillis() != null && submitted == null ? row.workMillis() : 0;
        return new WorklogEntry(known.submissionId(), known.claimId(), known.annotatorId(), Declarations.classOf(known.submissionState()),
                known.declared(), span, asked, submitted, row.group());
    }

    ImportingWorklog.Cut cut(long bookedMillis, String why) {
        return new ImportingWorklog.Cut(submissionId, submissionId == null ? claimId : null, askedMillis, bookedMillis, why);
    }

    /** Effective when it was submitted; without a date, at the end of where it was laid. */
    BookingDeclared.Approved approved(List<Span> spans, String origin) {
        Instant at = submittedAt != null ? submittedAt : spans.isEmpty() ? null : Instant.ofEpochMilli(spans.getLast().to());
        return new BookingDeclared.Approved(null, annotatorId, claimId, timeClass, origin, spans, at, true);
    }
}
