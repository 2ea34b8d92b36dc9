package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Consent;
import io.kreislauf.project.Project;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.work.TaskRows.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** What an annotator could do, what it really pays, and what is missing to do it. */
@ApplicationScoped
public class FindingWork {

    /** What the rank of a task is taken from. */
    public enum RankedBy { OWN, MEDIAN, ADVERTISED }

    /**
     * @param hazardMinor                   supplement for each label, beside the reward; advertised wages include it
     * @param advertisedMinorPerHour        at the requester's estimate
     * @param advertisedNowMinorPerHour     at the median of the real times, once it exceeds the estimate
     * @param medianEffectiveMinorPerHour   median over annotators of all pay by all time but that of work not decided on yet; null: nothing is decided
     * @param ownEffectiveMinorPerHour      the same of this annotator
     * @param rankedMinorPerHour            the wage by which it stands in the list
     * @param rankedBy                      this annotator's own wage there; else the median of the others; else what is advertised at the real pace
     * @param available                     open slots for this annotator, counted up to {@value TaskRows#AVAILABLE_MAX}
     * @param rejectionShare                of decided work
     * @param daysToPay                     median from submission to payout
     * @param assigned                      of them, where the requester assigns items: those assigned to this annotator; null: nobody is assigned any
     * @param lacks                         what keeps this annotator from it; empty: nothing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Task(UUID projectId, String title, String purpose, String organisation, String payRule, long rewardMinor, long hazardMinor, String currency,
                       long estimateMillis, Long medianMillis, long advertisedMinorPerHour, Long advertisedNowMinorPerHour,
                       Long medianEffectiveMinorPerHour, Long ownEffectiveMinorPerHour, long rankedMinorPerHour, RankedBy rankedBy,
                       long available, Long assigned, String contentWarning, Double rejectionShare, Double daysToPay, List<Lack> lacks) {}

    /**
     * All that is told before a claim.
     *
     * @param goldPercent  for each hundred other tasks, how many have a known answer; which ones is not told. null: none
     * @param itemsNamedBy who says which item is claimed: nobody, annotators or requester
     * @param rest         that is prescribed, and whether it is due; null: none
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Described(@JsonUnwrapped Task task, String guidelines, @JsonRawValue String examples, @JsonRawValue String form, int formVersion,
                            long idleMillis, long deadlineMillis, long floorMinorPerHour, int prefetchLimit, int reviewDays, int appealDays,
                            String state, @JsonRawValue String extraPay, Integer goldPercent, String itemsNamedBy, Rest rest) {}

    private final TaskRows rows;
    private final DatabaseClock clock;

    FindingWork(DataSource dataSource, DatabaseClock clock) {
        this.clock = clock;
        this.rows = new TaskRows(dataSource);
    }

    /**
     * Published projects by what an hour brings, the best first ({@link Task#rankedMinorPerHour}), newer ones before older of
     * the same wage. Wages of different currencies are not compared: one currency comes after the other, first that of the
     * annotator's latest pay.
     *
     * @param after {@code next} of the page before it; null: from the first
     * @throws Refusal naming the field at fault
     */
    @Transactional
    public Page<Task> list(Caller caller, TaskFilter filter, String after, Integer limit) {
        int count = Page.limit(limit);
        TaskCursor from = TaskCursor.read(after);
        List<Row> found = new ArrayList<>();
        for (String currency : currencies(caller, filter, from)) {
            boolean first = from != null && currency.equals(from.currency());
            found.addAll(rows.list(caller.personId(), Consent.VERSION, filter, currency, first ? from.minorPerHour() : Long.MAX_VALUE,
                    first ? from.projectId() : TaskCursor.LAST_ID, count + 1 - found.size()));
            if (found.size() > count) {
                break;
            }
        }
        return Page.of(found, count, row -> new TaskCursor(row.currency(), row.listedMinorPerHour(), row.projectId())).map(FindingWork::task);
    }

    /** In which open projects pay, that of the annotator's latest pay first. */
    @Transactional
    public List<String> currencies(Caller caller) {
        return rows.currencies(caller.personId());
    }

    private List<String> currencies(Caller caller, TaskFilter filter, TaskCursor from) {
        if (filter.currency() != null) {
            return List.of(filter.currency());
        }
        List<String> all = rows.currencies(caller.personId());
        return from == null || !all.contains(from.currency()) ? all : all.subList(all.indexOf(from.currency()), all.size());
    }

    /** A project with all its guidelines; also one that is no longer open. */
    @Transactional
    public Described describe(Caller caller, UUID projectId) {
        Row row = rows.one(caller.personId(), Consent.VERSION, projectId).orElseThrow(() -> Refusal.missing("project", projectId));
        return new Described(task(row), row.guidelines(), row.examples(), row.form(), row.formVersion(), row.idleMillis(), row.deadlineMillis(),
                row.floorMinorPerHour(), row.prefetchLimit(), row.reviewDays(), row.appealDays(), row.state(),
                rows.extraPay(projectId), row.goldPercent(), row.itemsNamedBy(),
                Rest.of(row.restAfterMinutes(), row.restMinutes(), row.eligibility().restUntil(), clock.now()));
    }

    private static Task task(Row row) {
        boolean overrun = row.medianMillis() != null && row.medianMillis() > row.estimateMillis();
        return new Task(row.projectId(), row.title(), row.purpose(), row.organisation(), row.payRule(), row.rewardMinor(), row.hazardMinor(), row.currency(),
                row.estimateMillis(), row.medianMillis(), hourly(row, row.estimateMillis()), overrun ? hourly(row, row.medianMillis()) : null,
                row.medianMinorPerHour(), row.ownMinorPerHour(), row.listedMinorPerHour(),
                row.ownMinorPerHour() != null ? RankedBy.OWN : row.medianMinorPerHour() != null ? RankedBy.MEDIAN : RankedBy.ADVERTISED,
                row.available(), row.itemsNamedBy().equals("requester") ? Long.valueOf(row.available()) : null, row.contentWarning(), row.rejectedPermille() == null ? null : row.rejectedPermille() / 1000.0,
                row.payDays() == null ? null : row.payDays().doubleValue(), row.eligibility().lacks());
    }

    private static long hourly(Row row, long millis) {
        return Project.advertisedMinorPerHour(row.payRule(), row.rewardMinor(), row.hazardMinor(), millis);
    }
}
