package io.kreislauf.ledger.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Whether what is derived from the entries to be read fast - legs, days, sums - is what the entries say. */
final class ProjectionChecks {

    private record Check(int invariant, String says, String breaches) implements AuditCheck {}

    /** Going on from the last audit, only books with new entries are asked for legs that no entry has. */
    @Produces
    @ApplicationScoped
    AuditCheck aLegIsThatOfItsEntry() {
        return new Check(9, "Each leg of a statement is the leg of its entry, and none is missing.", """
                select 'book ' || coalesce(l.book_id, e.book) || ' ' || coalesce(l.account, e.account),
                       'leg ' || coalesce(l.leg_no, e.leg_no) || ' of entry ' || coalesce(e.entry_id, l.entry_id) || ' is ' || coalesce(l.amount || ' ' || l.commodity || ' on ' || l.account, 'missing')
                       || ', the entry has ' || coalesce(e.amount || ' ' || e.commodity || ' on ' || e.account, 'none')
                  from (select l.* from audit_range r join ledger_leg l on r.from_tx = 0 and l.tx < ledger_folded_tx()
                        union all
                        select l.* from audit_range r
                         cross join (select distinct unnest(e.books) as book_id from audit_range r join ledger_entry e on e.tx >= r.from_tx) touched
                          join ledger_leg l on l.book_id = touched.book_id and l.tx >= r.from_tx and l.tx < ledger_folded_tx()
                         where r.from_tx > 0) l
                  full join (select e.tx, e.seq, e.entry_id, e.effective_at, e.posted_at, leg.*
                               from audit_range r join ledger_entry e on e.tx >= r.from_tx and e.tx < ledger_folded_tx()
                              cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) with ordinality
                                    as leg (book, commodity, account, amount, leg_no)) e
                    on l.tx = e.tx and l.seq = e.seq and l.leg_no = e.leg_no
                 where (l.book_id, l.account, l.commodity, l.amount, l.effective_at, l.posted_at, l.entry_id)
                       is distinct from (e.book, e.account, e.commodity, e.amount, e.effective_at, e.posted_at, e.entry_id)
                """);
    }

    /** Days change as long as legs of the day come, so the check is of all of them or none. */
    @Produces
    @ApplicationScoped
    AuditCheck aDayIsTheSumOfItsLegs() {
        return new Check(9, "A balance equals the fold of its legs: each day is the sum of the legs of that day.", """
                select 'book ' || coalesce(d.book_id, l.book_id) || ' ' || coalesce(d.account, l.account) || ' on ' || coalesce(d.effective_day, l.effective_day),
                       'days ' || coalesce(d.amount, 0) || ' in ' || coalesce(d.legs, 0) || ' legs, legs ' || coalesce(l.amount, 0) || ' in ' || coalesce(l.legs, 0)
                       || ' ' || coalesce(d.commodity, l.commodity)
                  from (select * from ledger_day where (select from_tx from audit_range) = 0) d
                  full join (select book_id, account, commodity, (effective_at at time zone 'UTC')::date as effective_day,
                                    (posted_at at time zone 'UTC')::date as posted_day, sum(amount) as amount, count(*) as legs, min(tx) as first_tx, max(tx) as last_tx
                               from ledger_leg where (select from_tx from audit_range) = 0 group by 1, 2, 3, 4, 5) l
                    on d.book_id = l.book_id and d.account = l.account and d.commodity = l.commodity
                   and d.effective_day = l.effective_day and d.posted_day = l.posted_day
                 where (d.amount, d.legs, d.first_tx, d.last_tx) is distinct from (l.amount, l.legs, l.first_tx, l.last_tx)
                """);
    }

    /** From zero every sum; else those of the accounts that new entries touch. */
    @Produces
    @ApplicationScoped
    AuditCheck aSumIsTheSumOfItsDays() {
        return new Check(9, "A balance as of now is the sum of its days.", """
                with asked as (
                    select s.book_id, s.account, s.commodity from audit_range r join ledger_sum s on r.from_tx = 0
                    union
                    select d.book_id, d.account, d.commodity from audit_range r join ledger_day d on r.from_tx = 0
                    union
                    select leg.book, leg.account, leg.commodity from audit_range r join ledger_entry e on r.from_tx > 0 and e.tx >= r.from_tx and e.tx < r.to_tx
                     cross join lateral unnest(e.books, e.commodities, e.accounts) as leg (book, commodity, account)
                )
                select 'book ' || a.book_id || ' ' || a.account,
                       'sum ' || coalesce(s.amount, 0) || ' in ' || coalesce(s.legs, 0) || ' legs, days ' || coalesce(d.amount, 0) || ' in ' || coalesce(d.legs, 0)
                       || ' ' || a.commodity
                  from asked a
                  left join ledger_sum s on s.book_id = a.book_id and s.account = a.account and s.commodity = a.commodity
                  left join (select d.book_id, d.account, d.commodity, sum(d.amount) as amount, sum(d.legs) as legs
                               from asked join ledger_day d using (book_id, account, commodity) group by 1, 2, 3) d
                    on d.book_id = a.book_id and d.account = a.account and d.commodity = a.commodity
                 where (s.amount, s.legs) is distinct from (d.amount, cast(d.legs as bigint))
                """);
    }
}
