package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Project;
import io.kreislauf.project.Projects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * How projects really go, beside what their requesters estimated: times, effective wages, rejections, days to pay, and
 * whether the reserve still covers what has accrued. Recomputed on a beat, so that lists and claims only read it.
 */
@ApplicationScoped
public class Pacing {

    /**
     * Since when something is being written that is not committed, in the database's real time: asked for before the measurement looks, so that
     * it either sees what was written or leaves it for later. Only sessions of the application's own role tell; no other role writes what is measured.
     */
    private static final String OPEN_SINCE = """
            select least(clock_timestamp(), (select min(a.xact_start) from pg_stat_activity a
                                              where a.datname = current_database() and a.backend_xid is not null and a.pid <> pg_backend_pid()))
            """;

    /** What is written gets its id a little before the database knows that the transaction writes. */
    private static final int MARGIN_SECONDS = 2;

    private static final String MEASURE = """
            with open as (
                select cast(? as timestamptz) - interval '%d seconds' - statement_timestamp() as since
            ), timed as (
                select observed_millis + declared_millis as millis from submission where project_id = ? and observed_millis + declared_millis > 0
            ), times as (
                select count(*) as timed, cast(percentile_cont(0.25) within group (order by millis) as bigint) as q1,
                       cast(percentile_cont(0.5) within group (order by millis) as bigint) as median,
                       cast(percentile_cont(0.75) within group (order by millis) as bigint) as q3 from timed
            ), hours as (
                select w.annotator_id, sum(extract(epoch from upper(w.span) - lower(w.span)) * 1000) as millis
                  from worked_interval w left join submission s on s.claim_id = w.claim_id
                 where w.project_id = ? and s.state is distinct from 'submitted'
                   and exists (select from submission d where d.annotator_id = w.annotator_id and d.project_id = w.project_id and d.state <> 'submitted')
                 group by w.annotator_id
            ), pay as (
                select d.annotator_id, sum(d.amount_minor) as minor
                  from wage_due d left join submission s on s.submission_id = d.submission_id left join submission c on c.claim_id = d.claim_id
                 where d.project_id = ? and s.state is distinct from 'submitted' and c.state is distinct from 'submitted'
                 group by d.annotator_id
            ), wages as (
                select cast(percentile_cont(0.5) within group (order by coalesce(p.minor, 0) * 3600000.0 / h.millis) as bigint) as median
                  from hours h left join pay p on p.annotator_id = h.annotator_id where h.millis > 0
            ), decided as (
                select count(*) filter (where state in ('rejected', 'rejection_final')) as rejected, count(*) filter (where state <> 'submitted') as all_decided,
                       count(*) as submissions
                  from submission where project_id = ?
            ), days as (
                select percentile_cont(0.5) within group (order by extract(epoch from o.run_at - s.effective_at) / 86400) as median
                  from wage_due d join payout_line l on l.line_id = d.line_id join payout o on o.payout_id = l.payout_id
                  join submission s on s.submission_id = d.submission_id
                 where d.project_id = ?
            ), reserve as (
                select p.reserve_minor as declared,
                       p.reserve_minor - coalesce((select sum(amount_minor) from wage_due d where d.project_id = p.project_id and d.fund = 'reserve'), 0) as there
                  from project p where p.project_id = ?
            ), own as (
                insert into own_pace (annotator_id, project_id, minor_per_hour)
                select h.annotator_id, ?, cast(coalesce(p.minor, 0) * 3600000.0 / h.millis as bigint)
                  from hours h left join pay p on p.annotator_id = h.annotator_id where h.millis > 0 order by h.annotator_id
                    on conflict (annotator_id, project_id) do update set minor_per_hour = excluded.minor_per_hour
                 where own_pace.minor_per_hour <> excluded.minor_per_hour
            ), listed as (
                update project set listed_minor_per_hour = new.wage
                  from (select p.project_id, coalesce(w.median, case p.pay_rule
                                   when 'piece' then (p.reward_minor + p.hazard_minor) * 3600000 / greatest(p.estimate_millis, t.median)
                                   when 'hour' then p.reward_minor + p.hazard_minor * 3600000 / greatest(p.estimate_millis, t.median)
                                   else 0 end) as wage
                          from project p cross join times t cross join wages w where p.project_id = ?) new
                 where project.project_id = new.project_id and project.listed_minor_per_hour <> new.wage
            )
            insert into pace (project_id, submissions, timed, q1_millis, median_millis, q3_millis, median_minor_per_hour, rejected_permille,
                              pay_days_median, reserve_left_minor, reserve_exhausted, computed_at, since_id, reserve_minor, took_millis)
            select ?, d.submissions, t.timed, t.q1, t.median, t.q3, w.median, case when d.all_decided > 0 then d.rejected * 1000 / d.all_decided end,
                   days.median, r.there, r.there < 0, clock_now(), uuidv7(o.since + (statement_timestamp() - clock_timestamp())), r.declared,
                   cast(extract(epoch from clock_timestamp() - statement_timestamp()) * 1000 as bigint)
              from times t cross join wages w cross join decided d cross join days cross join reserve r cross join open o
                on conflict (project_id) do update
               set submissions = excluded.submissions, timed = excluded.timed, q1_millis = excluded.q1_millis, median_millis = excluded.median_millis,
                   q3_millis = excluded.q3_millis, median_minor_per_hour = excluded.median_minor_per_hour,
                   rejected_permille = excluded.rejected_permille, pay_days_median = excluded.pay_days_median,
                   reserve_left_minor = excluded.reserve_left_minor, reserve_exhausted = excluded.reserve_exhausted, computed_at = excluded.computed_at,
                   since_id = excluded.since_id, reserve_minor = excluded.reserve_minor, took_millis = excluded.took_millis
            """.formatted(MARGIN_SECONDS);

    /** A project that takes longer to measure than this rests {@value #REST} times as long afterwards. */
    private static final int QUICK_MILLIS = 200;
    private static final int REST = 50;

    /**
     * A few index entries of each project. {@code exists} would forget the orders, and a plain {@code =} make half of one superfluous: they keep
     * PostgreSQL on the project's own entries, where a walk over the newest of all projects looks as cheap to it.
     */
    static final String STALE = """
            select p.project_id from project p left join pace on pace.project_id = p.project_id
             where p.state <> 'draft'
               and (pace.took_millis is null or pace.took_millis <= %d or pace.computed_at + %d * pace.took_millis * interval '1 millisecond' <= clock_now())
               and (pace.computed_at is null
                    or p.reserve_minor is distinct from pace.reserve_minor
                    or (select true from submission s where s.project_id = p.project_id and s.state in ('submitted', 'approved', 'rejected', 'rejection_final')
                                  and s.submission_id > pace.since_id order by s.state desc, s.submission_id desc limit 1)
                    or (select true from wage_due d where d.project_id = any (array[p.project_id]) and d.due_id > pace.since_id
                         order by d.project_id desc, d.due_id desc limit 1)
                    or (select true from submission s where s.project_id = p.project_id and s.judged_as > pace.since_id order by s.judged_as desc limit 1)
                    or (select true from payout_line l where l.project_id = any (array[p.project_id]) and l.line_id > pace.since_id
                         order by l.project_id desc, l.line_id desc limit 1))
             order by pace.computed_at nulls first limit 200
            """.formatted(QUICK_MILLIS, REST);

    /** What the requester should know. */
    public enum Notice {

        RESERVE_EXHAUSTED("The reserve cannot cover what has accrued: new claims have stopped. Raise the reserve."),
        ESTIMATE_TOO_SHORT("Half of the tasks take longer than you estimated. Annotators now see the wage at the real median.");

        private final String text;

        Notice(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * The truth beside the estimate. Times are milliseconds per submission; null where nothing was timed.
     *
     * @param advertisedNowMinorPerHour the wage at the real median, once that exceeds the estimate; new claims show it
     * @param notice                    the most urgent thing that the requester should know, as {@code noticeCode} in words; null: nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Pace(UUID projectId, long estimateMillis, long submissions, long timed, Long q1Millis, Long medianMillis, Long q3Millis,
                       long advertisedMinorPerHour, Long advertisedNowMinorPerHour, Long medianEffectiveMinorPerHour, String currency,
                       long reserveLeftMinor, Instant computedAt, Notice noticeCode, String notice) {}

    private record Measured(long submissions, long timed, Long q1, Long median, Long q3, Long minorPerHour, long reserveLeft, boolean exhausted,
                            Instant computedAt) {

        Notice notice(long estimateMillis) {
            return exhausted ? Notice.RESERVE_EXHAUSTED : isOver(estimateMillis) ? Notice.ESTIMATE_TOO_SHORT : null;
        }

        boolean isOver(long estimateMillis) {
            return median != null && median > estimateMillis;
        }
    }

    private final DataSource dataSource;
    private final Projects projects;

    Pacing(DataSource dataSource, Projects projects) {
        this.dataSource = dataSource;
        this.projects = projects;
    }

    /** Measured now. @throws io.kreislauf.Refusal NOT_FOUND for another organisation's project */
    @Transactional
    public Pace of(Caller caller, UUID projectId) {
        Project project = projects.own(caller, projectId);
        measure(projectId);
        return latest(project).orElseThrow();
    }

    /** As it was measured last, some seconds ago while work goes on; empty before the first time. */
    @Transactional
    public Optional<Pace> latest(Project project) {
        return Sql.one(dataSource, Measured.class, """
                select submissions, timed, q1_millis, median_millis, q3_millis, median_minor_per_hour, reserve_left_minor, reserve_exhausted, computed_at
                  from pace where project_id = ?
                """, project.projectId()).map(m -> {
                    Long now = m.isOver(project.estimateMillis()) && project.payRule().equals("piece")
                            ? Long.valueOf(project.advertisedMinorPerHour(m.median)) : null;
                    Notice notice = m.notice(project.estimateMillis());
                    return new Pace(project.projectId(), project.estimateMillis(), m.submissions, m.timed, m.q1, m.median, m.q3,
                            project.advertisedMinorPerHour(), now, m.minorPerHour, project.currency(), m.reserveLeft, m.computedAt, notice,
                            notice == null ? null : notice.text());
                });
    }

    /**
     * Projects in which something happened since they were measured last, those measured longest ago first. A large one is not
     * among them until it has rested: measuring one project takes at most a fiftieth of one core, however large it is.
     */
    @Transactional
    List<UUID> stale() {
        return Sql.list(dataSource, UUID.class, STALE);
    }

    @Transactional
    void measure(UUID projectId) {
        Instant openSince = Sql.one(dataSource, Instant.class, OPEN_SINCE).orElseThrow();
        List<Object> values = new ArrayList<>(List.of(openSince));
        values.addAll(Collections.nCopies(9, projectId));
        Sql.run(dataSource, MEASURE, values.toArray());
    }
}
