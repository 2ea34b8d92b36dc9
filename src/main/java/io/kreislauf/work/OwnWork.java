package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Page;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/** An annotator's own hours, work and pay: every interval, every submission, every payslip. */
@ApplicationScoped
public class OwnWork {

    /** @param earnedMinor pay of work of that time that was not rejected, decided or not */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Hours(Map<String, Long> byClass, long observedMillis, long declaredMillis, long earnedMinor, String currency) {}

    /** @param pendingMinor rewards of work that is not reviewed yet */
    public record Pay(String currency, long dueMinor, long paidMinor, long pendingMinor) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PerProject(UUID projectId, String title, String organisation, String currency, long submissions, long millis, long earnedMinor,
                             Long effectiveMinorPerHour, long advertisedMinorPerHour) {}

    public record Summary(Hours today, Hours month, List<Pay> pay) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Submission(UUID submissionId, UUID projectId, String title, String itemKey, Instant submittedAt, String state, boolean lateKept,
                             long bookedMillis, long declaredMillis, long rewardMinor, String currency, String reason, Instant appealUntil,
                             String appeal, String appealDecision) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Interval(UUID intervalId, UUID projectId, String title, UUID claimId, String timeClass, String source, Instant from, Instant to,
                           long millis) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Line(String title, String kind, long amountMinor, long count, Long millis) {}

    /**
     * @param failedAt  when it was heard that it did not arrive, and all of it was due again; null: it did
     * @param proofHref the same with the proof of each payment, for {@code deploy/verify}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Payslip(UUID payslipId, Instant paidAt, String organisation, String currency, long totalMinor, Instant failedAt, List<Line> lines,
                          String proofHref) {}

    private record ClassTime(String timeClass, String source, long millis) {}

    private record Slip(UUID payslipId, Instant paidAt, String organisation, String currency, long totalMinor, Instant failedAt) {}

    private record SlipLine(UUID payslipId, String title, String kind, long amountMinor, long count, Long millis) {}

    private record Earned(String currency, long minor) {}

    private final DataSource dataSource;
    private final DatabaseClock clock;

    OwnWork(DataSource dataSource, DatabaseClock clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    @Transactional
    public Summary summary(Caller caller) {
        UUID me = caller.personId();
        LocalDate today = clock.now().atOffset(ZoneOffset.UTC).toLocalDate();
        return new Summary(hours(me, today, today.plusDays(1)), hours(me, today.withDayOfMonth(1), today.withDayOfMonth(1).plusMonths(1)), pay(me));
    }

    private Hours hours(UUID me, LocalDate from, LocalDate to) {
        Instant start = from.atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant end = to.atStartOfDay(ZoneOffset.UTC).toInstant();
        Map<String, Long> byClass = new TreeMap<>();
        long observed = 0;
        long declared = 0;
        for (ClassTime time : Sql.list(dataSource, ClassTime.class, """
                select time_class, source, cast(sum(extract(epoch from upper(span) - lower(span)) * 1000) as bigint)
                  from worked_interval where annotator_id = ? and span && tstzrange(?, ?) group by time_class, source
                """, me, start, end)) {
            byClass.merge(time.timeClass, time.millis, Long::sum);
            if (time.source.equals("observed")) {
                observed += time.millis;
            } else {
                declared += time.millis;
            }
        }
        List<Earned> earned = Sql.list(dataSource, Earned.class, """
                select currency, cast(sum(minor) as bigint) from (
                    select p.currency, s.reward_minor + p.hazard_minor as minor from submission s join project p on p.project_id = s.project_id
                     where s.annotator_id = ? and s.effective_at >= ? and s.effective_at < ? and s.state = 'submitted'
                    union all
                    select d.currency, d.amount_minor from submission s join wage_due d on d.submission_id = s.submission_id and d.kind in ('reward', 'supplement')
                     where s.annotator_id = ? and s.effective_at >= ? and s.effective_at < ?
                    union all
                    select currency, amount_minor from wage_due
                     where annotator_id = ? and accrued_at >= ? and accrued_at < ? and kind not in ('reward', 'supplement')) pay
                 group by currency order by 2 desc
                """, me, start, end, me, start, end, me, start, end);
        return new Hours(byClass, observed, declared, earned.isEmpty() ? 0 : earned.getFirst().minor, earned.isEmpty() ? null : earned.getFirst().currency);
    }

    private List<Pay> pay(UUID me) {
        return Sql.list(dataSource, Pay.class, """
                select currency, cast(sum(due) as bigint), cast(sum(paid) as bigint), cast(sum(pending) as bigint) from (
                    select currency, case when line_id is null then amount_minor else 0 end as due,
                           case when line_id is null then 0 else amount_minor end as paid, 0 as pending
                      from wage_due where annotator_id = ?
                    union all
                    select p.currency, 0, 0, s.reward_minor + p.hazard_minor from submission s join project p on p.project_id = s.project_id
                     where s.annotator_id = ? and s.state = 'submitted') all_pay
                 group by currency order by currency
                """, me, me);
    }

    /** All that one has worked for, the newest project first. */
    @Transactional
    public Page<PerProject> perProject(Caller caller, UUID before, Integer limit) {
        int count = Page.limit(limit);
        UUID me = caller.personId();
        return Page.of(Sql.list(dataSource, PerProject.class, """
                select t.*, case when t.millis > 0 then t.earned * 3600000 / t.millis end,
                       (select %s
                          from project p where p.project_id = t.project_id)
                  from (select p.project_id, p.title, o.name, p.currency,
                               (select count(*) from submission s where s.annotator_id = ? and s.project_id = p.project_id),
                               (select cast(coalesce(sum(extract(epoch from upper(w.span) - lower(w.span)) * 1000), 0) as bigint) from worked_interval w
                                 where w.annotator_id = ? and w.project_id = p.project_id) as millis,
                               (select cast(coalesce(sum(d.amount_minor), 0) as bigint) from wage_due d where d.annotator_id = ? and d.project_id = p.project_id)
                               + (select cast(coalesce(sum(s.reward_minor + p.hazard_minor), 0) as bigint) from submission s
                                   where s.annotator_id = ? and s.project_id = p.project_id and s.state = 'submitted') as earned
                          from project p join organisation o on o.organisation_id = p.organisation_id
                         where p.project_id in (select c.project_id from submission c where c.annotator_id = ?
                                                union select w.project_id from worked_interval w where w.annotator_id = ?)
                           and (cast(? as uuid) is null or p.project_id < ?)
                         order by p.project_id desc limit ?) t
                 order by t.project_id desc
                """.formatted(ClaimSql.ADVERTISED.formatted("p.estimate_millis")), me, me, me, me, me, me, before, before, count + 1), count, PerProject::projectId);
    }

    /** Newest first. */
    @Transactional
    public Page<Submission> submissions(Caller caller, UUID before, Integer limit) {
        int count = Page.limit(limit);
        List<Submission> rows = Sql.list(dataSource, Submission.class, """
                select s.submission_id, s.project_id, p.title, case when p.gold_percent is null then i.external_key end, s.submitted_at, s.state, s.late_kept, s.observed_millis + s.declared_millis,
                       s.declared_millis, s.reward_minor, p.currency,
                       (select r.reason from review r where r.submission_id = s.submission_id and (r.decision = 'rejected' or s.accepted is not null) order by r.review_id desc limit 1),
                       case when s.state = 'rejected' or s.accepted is not null then s.appeal_until end, a.state, a.decision
                  from submission s join project p on p.project_id = s.project_id join item i on i.item_id = s.item_id
                  left join appeal a on a.submission_id = s.submission_id
                 where s.annotator_id = ? and (cast(? as uuid) is null or s.submission_id < ?)
                 order by s.submission_id desc limit ?
                """, caller.personId(), before, before, count + 1);
        return Page.of(rows, count, Submission::submissionId);
    }

    /** Every interval of a UTC day, in order of time. */
    @Transactional
    public Page<Interval> intervals(Caller caller, LocalDate day, Integer limit, Instant after) {
        int count = Page.limit(limit);
        LocalDate of = day == null ? clock.now().atOffset(ZoneOffset.UTC).toLocalDate() : day;
        List<Interval> rows = Sql.list(dataSource, Interval.class, """
                select w.interval_id, w.project_id, p.title, w.claim_id, w.time_class, w.source, lower(w.span), upper(w.span),
                       cast(extract(epoch from upper(w.span) - lower(w.span)) * 1000 as bigint)
                  from worked_interval w left join project p on p.project_id = w.project_id
                 where w.annotator_id = ? and w.span && tstzrange(?, ?) and (cast(? as timestamptz) is null or lower(w.span) > ?)
                 order by lower(w.span) limit ?
                """, caller.personId(), of.atStartOfDay(ZoneOffset.UTC).toInstant(), of.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(), after, after,
                count + 1);
        return Page.of(rows, count, Interval::from);
    }

    /** Newest first. */
    @Transactional
    public Page<Payslip> payslips(Caller caller, UUID before, Integer limit) {
        int count = Page.limit(limit);
        List<Slip> slips = Sql.list(dataSource, Slip.class, """
                select s.payslip_id, s.paid_at, o.name, s.currency, s.total_minor, s.failed_at
                  from payslip s join organisation o on o.organisation_id = s.organisation_id
                 where s.annotator_id = ? and (cast(? as uuid) is null or s.payslip_id < ?)
                 order by s.payslip_id desc limit ?
                """, caller.personId(), before, before, count + 1);
        Map<UUID, List<Line>> lines = new LinkedHashMap<>();
        Sql.list(dataSource, SlipLine.class, """
                select l.payslip_id, p.title, d.kind, cast(sum(d.amount_minor) as bigint), count(*),
                       cast(sum(s.observed_millis + s.declared_millis) as bigint)
                  from payout_line l
                  join (select line_id, due_id from wage_due union all select line_id, due_id from payout_failure) paid on paid.line_id = l.line_id
                  join wage_due d on d.due_id = paid.due_id join project p on p.project_id = l.project_id
                  left join submission s on s.submission_id = d.submission_id
                 where l.payslip_id = any (?)
                 group by l.payslip_id, l.project_id, p.title, d.kind order by l.payslip_id, p.title, d.kind
                """, (Object) slips.stream().map(Slip::payslipId).toArray(UUID[]::new)).forEach(line ->
                lines.computeIfAbsent(line.payslipId, id -> new ArrayList<>()).add(new Line(line.title, line.kind, line.amountMinor, line.count, line.millis)));
        return Page.of(slips, count, Slip::payslipId).map(s -> new Payslip(s.payslipId, s.paidAt, s.organisation, s.currency, s.totalMinor, s.failedAt,
                lines.getOrDefault(s.payslipId, List.of()), "/api/me/payslips/" + s.payslipId));
    }
}
