package io.kreislauf.work;

import io.kreislauf.work.time.Attribution;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** What a heartbeat reads and writes. */
final class ObservationRows {

    /**
     * @param heardUntil the latest moment the server knows of this page; null: the page is new
     * @param besides    whether another page of this person is in use, on whatever device
     */
    record Before(Instant now, Instant heardUntil, boolean besides) {}

    record Mentioned(UUID claimId, UUID projectId, String state, Instant claimedAt, Instant leaseUntil, Instant deadlineAt, long idleMillis) {}

    private final DataSource dataSource;

    ObservationRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Locks the annotator's time, and tells the server's, in milliseconds. */
    Before before(UUID annotatorId, UUID tab) {
        return Sql.one(dataSource, Before.class, ClaimRows.LOCK_ANNOTATOR + """
                select date_trunc('milliseconds', clock_now()),
                       (select greatest(o.at, o.received_at - interval '1 millisecond') from observation o
                         where o.annotator_id = ? and o.tab = ? order by o.at desc, o.observation_id desc limit 1),
                       exists (select from (select distinct on (o.tab) o.kind from observation o
                                             where o.annotator_id = ? and o.tab <> ? and o.at > clock_now() - ? * interval '1 millisecond'
                                             order by o.tab, o.at desc, o.observation_id desc) latest
                                where latest.kind not in ('hidden', 'idle'))
                """, annotatorId.toString(), annotatorId, tab, annotatorId, tab, Attribution.GAP_MILLIS_MAX).orElseThrow();
    }

    /** The annotator's own ones among these claims. */
    List<Mentioned> mentioned(UUID annotatorId, UUID[] claimIds) {
        return Sql.list(dataSource, Mentioned.class, """
                select c.claim_id, c.project_id, c.state, c.claimed_at, c.lease_until, c.deadline_at, p.idle_millis
                  from claim c join project p on p.project_id = c.project_id
                 where c.claim_id = any (?) and c.annotator_id = ?
                """, claimIds, annotatorId);
    }

    /** One statement: what the page said, which tasks were shown first, leases renewed, the sitting. */
    void keep(UUID annotatorId, UUID tab, Instant now, String[] kinds, UUID[] claimIds, UUID[] projectIds, Instant[] ats, UUID[] shownClaims,
              Instant[] shownAts, Instant outsideSince) {
        Sql.run(dataSource, """
                with said as (
                    insert into observation (annotator_id, tab, kind, claim_id, project_id, at, received_at)
                    select ?, ?, s.kind, s.claim_id, s.project_id, cast(s.at as timestamptz), ?
                      from unnest(cast(? as text[]), cast(? as uuid[]), cast(? as uuid[]), cast(? as text[]))
                           with ordinality as s(kind, claim_id, project_id, at, position)
                     order by s.position
                ), first_shown as (
                    update claim c set state = 'shown', due_at = c.deadline_at, shown_at = greatest(cast(f.at as timestamptz), c.claimed_at)
                      from unnest(cast(? as uuid[]), cast(? as text[])) as f(claim_id, at)
                     where c.claim_id = f.claim_id and c.state = 'claimed'
                ), renewed as (
                    update claim c set lease_until = least(clock_now() + p.lease_millis * interval '1 millisecond', c.deadline_at),
                                       due_at = least(clock_now() + p.lease_millis * interval '1 millisecond', c.deadline_at)
                      from project p
                     where c.annotator_id = ? and c.state = 'claimed' and p.project_id = c.project_id and not c.claim_id = any (cast(? as uuid[]))
                       and c.lease_until < clock_now() + p.lease_millis * interval '0.5 millisecond'
                )
                insert into sitting (annotator_id, outside_since, last_seen_at) values (?, ?, ?)
                    on conflict (annotator_id) do update
                   set last_seen_at = excluded.last_seen_at, outside_since = coalesce(sitting.outside_since, excluded.outside_since)
                """, annotatorId, tab, now, kinds, claimIds, projectIds, ats, shownClaims, shownAts, annotatorId, shownClaims,
                annotatorId, outsideSince, now);
    }

    /** The task was put before the annotator. */
    List<Mentioned> show(UUID annotatorId, UUID claimId) {
        Sql.run(dataSource, """
                update claim set state = 'shown', shown_at = coalesce(shown_at, date_trunc('milliseconds', clock_now())), due_at = deadline_at,
                                 aside_at = null
                 where claim_id = ? and annotator_id = ? and (state = 'claimed' or state = 'shown' and aside_at is not null)
                """, claimId, annotatorId);
        return mentioned(annotatorId, new UUID[] {claimId});
    }
}
