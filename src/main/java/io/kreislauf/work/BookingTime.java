package io.kreislauf.work;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourEvent.TimeLost;
import io.kreislauf.ledger.LabourEvent.TimeSearching;
import io.kreislauf.ledger.LabourEvent.TimeWatching;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.project.Project;
import io.kreislauf.project.Projects;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.work.time.Attribution;
import io.kreislauf.work.time.Attribution.Time;
import io.kreislauf.work.time.Intervals;
import io.kreislauf.work.time.Observation;
import io.kreislauf.work.time.Span;
import io.kreislauf.work.time.Subject;
import io.kreislauf.work.time.Subject.Outside;
import io.kreislauf.work.time.Subject.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * From what was observed to what is booked. Runs in the transaction of a use case that has locked the annotator
 * ({@link ClaimRows#LOCK_ANNOTATOR}), so that no second is booked twice.
 */
@ApplicationScoped
class BookingTime {

    /** How far before a claim observations are read: another tab's latest input may be as old as its idle threshold. */
    private static final long LOOK_BACK_MILLIS = 15 * 60_000;

    /** Search that is older than this when it comes to be booked was never heard of in time. */
    private static final long SITTING_MAX_MILLIS = 24 * 3_600_000L;

    private final DataSource dataSource;
    private final TimeRows rows;
    private final Ledger ledger;
    private final Projects projects;
    private final TimeWages wages;
    private final DatabaseClock clock;

    BookingTime(DataSource dataSource, Ledger ledger, Projects projects, TimeWages wages, DatabaseClock clock) {
        this.dataSource = dataSource;
        this.rows = new TimeRows(dataSource);
        this.ledger = ledger;
        this.projects = projects;
        this.wages = wages;
        this.clock = clock;
    }

    /** Of the annotator's time, what belongs to the claim and is not booked yet. {@code heard}: the page is heard of right now. */
    Time unbooked(UUID annotatorId, UUID claimId, Instant claimedAt, long idleMillis, Instant now, boolean heard) {
        Task task = new Task(claimId, claimedAt.toEpochMilli(), idleMillis);
        long from = claimedAt.toEpochMilli();
        long to = now.toEpochMilli();
        if (to <= from) {
            return Time.NONE;
        }
        Time time = attributed(annotatorId, from, to, heard ? List.of(task) : List.of()).getOrDefault(task, Time.NONE);
        List<Span> booked = time == Time.NONE ? List.of() : rows.booked(annotatorId, from, to);
        return new Time(left(time.observed(), from, to, booked), left(time.offline(), from, to, booked));
    }

    private Map<Subject, Time> attributed(UUID annotatorId, long from, long now, List<Subject> heard) {
        List<Observation> said = rows.observations(annotatorId, from - LOOK_BACK_MILLIS);
        return said.isEmpty() ? Map.of() : Attribution.of(said, heard, now);
    }

    private static List<Span> left(List<Span> spans, long from, long to, List<Span> booked) {
        return Intervals.cutAtMidnight(Intervals.minus(Intervals.within(spans, from, to), booked));
    }

    /** Books search and watching since the last claim to the project that was now claimed from, as far as it is its own or nobody's. */
    void bookOutside(UUID annotatorId, UUID projectId) {
        Instant now = clock.now();
        rows.outsideSince(annotatorId).ifPresent(since -> {
            Project project = projects.any(projectId);
            Book organisation = new Book(project.organisationId());
            Book annotator = new Book(annotatorId);
            List<Posting> postings = new ArrayList<>();
            Instant left = null;
            for (Outsider outside : outside(annotatorId, since, now)) {
                if (outside.projectId != null && !outside.projectId.equals(projectId)) {
                    left = since;
                    continue;
                }
                LocalDate period = periodOf(now);
                List<UUID> ids = rows.insert(annotatorId, projectId, null, outside.timeClass.part(), "observed", period, outside.spans);
                LabourMillis labour = LabourMillis.observed(Intervals.millis(outside.spans));
                Wage wage = wages.accrue(project, annotatorId, labour, period, now);
                postings.add(Posting.of(outside.timeClass == TimeClass.SEARCH
                        ? new TimeSearching(ids.getFirst(), projectId, organisation, annotator, labour, wage)
                        : new TimeWatching(ids.getFirst(), projectId, organisation, annotator, labour, wage)));
            }
            ledger.postAll(postings);
            rows.outsideSince(annotatorId, left);
        });
    }

    /** Books what is left of search and watching as lost, in the annotator's own book: the sitting is over. */
    void loseOutside(UUID annotatorId) {
        Instant now = clock.now();
        rows.outsideSince(annotatorId).ifPresent(since -> {
            List<Posting> postings = new ArrayList<>();
            for (Outsider outside : outside(annotatorId, since, now)) {
                List<UUID> ids = rows.insert(annotatorId, null, null, outside.timeClass.part(), "observed", periodOf(now), outside.spans);
                postings.add(Posting.of(new TimeLost(ids.getFirst(), new Book(annotatorId), outside.timeClass,
                        LabourMillis.observed(Intervals.millis(outside.spans)))));
            }
            ledger.postAll(postings);
            rows.outsideSince(annotatorId, null);
        });
    }

    private record Outsider(UUID projectId, TimeClass timeClass, List<Span> spans) {}

    private List<Outsider> outside(UUID annotatorId, Instant since, Instant now) {
        long to = now.toEpochMilli();
        long from = Math.max(since.toEpochMilli(), to - SITTING_MAX_MILLIS);
        Map<Subject, Time> times = attributed(annotatorId, from, to, List.of());
        List<Span> booked = rows.booked(annotatorId, from, to + 1);
        List<Outsider> found = new ArrayList<>();
        times.forEach((subject, time) -> {
            if (subject instanceof Outside outside) {
                List<Span> spans = left(time.observed(), from, to, booked);
                if (!spans.isEmpty()) {
                    found.add(new Outsider(outside.projectId(), outside.watching() ? TimeClass.WATCHING : TimeClass.SEARCH, spans));
                }
            }
        });
        return found;
    }

    /** The pay period of a moment: the UTC month, as its first day. */
    static LocalDate periodOf(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    }
}
