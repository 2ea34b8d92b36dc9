package io.kreislauf.work;

import io.kreislauf.ledger.TimeClass;
import io.kreislauf.work.time.Attribution;
import io.kreislauf.work.time.Observation;
import io.kreislauf.work.time.Subject;
import io.kreislauf.work.time.Subject.Outside;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** What pages said, as observations: each with the subject that it was about by what has become of its task since. */
final class SaidRows {

    /** @param leftAt when the task was handed in or given back; null: it is not */
    private record Told(UUID tab, String kind, UUID claimId, UUID projectId, Instant at, Instant receivedAt, Instant claimedAt, Long idleMillis, Instant leftAt,
                        boolean handedIn) {

        boolean afterHandingIn() {
            return handedIn && !at.isBefore(leftAt);
        }

        /** Whether the task was left between this and what the page said next, null: it said nothing since. */
        boolean isLeftBefore(Told next) {
            return leftAt != null && at.isBefore(leftAt) && (next == null ? toldAfterLeaving() : next.at.isAfter(leftAt));
        }

        boolean toldAfterLeaving() {
            return receivedAt.isAfter(leftAt);
        }

        boolean showsAgain(Told before) {
            return before.claimId.equals(claimId) && (kind.equals("shown") || kind.equals("active"));
        }
    }

    /**
     * What was said by then on, and of the time before it what tells where each page was and when its latest input was: without the many
     * messages that said the same again, and with what a page said before it was silent for long, for who says the same again has made no input.
     * {@code offset 0} keeps the last reading to the moments found before it: joined in another order, it reads all that the person's pages ever said.
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
                 cross join lateral (select o.* from observation o where o.tab = page.tab and o.at = latest.at and o.annotator_id = b.annotator_id offset 0) o
            )
            select o.tab, o.kind, o.claim_id, coalesce(o.project_id, c.project_id), o.at, o.received_at, c.claimed_at, p.idle_millis,
                   case when c.state in ('submitted', 'returned', 'skipped') then c.ended_at end, coalesce(c.state = 'submitted', false)
              from said o
              left join claim c on c.claim_id = o.claim_id
              left join project p on p.project_id = coalesce(c.project_id, o.project_id)
             order by o.observation_id
            """;

    private final DataSource dataSource;

    SaidRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** What is needed to say what each moment from {@code from} on belongs to, with inputs up to {@code lookBackMillis} before it. */
    List<Observation> observations(UUID annotatorId, long from, long lookBackMillis) {
        List<Told> told = Sql.list(dataSource, Told.class, OBSERVATIONS, annotatorId, Instant.ofEpochMilli(from - Attribution.GAP_MILLIS_MAX),
                Instant.ofEpochMilli(from - Math.max(lookBackMillis, Attribution.GAP_MILLIS_MAX)));
        Map<UUID, Told> latest = new HashMap<>();
        List<Observation> observations = new ArrayList<>();
        for (Told next : told) {
            Told before = latest.put(next.tab, next);
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
    private static Optional<Observation> left(Told before, Told next) {
        if (!before.isLeftBefore(next)) {
            return Optional.empty();
        }
        boolean stays = before.toldAfterLeaving() || next.showsAgain(before);
        return stays && !before.handedIn ? Optional.empty() : Optional.of(new Observation(before.tab, stays ? Observation.Kind.SEARCH : Observation.Kind.HIDDEN,
                stays ? searching(before) : null, before.leftAt.toEpochMilli(), (next == null ? before : next).receivedAt.toEpochMilli()));
    }

    /** A page that still shows a task that is handed in is one outside tasks: nothing more can be done on it. */
    private static Outside searching(Told told) {
        return new Outside(told.projectId, TimeClass.SEARCH, Outside.IDLE_MILLIS);
    }

    private static Observation observation(Told told) {
        Observation.Kind kind = Observation.Kind.valueOf(told.kind.toUpperCase(Locale.ROOT));
        Subject subject = switch (kind) {
            case HIDDEN, IDLE -> null;
            case SHOWN, ACTIVE, SEARCH, WATCHING, REVIEW, QUALIFICATION, ADMINISTRATION, BREAK -> told.claimId == null
                    ? outside(told, kind.outside().orElse(TimeClass.SEARCH))
                    : told.afterHandingIn() ? searching(told) : new Subject.Task(told.claimId, told.claimedAt.toEpochMilli(), told.idleMillis);
        };
        return new Observation(told.tab, kind, subject, told.at.toEpochMilli(), told.receivedAt.toEpochMilli());
    }

    private static Outside outside(Told told, TimeClass timeClass) {
        long idleMillis = switch (timeClass) {
            case REVIEW, QUALIFICATION -> told.idleMillis == null ? Outside.IDLE_MILLIS : told.idleMillis;
            case BREAK -> Outside.REST_MILLIS;
            default -> Outside.IDLE_MILLIS;
        };
        return new Outside(told.projectId, timeClass, idleMillis);
    }
}
