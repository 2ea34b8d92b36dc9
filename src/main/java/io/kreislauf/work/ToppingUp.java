package io.kreislauf.work;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.WageEvent.WageToppedUp;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.stream.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The wage floor: per annotator, project and UTC month, top-up = max(0, floor x all time booked - all pay), rounded up to
 * the minor unit. Computed once the month or the project is over and all its work is decided for good, and again whenever
 * something of it changed: only upward differences are paid, nothing is taken back.
 */
@ApplicationScoped
public class ToppingUp {

    private record Gap(UUID projectId, UUID annotatorId, LocalDate period, long bookedMillis, long payMinor, long amountMinor,
                       UUID organisationId, String currency, UUID topUpId) {}

    private static final String TOP_UP = """
            with worked as (
                select w.project_id, w.annotator_id, w.period, cast(sum(extract(epoch from upper(w.span) - lower(w.span)) * 1000) as bigint) as millis
                  from worked_interval w
                 where w.project_id = ? and w.time_class <> 'review'
                 group by w.project_id, w.annotator_id, w.period
            ), paid as (
                select w.*, p.organisation_id, p.currency, p.floor_minor_per_hour,
                       coalesce((select sum(amount_minor) from wage_due d where d.annotator_id = w.annotator_id and d.project_id = w.project_id
                                    and d.period = w.period), 0) as pay
                  from worked w join project p on p.project_id = w.project_id
                 where (w.period < date_trunc('month', clock_now(), 'UTC') at time zone 'UTC' or p.state in ('closed', 'cancelled'))
                   and not exists (select from submission s where s.annotator_id = w.annotator_id and s.project_id = w.project_id
                                      and (s.state in ('submitted', 'rejected') or s.withheld_minor > 0)
                                      and cast(date_trunc('month', s.effective_at, 'UTC') at time zone 'UTC' as date) = w.period)
                   and not exists (select from claim c where c.annotator_id = w.annotator_id and c.project_id = w.project_id
                                      and c.state in ('claimed', 'shown')
                                      and cast(date_trunc('month', clock_now(), 'UTC') at time zone 'UTC' as date) = w.period)
                   and not exists (select from declaration d where d.annotator_id = w.annotator_id and d.project_id = w.project_id
                                      and d.state = 'pending')
            ), gap as (
                select paid.*, cast(ceil(floor_minor_per_hour * cast(millis as numeric) / 3600000) as bigint) - cast(pay as bigint) as amount
                  from paid
            ), made as (
                insert into top_up (project_id, annotator_id, period, booked_millis, pay_minor, amount_minor, computed_at)
                select project_id, annotator_id, period, millis, pay, amount, ? from gap where amount > 0
                 order by period, hashtextextended(cast(annotator_id as text) || cast(organisation_id as text), 20)
                returning top_up_id, project_id, annotator_id, period, booked_millis, pay_minor, amount_minor
            ), due as (
                insert into wage_due (organisation_id, project_id, annotator_id, kind, fund, currency, amount_minor, period, accrued_at)
                select g.organisation_id, m.project_id, m.annotator_id, 'top_up', 'reserve', g.currency, m.amount_minor, m.period, ?
                  from made m join gap g on g.annotator_id = m.annotator_id and g.period = m.period order by m.top_up_id
            )
            select m.project_id, m.annotator_id, m.period, m.booked_millis, m.pay_minor, m.amount_minor, g.organisation_id, g.currency, m.top_up_id
              from made m join gap g on g.annotator_id = m.annotator_id and g.period = m.period
             order by m.top_up_id
            """;

    private final DataSource dataSource;
    private final Ledger ledger;
    private final DatabaseClock clock;

    ToppingUp(DataSource dataSource, Ledger ledger, DatabaseClock clock) {
        this.dataSource = dataSource;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Projects that promise a floor. */
    @Transactional
    List<UUID> projectsWithFloor() {
        return Sql.list(dataSource, UUID.class, "select project_id from project where floor_minor_per_hour > 0 and state <> 'draft'");
    }

    /**
     * Brings everybody's pay in one project up to its floor, for all periods that are over.
     *
     * @param effectiveAt null: now
     * @return how many top-ups became due
     */
    @Transactional
    public int topUp(UUID projectId, Instant effectiveAt) {
        Sql.list(dataSource, Integer.class, ClaimRows.LOCK_ANNOTATOR + "select 1", projectId.toString());
        Instant at = clock.effective(effectiveAt);
        List<Gap> gaps = Sql.list(dataSource, Gap.class, TOP_UP, projectId, at, at);
        ledger.postAll(gaps.stream().map(g -> Posting.of(new WageToppedUp(g.topUpId, g.projectId, new Book(g.organisationId),
                new Book(g.annotatorId), g.currency, g.amountMinor), at)).toList());
        return gaps.size();
    }
}
