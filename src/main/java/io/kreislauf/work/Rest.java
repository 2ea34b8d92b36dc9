package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
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

    /**
     * For annotator {@code me} and project {@code p}, when the rest that is due is over; null: none is due. A stretch of work is over where
     * as long as a rest lies between two tasks. What is not booked yet counts as work, but not to its length. Half a day is looked back.
     */
    static final String UNTIL = """
            (with work as (
                 select w.project_id, lower(w.span) as since, upper(w.span) as until,
                        coalesce(lead(lower(w.span)) over (order by lower(w.span)),
                                 (select min(o.at) from observation o where o.annotator_id = me.person_id and o.at >= upper(w.span)
                                     and o.claim_id is not null and o.kind in ('shown', 'active'))) as next
                   from worked_interval w
                  where w.annotator_id = me.person_id and w.claim_id is not null and w.span && tstzrange(clock_now() - interval '12 hours', null)
             ), latest as (
                 select greatest((select max(until) from work),
                                 (select max(o.at) from observation o where o.annotator_id = me.person_id and o.claim_id is not null
                                     and o.kind in ('shown', 'active') and o.at > clock_now() - p.rest_minutes * interval '1 minute')) as at
             )
             select latest.at + p.rest_minutes * interval '1 minute' from latest
              where latest.at > clock_now() - p.rest_minutes * interval '1 minute'
                and (select sum(until - since) from work
                      where project_id = p.project_id
                        and since >= coalesce((select max(until) from work where next - until >= p.rest_minutes * interval '1 minute'), '-infinity'))
                    >= p.rest_after_minutes * interval '1 minute')""";

    /** @param until null: none is due. @return null if the project prescribes none */
    static Rest of(Integer afterMinutes, Integer minutes, Instant until, Instant now) {
        return minutes == null ? null : new Rest(afterMinutes, minutes, until, until == null ? null : Math.max(0, Duration.between(now, until).toMillis()));
    }
}
