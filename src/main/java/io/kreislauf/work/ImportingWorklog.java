package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Project;
import io.kreislauf.project.Projects;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.work.time.Span;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Taking in the times that a log recorded, as declared labour with the log as its source. Times with dates become the
 * union per worker (a second in two tasks belongs to the one submitted first) at their true dates; times without are laid
 * end to end backwards from the replay's start. Nobody gets a second twice, so nobody has more than 24 h a day.
 *
 * <p>A row that was taken in before is listed and does nothing, so that a replay can be resumed. Rows of one worker
 * that overlap should come in one request, or in the order of their submission.
 */
@ApplicationScoped
public class ImportingWorklog {

    static final int ROWS_MAX = 10_000;

    /**
     * What the log says of one task: two of the three times, or {@code workMillis} alone, or none.
     *
     * @param submissionId the label; or
     * @param claimId      the claim, where an answer did not fit and was given back
     * @param group        tasks of one worker that share one recorded {@code workMillis}, which is booked once
     */
    public record Row(UUID submissionId, UUID claimId, Instant startedAt, Instant submittedAt, Long workMillis, String group) {}

    /** A row of which less was booked than the log says, or nothing. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Cut(UUID submissionId, UUID claimId, long askedMillis, long bookedMillis, String why) {}

    public record Taken(int rows, long askedMillis, long bookedMillis, List<Cut> cut) {}

    private final WorklogRows rows;
    private final Projects projects;
    private final BookingDeclared booking;
    private final DatabaseClock clock;

    ImportingWorklog(DataSource dataSource, Projects projects, BookingDeclared booking, DatabaseClock clock) {
        this.rows = new WorklogRows(dataSource);
        this.projects = projects;
        this.booking = booking;
        this.clock = clock;
    }

    /** @throws Refusal NOT_A_LOG, TOO_LARGE, NOT_FOUND for work of another project, or naming the row at fault */
    @Transactional
    public Taken read(Caller caller, UUID projectId, List<Row> log) {
        Project project = projects.own(caller, projectId);
        if (project.origin().equals("normal")) {
            throw Refusal.conflict("NOT_A_LOG", "Times are declared for replayed logs and the demo only.", "Annotators' time is observed.");
        }
        if (log == null || log.size() > ROWS_MAX) {
            throw Refusal.tooLarge("rows", "A request has at most %d rows.".formatted(ROWS_MAX), "Send several, whole workers in each.");
        }
        List<WorklogEntry> entries = resolved(projectId, log);
        List<Cut> cut = new ArrayList<>();
        entries.stream().filter(WorklogEntry::declared).forEach(e -> cut.add(e.cut(0, "taken in before")));
        Map<UUID, List<WorklogEntry>> byWorker = entries.stream().filter(e -> !e.declared() && e.askedMillis() > 0)
                .collect(Collectors.groupingBy(WorklogEntry::annotatorId, LinkedHashMap::new, Collectors.toList()));
        List<BookingDeclared.Approved> approved = new ArrayList<>();
        rows.lock(byWorker.keySet());
        long laidUntil = project.createdAt().toEpochMilli();
        byWorker.forEach((annotatorId, own) -> {
            Map<UUID, List<Span>> spans =
                    WorklogSpans.of(own, rows.booked(annotatorId), laidUntil, rows.groupsBooked(projectId, annotatorId));
            own.forEach(e -> approved.add(e.approved(spans.getOrDefault(e.claimId(), List.of()), project.origin())));
        });
        Map<UUID, UUID> ids = rows.insert(projectId, approved, byWorker.values().stream().flatMap(List::stream).toList(), clock.now());
        List<BookingDeclared.Approved> named = approved.stream().map(a -> a.named(ids.get(a.claimId()))).toList();
        booking.book(project, named);
        rows.trueTimes(byWorker.values().stream().flatMap(List::stream).filter(e -> e.submittedAt() != null).toList());
        Map<UUID, Long> bookedOf = named.stream().collect(Collectors.toMap(BookingDeclared.Approved::claimId, BookingDeclared.Approved::millis));
        byWorker.values().stream().flatMap(List::stream).filter(e -> bookedOf.get(e.claimId()) < e.askedMillis())
                .forEach(e -> cut.add(e.cut(bookedOf.get(e.claimId()), e.group() == null ? "overlaps other booked time" : "the group's time is booked once")));
        return new Taken(log.size(), entries.stream().mapToLong(WorklogEntry::askedMillis).sum(),
                named.stream().mapToLong(BookingDeclared.Approved::millis).sum(), cut);
    }

    private List<WorklogEntry> resolved(UUID projectId, List<Row> log) {
        Instant now = clock.now();
        Set<UUID> seen = new HashSet<>();
        Map<UUID, WorklogRows.Known> bySubmission = new HashMap<>();
        Map<UUID, WorklogRows.Known> byClaim = new HashMap<>();
        rows.known(projectId, log.stream().map(Row::submissionId).filter(id -> id != null).toArray(UUID[]::new),
                log.stream().map(Row::claimId).filter(id -> id != null).toArray(UUID[]::new)).forEach(k -> {
            byClaim.put(k.claimId(), k);
            if (k.submissionId() != null) {
                bySubmission.put(k.submissionId(), k);
            }
        });
        List<WorklogEntry> entries = new ArrayList<>();
        for (int i = 0; i < log.size(); i++) {
            Row row = log.get(i);
            WorklogRows.Known known = row.submissionId() != null ? bySubmission.get(row.submissionId()) : byClaim.get(row.claimId());
            if (known == null) {
                throw Refusal.missing("submission or claim of this project", row.submissionId() != null ? row.submissionId() : row.claimId());
            }
            if (!seen.add(known.claimId())) {
                throw Refusal.invalid("[%d]".formatted(i), "This task stands in the request twice.", "Send each task once.");
            }
            entries.add(WorklogEntry.of(i, row, known, now));
        }
        return entries;
    }
}
