package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Consent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** What an annotator could do, what it really pays, and what is missing to do it. */
@ApplicationScoped
public class FindingWork {

    /** An open slot is an open slot: beyond this many nobody counts. */
    private static final int AVAILABLE_MAX = 1_000;

    /**
     * @param advertisedMinorPerHour        at the requester's estimate
     * @param advertisedNowMinorPerHour     at the median of the real times, once it exceeds the estimate
     * @param medianEffectiveMinorPerHour   median over annotators of all pay by all time but that of work not decided on yet; null: nothing is decided
     * @param ownEffectiveMinorPerHour      the same of this annotator
     * @param available                     open slots for this annotator, counted up to 1,000
     * @param rejectionShare                of decided work
     * @param daysToPay                     median from submission to payout
     * @param lacks                         what keeps this annotator from it; empty: nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Task(UUID projectId, String title, String purpose, String organisation, String payRule, long rewardMinor, String currency,
                       long estimateMillis, Long medianMillis, long advertisedMinorPerHour, Long advertisedNowMinorPerHour,
                       Long medianEffectiveMinorPerHour, Long ownEffectiveMinorPerHour, long available, String contentWarning,
                       Double rejectionShare, Double daysToPay, List<Lack> lacks) {}

    /** All that is told before a claim. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Described(@com.fasterxml.jackson.annotation.JsonUnwrapped Task task, String guidelines, @JsonRawValue String examples,
                            @JsonRawValue String form, int formVersion, long idleMillis, long deadlineMillis, long floorMinorPerHour,
                            int prefetchLimit, int reviewDays, int appealDays, String state) {}

    private record Row(UUID projectId, String title, String purpose, String organisation, String payRule, long rewardMinor, String currency,
                       long estimateMillis, Long medianMillis, Long medianMinorPerHour, Integer rejectedPermille, String payDays, long available,
                       String contentWarning, Long ownPayMinor, Long ownMillis, Eligibility eligibility, String guidelines, String examples, String form, int formVersion, long idleMillis,
                       long deadlineMillis, long floorMinorPerHour, int prefetchLimit, int reviewDays, int appealDays, String state) {}

    private static final String TASKS = """
            select p.project_id, p.title, p.purpose, o.name, p.pay_rule, p.reward_minor, p.currency, p.estimate_millis, pace.median_millis,
                   pace.median_minor_per_hour, pace.rejected_permille, cast(pace.pay_days_median as text),
                   (select count(*) from (select from slot s where s.project_id = p.project_id and s.state = 'open'
                                              and not exists (select from claim c where c.item_id = s.item_id and c.annotator_id = me.person_id
                                                                 and c.state <> 'lapsed') limit %d) few),
                   p.content_warning,
                   (select cast(sum(d.amount_minor) as bigint) from wage_due d where d.annotator_id = me.person_id and d.project_id = p.project_id),
                   (select cast(sum(extract(epoch from upper(w.span) - lower(w.span)) * 1000) as bigint)
                      from worked_interval w left join submission s on s.claim_id = w.claim_id
                     where w.annotator_id = me.person_id and w.project_id = p.project_id and s.state is distinct from 'submitted'
                       and exists (select from submission d where d.annotator_id = me.person_id and d.project_id = p.project_id and d.state <> 'submitted')),
                   %s,
                   p.guidelines, cast(p.examples as text), cast(p.form as text), p.form_version,
                   p.idle_millis, p.deadline_millis, p.floor_minor_per_hour, p.prefetch_limit, p.review_days, p.appeal_days, p.state
              from person me cross join project p
              join organisation o on o.organisation_id = p.organisation_id
              left join pace on pace.project_id = p.project_id
             where me.person_id = ? and p.log_name is not distinct from me.log_name
            """.formatted(AVAILABLE_MAX, Eligibility.COLUMNS);

    private final DataSource dataSource;

    FindingWork(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Published projects, newest first. */
    @Transactional
    public Page<Task> list(Caller caller, UUID before, Integer limit) {
        int count = Page.limit(limit);
        List<Row> rows = Sql.list(dataSource, Row.class, TASKS + """
                   and p.state = 'published' and (cast(? as uuid) is null or p.project_id < ?)
                 order by p.project_id desc limit ?
                """, Consent.VERSION, caller.personId(), before, before, count + 1);
        return Page.of(rows, count, Row::projectId).map(FindingWork::task);
    }

    /** A project with all its guidelines; also one that is no longer open. */
    @Transactional
    public Described describe(Caller caller, UUID projectId) {
        Row row = Sql.one(dataSource, Row.class, TASKS + " and p.project_id = ? and p.state <> 'draft'", Consent.VERSION, caller.personId(), projectId)
                .orElseThrow(() -> Refusal.missing("project", projectId));
        return new Described(task(row), row.guidelines, row.examples, row.form, row.formVersion, row.idleMillis, row.deadlineMillis,
                row.floorMinorPerHour, row.prefetchLimit, row.reviewDays, row.appealDays, row.state);
    }

    private static Task task(Row row) {
        boolean overrun = row.medianMillis != null && row.medianMillis > row.estimateMillis;
        return new Task(row.projectId, row.title, row.purpose, row.organisation, row.payRule, row.rewardMinor, row.currency, row.estimateMillis,
                row.medianMillis, hourly(row, row.estimateMillis), overrun ? hourly(row, row.medianMillis) : null, row.medianMinorPerHour,
                row.ownMillis == null || row.ownMillis == 0 ? null : perHour(row.ownPayMinor == null ? 0 : row.ownPayMinor, row.ownMillis), row.available,
                row.contentWarning, row.rejectedPermille == null ? null : row.rejectedPermille / 1000.0,
                row.payDays == null ? null : new BigDecimal(row.payDays).doubleValue(), row.eligibility.lacks());
    }

    private static long hourly(Row row, long millis) {
        return switch (row.payRule) {
            case "piece" -> perHour(row.rewardMinor, millis);
            case "hour" -> row.rewardMinor;
            default -> 0;
        };
    }

    static long perHour(long minor, long millis) {
        return Math.multiplyExact(minor, 3_600_000L) / millis;
    }
}
