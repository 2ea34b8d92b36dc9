package io.kreislauf.work;

import io.kreislauf.work.time.Attribution;
import io.kreislauf.work.time.Attribution.Time;
import io.kreislauf.work.time.Intervals;
import io.kreislauf.work.time.Observation;
import io.kreislauf.work.time.Span;
import io.kreislauf.work.time.Subject;
import io.kreislauf.work.time.Subject.Task;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * From what was observed to what is booked. Runs in the transaction of a use case that has locked the annotator
 * ({@link ClaimRows#LOCK_ANNOTATOR}), so that no second is booked twice.
 */
@ApplicationScoped
class BookingTime {

    /** How far before a moment observations are read, if nothing that is found then can go on for longer without an input. */
    private static final long LOOK_BACK_MILLIS = 15 * 60_000;

    private final SaidRows said;
    private final TimeRows rows;

    BookingTime(DataSource dataSource) {
        this.said = new SaidRows(dataSource);
        this.rows = new TimeRows(dataSource);
    }

    /** Of the annotator's time, what belongs to the claim and is not booked yet. {@code heard}: the page is heard of right now. */
    Time unbooked(UUID annotatorId, UUID claimId, Instant claimedAt, long idleMillis, Instant now, boolean heard) {
        return unbooked(annotatorId, new Task(claimId, claimedAt.toEpochMilli(), idleMillis), claimedAt, now, heard);
    }

    /** The same from a moment after the claim on. */
    Time unbooked(UUID annotatorId, Task task, Instant since, Instant now, boolean heard) {
        long from = since.toEpochMilli();
        long to = now.toEpochMilli();
        if (to <= from) {
            return Time.NONE;
        }
        List<Observation> observations = said.observations(annotatorId, from, lookBackMillis(task.idleMillis()));
        Time time = observations.isEmpty() ? Time.NONE : Attribution.of(observations, heard ? List.of(task) : List.of(), to).getOrDefault(task, Time.NONE);
        List<Span> booked = time == Time.NONE ? List.of() : rows.booked(annotatorId, from, to);
        return new Time(left(time.observed(), from, to, booked), left(time.offline(), from, to, booked));
    }

    /** All of the annotator's time from a moment on, by what it belongs to. */
    Map<Subject, Time> attributed(UUID annotatorId, long from, long now, List<Subject> heard) {
        List<Observation> observations = said.observations(annotatorId, from, LOOK_BACK_MILLIS);
        long idleMillis = observations.stream().map(Observation::subject).filter(Objects::nonNull).mapToLong(Subject::idleMillis).max().orElse(0);
        if (lookBackMillis(idleMillis) > LOOK_BACK_MILLIS) {
            observations = said.observations(annotatorId, from, lookBackMillis(idleMillis));
        }
        return observations.isEmpty() ? Map.of() : Attribution.of(observations, heard, now);
    }

    /** The latest input may be as old as the idle threshold; what is read first of a page looks like an input, and has to be too old for one. */
    private static long lookBackMillis(long idleMillis) {
        return Math.max(LOOK_BACK_MILLIS, idleMillis + Attribution.GAP_MILLIS_MAX);
    }

    /** What of the spans lies between two moments and is not booked, cut at midnight. */
    static List<Span> left(List<Span> spans, long from, long to, List<Span> booked) {
        return Intervals.cutAtMidnight(Intervals.minus(Intervals.within(spans, from, to), booked));
    }

    /** Spans that no midnight cuts by the pay period in which they end: of a span that ends with a month it is that month. */
    static SortedMap<LocalDate, List<Span>> byPeriod(List<Span> spans) {
        return spans.stream().collect(Collectors.groupingBy(BookingTime::periodOf, TreeMap::new, Collectors.toList()));
    }

    static LocalDate periodOf(Span span) {
        return periodOf(Instant.ofEpochMilli(span.to() - 1));
    }

    /** The pay period of a moment: the UTC month, as its first day. */
    static LocalDate periodOf(Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1);
    }
}
