package io.kreislauf.work;

import io.kreislauf.ledger.TimeClass;
import io.kreislauf.work.time.Span;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows of the intervals that are booked, and of sittings. */
final class TimeRows {

    private record Bounds(Instant from, Instant to) {}

    /** Booked time of one claim or class. */
    record Booked(String timeClass, String source, long millis) {}

    /** Whether an annotator has something to do with a project: holds a task of it, or has handed one in, or has spent time on one. */
    static final String WORKS_FOR = """
            with asked as (select cast(? as uuid) as project_id, cast(? as uuid) as annotator_id)
            select exists (select from claim c where c.annotator_id = asked.annotator_id and c.project_id = asked.project_id and c.state in ('claimed', 'shown'))
                or exists (select from worked_interval w where w.annotator_id = asked.annotator_id and w.project_id = asked.project_id)
                or exists (select from submission s where s.annotator_id = asked.annotator_id and s.project_id = asked.project_id)
              from asked
            """;

    private final DataSource dataSource;

    TimeRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What of the annotator's time between these moments is booked already. */
    List<Span> booked(UUID annotatorId, long from, long to) {
        return Sql.list(dataSource, Bounds.class, """
                        select lower(span), upper(span) from worked_interval where annotator_id = ? and span && tstzrange(?, ?)
                        """, annotatorId, Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)).stream()
                .map(b -> new Span(b.from.toEpochMilli(), b.to.toEpochMilli())).toList();
    }

    /** One id for each span, in their order. */
    List<UUID> insert(UUID annotatorId, UUID projectId, UUID claimId, String timeClass, String source, LocalDate period, List<Span> spans) {
        if (spans.isEmpty()) {
            return List.of();
        }
        return Sql.list(dataSource, UUID.class, """
                        insert into worked_interval (annotator_id, project_id, claim_id, time_class, source, span, period)
                        select ?, ?, ?, ?, ?, tstzrange(cast(s.since as timestamptz), cast(s.until as timestamptz)), ?
                          from unnest(cast(? as text[]), cast(? as text[])) with ordinality as s(since, until, position)
                         order by s.position
                        returning interval_id
                        """, annotatorId, projectId, claimId, timeClass, source, period, froms(spans), tos(spans));
    }

    static Instant[] froms(List<Span> spans) {
        return spans.stream().map(s -> Instant.ofEpochMilli(s.from())).toArray(Instant[]::new);
    }

    static Instant[] tos(List<Span> spans) {
        return spans.stream().map(s -> Instant.ofEpochMilli(s.to())).toArray(Instant[]::new);
    }

    /** What is booked with a claim, by class and source. */
    List<Booked> bookedWith(UUID claimId) {
        return Sql.list(dataSource, Booked.class, """
                select time_class, source, cast(sum(extract(epoch from upper(span) - lower(span)) * 1000) as bigint)
                  from worked_interval where claim_id = ? group by time_class, source
                """, claimId);
    }

    /** Moves what is booked with a claim from one class to another. */
    void move(UUID claimId, String from, String to) {
        Sql.run(dataSource, "update worked_interval set time_class = ? where claim_id = ? and time_class = ?", to, claimId, from);
    }

    /** The label that came late counts: the time and the pay of its claim belong to the period in which it was submitted. */
    void count(UUID annotatorId, UUID claimId, LocalDate period) {
        Sql.run(dataSource, "update worked_interval set time_class = 'direct', period = ? where claim_id = ? and time_class = 'returned'", period, claimId);
        Sql.run(dataSource, "update wage_due set period = ? where annotator_id = ? and claim_id = ? and period <> ?", period, annotatorId, claimId, period);
    }

    /** How much longer an annotator's rest may be booked to a project, in milliseconds, after all work and all rest that is booked there. */
    long restLeftMillis(UUID annotatorId, UUID projectId, long afterMillis, long restMillis) {
        return Sql.one(dataSource, Long.class, """
                select greatest(0, floor(coalesce(sum(m.millis) filter (where m.claim_id is not null), 0) / ?) * ? - coalesce(sum(m.millis) filter (where m.time_class = 'break'), 0))::bigint
                  from (select claim_id, time_class, extract(epoch from upper(span) - lower(span)) * 1000 as millis
                          from worked_interval where annotator_id = ? and project_id = ?) m
                """, afterMillis, restMillis, annotatorId, projectId).orElseThrow();
    }

    /** All time booked to a project by one annotator, in milliseconds; reviewing is not an annotator's. */
    long bookedMillis(UUID annotatorId, UUID projectId) {
        return Sql.one(dataSource, Long.class, """
                select cast(coalesce(sum(extract(epoch from upper(span) - lower(span)) * 1000), 0) as bigint)
                  from worked_interval where project_id = ? and annotator_id = ? and time_class <> 'review'
                """, projectId, annotatorId).orElseThrow();
    }

    /** All time of one class booked to a project by one annotator, in milliseconds. */
    long bookedMillis(UUID annotatorId, UUID projectId, TimeClass timeClass) {
        return Sql.one(dataSource, Long.class, """
                select cast(coalesce(sum(extract(epoch from upper(span) - lower(span)) * 1000), 0) as bigint)
                  from worked_interval where project_id = ? and annotator_id = ? and time_class = ?
                """, projectId, annotatorId, timeClass.part()).orElseThrow();
    }

    /** Whether a release has taken in what was booked with this claim; it stays so until the transaction ends, for a release waits. */
    boolean taken(UUID claimId) {
        Sql.list(dataSource, String.class, """
                select cast(pg_advisory_xact_lock_shared(hashtextextended(cast(project_id as text), 12)) as text) from claim where claim_id = ?
                """, claimId);
        return Sql.one(dataSource, Boolean.class, """
                select exists (select from worked_interval w join hours_taken h on h.project_id = w.project_id and h.taken_at >= w.booked_at
                                where w.claim_id = ?)
                """, claimId).orElseThrow();
    }

    Optional<Instant> outsideSince(UUID annotatorId) {
        return Sql.list(dataSource, Instant.class, "select outside_since from sitting where annotator_id = ? for update", annotatorId).stream()
                .filter(since -> since != null).findFirst();
    }

    /** Whether the person works for the project: has had a task of it, or reviews for who asks. */
    boolean belongs(UUID personId, UUID projectId, TimeClass timeClass) {
        return Sql.one(dataSource, Boolean.class, timeClass == TimeClass.REVIEW ? """
                select exists (select from project p join person r on r.organisation_id = p.organisation_id where p.project_id = ? and r.person_id = ?)
                """ : timeClass == TimeClass.QUALIFICATION ? """
                select exists (select from qualification_attempt where project_id = ? and person_id = ?)
                """ : WORKS_FOR, projectId, personId).orElseThrow();
    }

    /** Time outside tasks is booked up to then; null: as far as it was heard of. What a page tells next says itself from when on. */
    void outsideSince(UUID annotatorId, Instant since) {
        Sql.run(dataSource, "update sitting set outside_since = ? where annotator_id = ?", since, annotatorId);
    }
}
