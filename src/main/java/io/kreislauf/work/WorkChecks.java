package io.kreislauf.work;

import io.kreislauf.ledger.audit.AuditCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** The invariants of the ledger that only the rows of work can answer. */
final class WorkChecks {

    private record Check(int invariant, String says, String breaches) implements AuditCheck {}

    /** New legs by which somebody gave time. */
    private static final String WORKED = """
            audit_range r join ledger_entry e on e.tx >= r.from_tx and e.tx < r.to_tx
              join lateral unnest(e.books, e.accounts) as leg (book, account) on leg.account like 'EXPENDED:%'""";

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

    /** Going on from the last audit, the days on which new entries took effect, and those before. */
    @Produces
    @ApplicationScoped
    AuditCheck noDayIsLongerThanADay() {
        return new Check(11, "No annotator has more than 24 hours in a UTC day, observed and declared together, by the booked intervals.", """
                with asked as (
                    select distinct book as annotator_id, day - back as day
                      from (select leg.book, (e.effective_at at time zone 'UTC')::date as day from %s where r.from_tx > 0) worked cross join generate_series(0, 1) as back
                ), looked_at as materialized (
                    select w.annotator_id, w.span from audit_range r join worked_interval w on r.from_tx = 0
                    union all
                    select w.annotator_id, w.span from asked a join worked_interval w on w.annotator_id = a.annotator_id
                       and w.span && tstzrange(a.day::timestamp at time zone 'UTC', (a.day + 1)::timestamp at time zone 'UTC')
                )
                select 'annotator ' || annotator_id, round(millis) || ' ms on ' || day
                  from (select annotator_id, (lower(span) at time zone 'UTC')::date as day,
                               sum(extract(epoch from upper(span) - lower(span)) * 1000) as millis from looked_at group by 1, 2) days
                 where millis > 86400000
                union all
                select 'annotator ' || annotator_id, 'two booked intervals share a second: ' || span || ' and ' || before
                  from (select annotator_id, span, lag(span) over (partition by annotator_id order by lower(span)) as before from looked_at) w
                 where span && before
                """.formatted(WORKED));
    }

    /** Milliseconds are cut off once for each interval at most. Going on from the last audit, those with new entries. */
    @Produces
    @ApplicationScoped
    AuditCheck whatIsBookedHasItsIntervals() {
        return new Check(11, "The hours in a person's book are those of the booked intervals behind the entries.", """
                with asked as (
                    select w.annotator_id from audit_range r join worked_interval w on r.from_tx = 0
                    union
                    select c.annotator_id from audit_range r join claim c on r.from_tx = 0
                    union
                    select leg.book from %s
                     where r.from_tx > 0 and (exists (select from claim c where c.annotator_id = leg.book) or exists (select from worked_interval w where w.annotator_id = leg.book))
                ), booked as (
                    select annotator_id, sum(millis) as millis from (
                        select s.book_id as annotator_id, -s.amount as millis from asked a join ledger_sum s on s.book_id = a.annotator_id
                           and s.account >= 'EXPENDED:' and s.account < 'EXPENDED:~' and s.commodity in ('LABOUR', 'LABOUR_DECLARED')
                        union all
                        select leg.book, -leg.amount from ledger_entry e
                         cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                         where e.tx >= ledger_folded_tx() and leg.account like 'EXPENDED:%%') both_parts
                     where annotator_id in (select annotator_id from asked) group by 1
                ), worked as (
                    select w.annotator_id, sum(extract(epoch from upper(w.span) - lower(w.span)) * 1000) as millis, count(*) as intervals
                      from asked a join worked_interval w on w.annotator_id = a.annotator_id group by 1
                )
                select 'annotator ' || annotator_id, 'booked ' || coalesce(b.millis, 0) || ' ms, intervals ' || round(coalesce(w.millis, 0)) || ' ms'
                  from booked b full join worked w using (annotator_id)
                 where abs(coalesce(b.millis, 0) - coalesce(w.millis, 0)) > coalesce(w.intervals, 0)
                """.formatted(WORKED));
    }

    /** Going on from the last audit, the submissions that new entries come from. */
    @Produces
    @ApplicationScoped
    AuditCheck aSubmissionsTimeIsThatOfItsIntervals() {
        return new Check(11, "The time of each submission is that of the intervals behind it.", """
                with asked as (
                    select s.submission_id from audit_range r join submission s on r.from_tx = 0
                    union
                    select e.source_id from audit_range r join ledger_entry e on e.tx >= r.from_tx and e.tx < r.to_tx where r.from_tx > 0 and e.source_kind = 'submission'
                )
                select 'submission ' || s.submission_id, s.observed_millis + s.declared_millis || ' ms, intervals ' || coalesce(w.millis, 0)
                  from asked join submission s using (submission_id)
                  left join (select i.claim_id, cast(sum(extract(epoch from upper(i.span) - lower(i.span)) * 1000) as bigint) as millis
                               from asked join submission using (submission_id) join worked_interval i using (claim_id) group by 1) w on w.claim_id = s.claim_id
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
