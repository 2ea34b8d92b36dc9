package io.kreislauf.work;

import io.kreislauf.ledger.TimeClass;
import io.kreislauf.work.time.Attribution;
import io.kreislauf.work.time.Observation;
import io.kreislauf.work.time.Span;
import io.kreislauf.work.time.Subject;
import io.kreislauf.work.time.Subject.Outside;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Rows of observations, of the intervals booked from them, and of sittings. */
final class TimeRows {

    /** @param leftAt when the task was handed in or given back; null: it is not */
    private record Said(UUID tab, String kind, UUID claimId, UUID projectId, Instant at, Instant receivedAt, Instant claimedAt, Long idleMillis, Instant leftAt,
                        boolean handedIn) {

        boolean afterHandingIn() {
            return handedIn && !at.isBefore(leftAt);
        }

        /** Whether the task was left between this and what the page said next, null: it said nothing since. */
        boolean isLeftBefore(Said next) {
            return leftAt != null && at.isBefore(leftAt) && (next == null ? toldAfterLeaving() : next.at.isAfter(leftAt));
        }

        boolean toldAfterLeaving() {
            return receivedAt.isAfter(leftAt);
        }

        boolean showsAgain(Said before) {
            return before.claimId.equals(claimId) && (kind.equals("shown") || kind.equals("active"));
        }
    }

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

    /**
     * What was said by then on, and of the time before it what tells where each page was and when its latest input was: without the many
     * messages that said the same again, and with what a page said before it was silent for long, for who says the same again has made no input.
     */
    static final String OBSERVATIONS = """
            with bounds as materialized (
                select cast(? as uuid) as annotator_id, cast(? as timestamptz) as since, cast(? as timestamptz) as look_back
            ), heard as materialized (
                select o.* from bounds b
                 cross join lateral (select o.observation_id, o.tab, o.kind, o.claim_id, o.project_id, o.at, o.received_at from observation o
                                      where o.annotator_id = b.annotator_id and o.at >= b.since) o
                union all
                select o.observation_id, o.tab, o.kind, o.claim_id, o.project_id, o.at, o.received_at from (
                       select o.*, lag((o.kind, o.claim_id, o.project_id)) over (partition by o.tab order by o.at, o.observation_id) as before
                         from bounds b
                        cross join lateral (select o.observation_id, o.tab, o.kind, o.claim_id, o.project_id, o.at, o.received_at from observation o
                                             where o.annotator_id = b.annotator_id and o.at >= b.look_back and o.at < b.since) o) o
                 where o.kind = 'active' or o.before is distinct from row(o.kind, o.claim_id, o.project_id)
            ), said as (
                select * from heard
                union all
                select o.observation_id, o.tab, o.kind, o.claim_id, o.project_id, o.at, o.received_at from bounds b cross join (select distinct tab from heard) page
                 cross join lateral (select o.at from observation o where o.tab = page.tab and o.at < b.look_back order by o.at desc limit 1) latest
                  join observation o on o.tab = page.tab and o.at = latest.at and o.annotator_id = b.annotator_id
            )
            select o.tab, o.kind, o.claim_id, coalesce(o.project_id, c.project_id), o.at, o.received_at, c.claimed_at, p.idle_millis,
                   case when c.state in ('submitted', 'returned', 'skipped') then c.ended_at end, coalesce(c.state = 'submitted', false)
              from said o
              left join claim c on c.claim_id = o.claim_id
              left join project p on p.project_id = coalesce(c.project_id, o.project_id)
             order by o.observation_id
            """;

    /** What is needed to say what each moment from {@code from} on belongs to, with inputs up to {@code lookBackMillis} before it. */
    List<Observation> observations(UUID annotatorId, long from, long lookBackMillis) {
        List<Said> said = Sql.list(dataSource, Said.class, OBSERVATIONS, annotatorId, Instant.ofEpochMilli(from - Attribution.GAP_MILLIS_MAX),
                Instant.ofEpochMilli(from - Math.max(lookBackMillis, Attribution.GAP_MILLIS_MAX)));
        Map<UUID, Said> latest = new HashMap<>();
        List<Observation> observations = new ArrayList<>();
        for (Said next : said) {
            Said before = latest.put(next.tab, next);
            if (before != null) {
                left(before, next).ifPresent(observations::add);
            }
            if (next.kind.equals("active") && next.afterHandingIn()) {
                observations.add(new Observation(next.tab, Observation.Kind.SEARCH, searching(next), next.at.toEpochMilli(), next.receivedAt.toEpochMilli()));
            }
            observations.add(observation(next));
        }
        latest.values().forEach(last -> left(last, null).ifPresent(observations::add));
        return observations;
    }

    /** Who hands a task in, or gives it back, has gone from its page, unless that tells afterwards that it shows it: no other task may lose time to it. */
    private static Optional<Observation> left(Said before, Said next) {
        if (!before.isLeftBefore(next)) {
            return Optional.empty();
        }
        boolean stays = before.toldAfterLeaving() || next.showsAgain(before);
        return stays && !before.handedIn ? Optional.empty() : Optional.of(new Observation(before.tab, stays ? Observation.Kind.SEARCH : Observation.Kind.HIDDEN,
                stays ? searching(before) : null, before.leftAt.toEpochMilli(), (next == null ? before : next).receivedAt.toEpochMilli()));
    }

    /** A page that still shows a task that is handed in is one outside tasks: nothing more can be done on it. */
    private static Outside searching(Said said) {
        return new Outside(said.projectId, TimeClass.SEARCH, Outside.IDLE_MILLIS);
    }

    private static Observation observation(Said said) {
        Observation.Kind kind = Observation.Kind.valueOf(said.kind.toUpperCase(Locale.ROOT));
        Subject subject = switch (kind) {
            case HIDDEN, IDLE -> null;
            case SHOWN, ACTIVE, SEARCH, WATCHING, REVIEW, QUALIFICATION, ADMINISTRATION, BREAK -> said.claimId == null
                    ? outside(said, kind.outside().orElse(TimeClass.SEARCH))
                    : said.afterHandingIn() ? searching(said) : new Subject.Task(said.claimId, said.claimedAt.toEpochMilli(), said.idleMillis);
        };
        return new Observation(said.tab, kind, subject, said.at.toEpochMilli(), said.receivedAt.toEpochMilli());
    }

    private static Outside outside(Said said, TimeClass timeClass) {
        long idleMillis = switch (timeClass) {
            case REVIEW, QUALIFICATION -> said.idleMillis == null ? Outside.IDLE_MILLIS : said.idleMillis;
            case BREAK -> Outside.REST_MILLIS;
            default -> Outside.IDLE_MILLIS;
        };
        return new Outside(said.projectId, timeClass, idleMillis);
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
