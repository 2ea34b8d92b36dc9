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
     * @param wasSilent  longer than goes unnoticed, though it was in use when it was last heard of: what it says now can change what was seen long ago
     * @param besides    whether another page of this person is in use, on whatever device
     * @param statesLeft how many states of this person's pages are taken now
     * @param overSince  when this page said last that it shows a task whose time is or was over, if it said nothing else since: what it says now may add to that; else null
     * @param outsideSince the same of a page outside tasks, or that told of its task after that was handed in
     * @param claimId    what it showed last; null: no task
     */
    record Before(Instant now, Instant heardUntil, boolean wasSilent, boolean besides, long statesLeft, Instant overSince, Instant outsideSince, UUID claimId) {}

    /**
     * @param endedAt   null: it is held
     * @param seenUntil up to when {@code seenMillis} of the claim are counted; null: nothing is
     */
    record Mentioned(UUID claimId, UUID projectId, String state, Instant claimedAt, Instant leaseUntil, Instant deadlineAt, long idleMillis,
                     Instant endedAt, Instant seenUntil, long seenMillis) {

        boolean isOpen() {
            return state.equals("claimed") || state.equals("shown");
        }

        boolean isHandedIn() {
            return state.equals("submitted");
        }

        /** Whether what is observed of it at that moment has yet to be booked with it, though it has ended. */
        boolean isOwedAt(Instant at) {
            return !isOpen() && (!isHandedIn() || at.isBefore(endedAt));
        }
    }

    /** Of a sitting {@code s}: what was left and what has come since. */
    private static final String STATES_LEFT = "least(%d, s.states_left + %d * greatest(0, extract(epoch from least(clock_now() - s.states_left_at, interval '1 day'))))"
            .formatted(Observing.STATES_LEFT_MAX, Observing.STATES_A_SECOND);

    private final DataSource dataSource;

    ObservationRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Locks the annotator's time, and tells the server's, in milliseconds. */
    Before before(UUID annotatorId, UUID tab) {
        return Sql.one(dataSource, Before.class, ClaimRows.LOCK_ANNOTATOR_PLANS_KEPT + """
                select date_trunc('milliseconds', clock_now()), page.heard_until,
                       coalesce(page.kind not in ('hidden', 'idle') and page.heard_until < clock_now() - ? * interval '1 millisecond', false),
                       exists (select from (select distinct on (o.tab) o.kind from observation o
                                             where o.annotator_id = ? and o.tab <> ? and o.at > clock_now() - ? * interval '1 millisecond'
                                             order by o.tab, o.at desc, o.observation_id desc) latest
                                where latest.kind not in ('hidden', 'idle')),
                       coalesce((select floor(%s) from sitting s where s.annotator_id = ?), %d)::bigint,
                       case when task.state in ('expired', 'lapsed') or task.state in ('returned', 'skipped') and page.at >= task.ended_at
                                 or page.at < task.ended_at and task.ended_at > task.due_at then page.at end,
                       case when page.kind not in ('hidden', 'idle') and (page.claim_id is null or task.state = 'submitted' and page.received_at >= task.ended_at) then page.at end, page.claim_id
                  from (select) one
                  left join lateral (select greatest(o.at, o.received_at - interval '1 millisecond') as heard_until, o.kind, o.at, o.received_at, o.claim_id from observation o
                                      where o.tab = ? and o.annotator_id = ? order by o.at desc, o.observation_id desc limit 1) page on true
                  left join claim task on task.claim_id = page.claim_id and page.kind in ('shown', 'active')
                """.formatted(STATES_LEFT, Observing.STATES_LEFT_MAX), annotatorId.toString(), Attribution.GAP_MILLIS_MAX, annotatorId, tab, Attribution.GAP_MILLIS_MAX,
                annotatorId, tab, annotatorId).orElseThrow();
    }

    /** The annotator's own ones among these claims. */
    List<Mentioned> mentioned(UUID annotatorId, UUID[] claimIds) {
        return Sql.list(dataSource, Mentioned.class, """
                select c.claim_id, c.project_id, c.state, c.claimed_at, c.lease_until, c.deadline_at, p.idle_millis, c.ended_at, c.seen_until, c.seen_millis
                  from claim c join project p on p.project_id = c.project_id
                 where c.claim_id = any (?) and c.annotator_id = ?
                """, claimIds, annotatorId);
    }

    /** Keeps what was counted of a claim, for the next heartbeat to go on from. */
    void seen(UUID claimId, Instant until, long millis) {
        Sql.run(dataSource, "update claim set seen_until = ?, seen_millis = ? where claim_id = ?", until, millis, claimId);
    }

    /** What the annotator holds is counted anew from its claim on. */
    void forgetSeen(UUID annotatorId) {
        Sql.run(dataSource, "update claim set seen_until = null, seen_millis = 0 where annotator_id = ? and state in ('claimed', 'shown') and seen_until is not null",
                annotatorId);
    }

    /** One statement: what the page said, which tasks were shown first, leases renewed, the sitting. */
    void keep(UUID annotatorId, UUID tab, Instant now, String[] kinds, UUID[] claimIds, UUID[] projectIds, Instant[] ats, UUID[] shownClaims,
              Instant[] shownAts, Instant outsideSince, Instant endedSince) {
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
                insert into sitting as s (annotator_id, outside_since, ended_since, last_seen_at, states_left, states_left_at)
                values (?, ?, ?, ?, %d - cast(? as int), clock_now())
                    on conflict (annotator_id) do update
                   set last_seen_at = excluded.last_seen_at, outside_since = least(s.outside_since, excluded.outside_since),
                       ended_since = least(s.ended_since, excluded.ended_since),
                       states_left = %s - (%d - excluded.states_left), states_left_at = clock_now()
                """.formatted(Observing.STATES_LEFT_MAX, STATES_LEFT, Observing.STATES_LEFT_MAX), annotatorId, tab, now, kinds, claimIds, projectIds, ats, shownClaims, shownAts,
                annotatorId, shownClaims, annotatorId, outsideSince, endedSince, now, kinds.length);
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
