package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.work.time.Attribution;
import java.time.Duration;
import java.time.Instant;

/**
 * Rest that a project prescribes. Once so much time with its tasks is booked, without a rest in between, nothing more is claimed
 * until so long was spent without a task of any project. What is held can be finished. The rest is booked as {@code break}.
 *
 * @param afterMinutes    of booked time with tasks of the project
 * @param minutes         how long
 * @param until           when the rest that is due is over, if no task is done meanwhile; null: none is due
 * @param remainingMillis how long that is from now on, by the server's clock; null: none is due
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rest(int afterMinutes, int minutes, Instant until, Long remainingMillis) {

    /** After its last message about a task a page is taken to show it until its next one, if that comes within so many seconds. */
    private static final String UNSEEN = "interval '%d milliseconds'".formatted(Attribution.GAP_MILLIS_MAX);

    /**
     * An observation {@code o} of {@code me} that says that a task not handed in was before them, and {@code next}, what its page said after it.
     */
    private static final String AT_A_TASK = """
            observation o
                       left join claim c on c.claim_id = o.claim_id
                       left join lateral (select n.at from observation n where n.tab = o.tab and n.annotator_id = o.annotator_id and n.at >= o.at
                                             and (n.at, n.observation_id) > (o.at, o.observation_id) order by n.at, n.observation_id limit 1) next on next.at <= o.at + %s
                      where o.annotator_id = me.person_id and o.kind in ('shown', 'active') and (c.ended_at is null or c.state <> 'submitted' or o.at < c.ended_at)
            """.formatted(UNSEEN);

    /**
     * For annotator {@code me} and project {@code p}, when the rest that is due is over; null: none is due. A stretch of work goes back from now to
     * the latest rest: as long as a rest without a task, booked or seen. What is not booked yet counts as work, but not to its length. Half a day
     * is looked back. Seen tasks are looked for where a rest could lie only, and of them the earliest within a rest's length.
     */
    static final String UNTIL = """
            (with recursive now as materialized (
                 select clock_now() as now, p.rest_minutes * interval '1 minute' as rest
             ), work as materialized (
                 select w.project_id, lower(w.span) as since, upper(w.span) as until
                   from worked_interval w
                  where w.annotator_id = me.person_id and w.claim_id is not null and w.span && tstzrange(clock_now() - interval '12 hours', null)
             ), booked as materialized (
                 select min(since) as since, max(until) as until
                   from (select since, until, count(*) filter (where since - before >= rest) over (order by since) as number
                           from (select since, until, lag(until) over (order by since) as before from work) w cross join now) w
                  group by number
             ), walk as (
                 select now.now as at from now
                  union all
                 select before.at
                   from walk cross join now
                  cross join lateral (select least(
                      (select b.since from booked b where b.since < walk.at and b.until > walk.at - rest order by b.since limit 1),
                      (select o.at from %1$s
                          and o.claim_id is not null and o.at > walk.at - rest - %2$s and o.at < walk.at
                          and (o.at > walk.at - rest or next.at > walk.at - rest) order by o.at limit 1)) as at) before
                  where before.at is not null and walk.at > now - interval '12 hours'
             ), latest as (
                 select greatest((select max(until) from booked),
                                 (select max(o.at) from (select coalesce(next.at, o.at) as at from %1$s
                                     and o.claim_id is not null and o.at > now - rest - %2$s order by o.at desc limit 4) o)) as at
                   from now
             )
             select latest.at + rest from latest cross join now
              where latest.at > now - rest
                and (select sum(until - since) from work where project_id = p.project_id and since >= (select min(at) from walk))
                    >= p.rest_after_minutes * interval '1 minute')""".formatted(AT_A_TASK, UNSEEN);

    /** @param until null: none is due. @return null if the project prescribes none */
    static Rest of(Integer afterMinutes, Integer minutes, Instant until, Instant now) {
        return minutes == null ? null : new Rest(afterMinutes, minutes, until, until == null ? null : Math.max(0, Duration.between(now, until).toMillis()));
    }
}
