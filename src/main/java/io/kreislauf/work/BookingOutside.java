package io.kreislauf.work;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourEvent;
import io.kreislauf.ledger.LabourEvent.BreakTaken;
import io.kreislauf.ledger.LabourEvent.QualificationTaken;
import io.kreislauf.ledger.LabourEvent.TimeAdministrative;
import io.kreislauf.ledger.LabourEvent.TimeLost;
import io.kreislauf.ledger.LabourEvent.TimeSearching;
import io.kreislauf.ledger.LabourEvent.TimeWatching;
import io.kreislauf.ledger.LabourEvent.WorkReviewed;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.project.Project;
import io.kreislauf.project.Projects;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.work.time.Attribution.Time;
import io.kreislauf.work.time.Intervals;
import io.kreislauf.work.time.Span;
import io.kreislauf.work.time.Subject;
import io.kreislauf.work.time.Subject.Outside;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Books time outside tasks: search and rest with the next claim, a review with its decision, a test when it is handed in, and what is
 * left when the sitting ends. What names a project that one has nothing to do with belongs to none: it is lost, not forgotten.
 */
@ApplicationScoped
class BookingOutside {

    /** Time that is older than this when it comes to be booked was never heard of in time. */
    private static final long SITTING_MAX_MILLIS = 24 * 3_600_000L;

    /** @param offline what the page alone knew */
    private record Unbooked(Outside subject, List<Span> spans, List<Span> offline) {

        Instant from() {
            return Instant.ofEpochMilli(Stream.concat(spans.stream(), offline.stream()).mapToLong(Span::from).min().orElseThrow());
        }

        LabourMillis labour() {
            return LabourMillis.observed(Intervals.millis(spans));
        }
    }

    /** Between the end of a rest and the next claim. */
    private static final Duration COMING_BACK = Duration.ofMinutes(1);

    private final DataSource dataSource;
    private final TimeRows rows;
    private final BookingTime time;
    private final Projects projects;
    private final TimeWages wages;
    private final DeclaringOffline offline;
    private final Ledger ledger;
    private final DatabaseClock clock;

    BookingOutside(DataSource dataSource, BookingTime time, Projects projects, TimeWages wages, DeclaringOffline offline, Ledger ledger, DatabaseClock clock) {
        this.dataSource = dataSource;
        this.rows = new TimeRows(dataSource);
        this.time = time;
        this.projects = projects;
        this.wages = wages;
        this.offline = offline;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Books search and watching to the project that was now claimed from, as far as it is its own or nobody's, and the rest that it prescribed. */
    void withClaim(UUID annotatorId, UUID projectId) {
        book(annotatorId, outside -> isSearch(outside) && (outside.projectId() == null || outside.projectId().equals(projectId))
                || outside.timeClass() == TimeClass.BREAK && projectId.equals(outside.projectId()), projectId, null);
    }

    /**
     * Books what was observed of one class in one project up to now.
     *
     * @param deedId what the time led to: a review, an appeal decided, a test handed in
     */
    LabourMillis withDeed(UUID personId, TimeClass timeClass, UUID projectId, UUID deedId) {
        Sql.list(dataSource, Integer.class, ClaimRows.LOCK_ANNOTATOR + "select 1", personId.toString());
        return book(personId, outside -> outside.timeClass() == timeClass && projectId.equals(outside.projectId()), projectId, deedId);
    }

    /** The sitting is over: what is left goes to the project it was for, search and what belongs to none into the person's own book. */
    void atEnd(UUID personId) {
        rows.outsideSince(personId).ifPresent(since -> {
            Instant now = clock.now();
            for (Unbooked left : unbooked(personId, since, now)) {
                Outside subject = left.subject;
                if (!isSearch(subject) && subject.projectId() != null && rows.belongs(personId, subject.projectId(), subject.timeClass())) {
                    give(personId, projects.any(subject.projectId()), left, null, now);
                } else {
                    lose(personId, left);
                }
            }
            rows.outsideSince(personId, null);
        });
    }

    private LabourMillis book(UUID personId, Predicate<Outside> which, UUID projectId, UUID deedId) {
        Optional<Instant> since = rows.outsideSince(personId);
        if (since.isEmpty()) {
            return LabourMillis.NONE;
        }
        Instant now = clock.now();
        Project project = projects.any(projectId);
        LabourMillis booked = LabourMillis.NONE;
        UUID deed = deedId;
        Instant waiting = null;
        for (Unbooked found : unbooked(personId, since.get(), now)) {
            if (which.test(found.subject)) {
                give(personId, project, found, deed, now);
                booked = booked.plus(found.labour());
                deed = found.spans.isEmpty() ? deed : null;
            } else if (waiting == null) {
                waiting = found.from();
            }
        }
        rows.outsideSince(personId, waiting);
        return booked;
    }

    private void give(UUID personId, Project project, Unbooked found, UUID deedId, Instant at) {
        TimeClass timeClass = found.subject.timeClass();
        Unbooked time = timeClass == TimeClass.BREAK ? asPrescribed(personId, project, found) : found;
        if (!time.offline.isEmpty()) {
            offline.declareOutside(personId, project, timeClass, time.offline, at);
        }
        if (time.spans.isEmpty()) {
            return;
        }
        UUID first = null;
        long minor = 0;
        for (var month : BookingTime.byPeriod(time.spans).entrySet()) {
            List<UUID> intervals = rows.insert(personId, project.projectId(), null, timeClass.part(), "observed", month.getKey(), month.getValue());
            first = first == null ? intervals.getFirst() : first;
            minor += wages.accrue(project, personId, timeClass, LabourMillis.observed(Intervals.millis(month.getValue())), month.getKey(), at).minor();
        }
        ledger.post(event(timeClass, deedId == null ? first : deedId, project, new Book(personId), time.labour(), new Wage(project.currency(), minor)), null);
    }

    /** A rest is the project's as long as it prescribes it: so much for so much work, and a moment to come back. What is longer is nobody's. */
    private Unbooked asPrescribed(UUID personId, Project project, Unbooked rest) {
        long left = project.restMinutes() == null ? 0 : rows.restLeftMillis(personId, project.projectId(), Duration.ofMinutes(project.restAfterMinutes()).toMillis(),
                Duration.ofMinutes(project.restMinutes()).plus(COMING_BACK).toMillis());
        List<Span> prescribed = Intervals.first(rest.spans, left);
        List<Span> longer = Intervals.minus(rest.spans, prescribed);
        if (!longer.isEmpty()) {
            lose(personId, new Unbooked(rest.subject, longer, List.of()));
        }
        return new Unbooked(rest.subject, prescribed, left == 0 ? List.of() : rest.offline);
    }

    /** Nobody could approve what the server did not see: it is not declared. */
    private void lose(UUID personId, Unbooked time) {
        if (time.spans.isEmpty()) {
            return;
        }
        TimeClass timeClass = time.subject.timeClass();
        List<UUID> lost = new ArrayList<>();
        BookingTime.byPeriod(time.spans).forEach((period, spans) -> lost.addAll(rows.insert(personId, null, null, timeClass.part(), "observed", period, spans)));
        ledger.post(new TimeLost(lost.getFirst(), new Book(personId), timeClass, time.labour()), null);
    }

    /** In order of time. */
    private List<Unbooked> unbooked(UUID personId, Instant since, Instant now) {
        long to = now.toEpochMilli();
        long from = Math.max(since.toEpochMilli(), to - SITTING_MAX_MILLIS);
        Map<Subject, Time> times = time.attributed(personId, from, to, List.of());
        List<Span> booked = rows.booked(personId, from, to + 1);
        return times.keySet().stream().filter(Outside.class::isInstance).map(Outside.class::cast)
                .map(subject -> new Unbooked(subject, BookingTime.left(times.get(subject).observed(), from, to, booked),
                        BookingTime.left(times.get(subject).offline(), from, to, booked)))
                .filter(found -> !found.spans.isEmpty() || !found.offline.isEmpty())
                .sorted(Comparator.comparing(Unbooked::from)).toList();
    }

    private static boolean isSearch(Outside outside) {
        return outside.timeClass() == TimeClass.SEARCH || outside.timeClass() == TimeClass.WATCHING;
    }

    private static LabourEvent event(TimeClass timeClass, UUID id, Project project, Book person, LabourMillis labour, Wage wage) {
        UUID projectId = project.projectId();
        Book organisation = new Book(project.organisationId());
        return switch (timeClass) {
            case SEARCH -> new TimeSearching(id, projectId, organisation, person, labour, wage);
            case WATCHING -> new TimeWatching(id, projectId, organisation, person, labour, wage);
            case REVIEW -> new WorkReviewed(id, projectId, organisation, person, labour, wage);
            case QUALIFICATION -> new QualificationTaken(id, projectId, organisation, person, labour, wage);
            case ADMINISTRATION -> new TimeAdministrative(id, projectId, organisation, person, labour, wage);
            case BREAK -> new BreakTaken(id, projectId, organisation, person, labour, wage);
            case DIRECT, REJECTED, RETURNED -> throw new IllegalArgumentException(timeClass + " is a task's.");
        };
    }
}
