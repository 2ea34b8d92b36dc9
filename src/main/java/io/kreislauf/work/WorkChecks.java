package io.kreislauf.work;

import io.kreislauf.ledger.audit.AuditCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** The invariants of the ledger that only the rows of work can answer. */
final class WorkChecks {

    private record Check(int invariant, String says, String breaches) implements AuditCheck {}

    /**
     * Paid by the hour, a label that took less than its estimate leaves the rest in escrow until the next round of
     * {@link ReleasingEstimates}: there the sum is a lower bound.
     */
    @Produces
    @ApplicationScoped
    AuditCheck escrowCoversWhatCanStillBeEarned() {
        return new Check(5, "ESCROW holds the reward of every label that can still be asked for, is claimed, undecided, contestable or unpaid.", """
                with project_escrow as (
                    select p.project_id, p.pay_rule, p.state,
                           case p.pay_rule when 'piece' then p.reward_minor when 'hour' then ceil(p.reward_minor::numeric * p.estimate_millis / 3600000)
                                           else 0 end + p.hazard_minor as held_per_label, p.hazard_minor,
                           coalesce((select sum(g.amount) from ledger_guard g where g.book_id = p.organisation_id
                                        and g.account = 'ESCROW:' || p.project_id and g.commodity = p.currency), 0) as held
                      from project p where p.state <> 'draft'
                ), needed as (
                    select e.*,
                           e.held_per_label * (select count(*) from slot s where s.project_id = e.project_id and s.state in ('unopened', 'open', 'claimed'))
                           + case e.pay_rule when 'piece' then coalesce((select sum(s.reward_minor) from submission s
                                 where s.project_id = e.project_id and s.state in ('submitted', 'rejected') and not s.late_kept), 0) else 0 end
                           + e.hazard_minor * (select count(*) from submission s
                                 where s.project_id = e.project_id and s.state in ('submitted', 'rejected') and not s.late_kept)
                           + coalesce((select sum(s.withheld_minor) from submission s where s.project_id = e.project_id), 0)
                           + coalesce((select sum(d.amount_minor) from wage_due d
                                 where d.project_id = e.project_id and d.fund = 'escrow' and d.line_id is null), 0) as needed
                      from project_escrow e
                )
                select 'ESCROW:' || project_id, 'holds ' || held || ' and needs ' || needed from needed
                 where held < needed or pay_rule <> 'hour' and held <> needed
                """);
    }

    @Produces
    @ApplicationScoped
    AuditCheck noDayIsLongerThanADay() {
        return new Check(11, "No annotator has more than 24 hours in a UTC day, observed and declared together, by the booked intervals.", """
                select 'annotator ' || annotator_id, round(millis) || ' ms on ' || day
                  from (select annotator_id, (lower(span) at time zone 'UTC')::date as day,
                               sum(extract(epoch from upper(span) - lower(span)) * 1000) as millis from worked_interval group by 1, 2) days
                 where millis > 86400000
                union all
                select 'annotator ' || annotator_id, 'two booked intervals share a second: ' || span || ' and ' || before
                  from (select annotator_id, span, lag(span) over (partition by annotator_id order by lower(span)) as before from worked_interval) w
                 where span && before
                """);
    }

    /** Milliseconds are cut off once for each interval at most. */
    @Produces
    @ApplicationScoped
    AuditCheck whatIsBookedHasItsIntervals() {
        return new Check(11, "The hours in a person's book are those of the booked intervals behind the entries.", """
                with booked as (
                    select book_id as annotator_id, -sum(amount) as millis from ledger_day
                     where account >= 'EXPENDED:' and account < 'EXPENDED:~' and commodity in ('LABOUR', 'LABOUR_DECLARED') group by 1
                ), tail as (
                    select leg.book as annotator_id, -sum(leg.amount) as millis from ledger_entry e
                     cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                     where e.tx >= ledger_folded_tx() and leg.account like 'EXPENDED:%' group by 1
                ), worked as (
                    select annotator_id, sum(extract(epoch from upper(span) - lower(span)) * 1000) as millis, count(*) as intervals
                      from worked_interval group by 1
                )
                select 'annotator ' || annotator_id, 'booked ' || coalesce(booked_millis, 0) || ' ms, intervals ' || round(coalesce(worked_millis, 0)) || ' ms'
                  from (select annotator_id, sum(millis) as booked_millis from (select * from booked union all select * from tail) both_parts
                         where exists (select from claim c where c.annotator_id = both_parts.annotator_id)
                            or exists (select from worked_interval w where w.annotator_id = both_parts.annotator_id) group by 1) b
                  full join (select annotator_id, millis as worked_millis, intervals from worked) w using (annotator_id)
                 where abs(coalesce(booked_millis, 0) - coalesce(worked_millis, 0)) > coalesce(intervals, 0)
                """);
    }

    @Produces
    @ApplicationScoped
    AuditCheck aSubmissionsTimeIsThatOfItsIntervals() {
        return new Check(11, "The time of each submission is that of the intervals behind it.", """
                select 'submission ' || s.submission_id, s.observed_millis + s.declared_millis || ' ms, intervals ' || coalesce(w.millis, 0)
                  from submission s
                  left join (select claim_id, cast(sum(extract(epoch from upper(span) - lower(span)) * 1000) as bigint) as millis
                               from worked_interval where claim_id is not null group by claim_id) w on w.claim_id = s.claim_id
                 where s.observed_millis + s.declared_millis <> coalesce(w.millis, 0)
                """);
    }

    @Produces
    @ApplicationScoped
    AuditCheck theReserveIsWhatWasDeclaredLessWhatWasPaid() {
        return new Check(5, "The reserve is the declared sum less what was paid from it, until a project that is over gives it back; a payout that failed brings its part back.", """
                select 'ESCROW:' || project_id || ':reserve', 'holds ' || held || ', declared ' || reserve_minor || ', paid from it ' || paid
                  from (select p.project_id, p.state, p.reserve_minor,
                               coalesce((select sum(g.amount) from ledger_guard g where g.book_id = p.organisation_id
                                            and g.account = 'ESCROW:' || p.project_id || ':reserve' and g.commodity = p.currency), 0) as held,
                               coalesce((select sum(l.from_reserve_minor) from payout_line l where l.project_id = p.project_id and l.failed_at is null), 0) as paid,
                               coalesce((select sum(l.from_reserve_minor) from payout_line l where l.project_id = p.project_id and l.failed_at is not null), 0)
                               as failed
                          from project p where p.state <> 'draft') r
                 where held <> reserve_minor - paid and not (state in ('closed', 'cancelled') and held between 0 and failed)
                """);
    }
}
