package io.kreislauf.ledger.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Whether what is derived from the entries to be read fast - legs, days, sums - is what the entries say. */
final class ProjectionChecks {

    private record Check(int invariant, String says, String breaches) implements AuditCheck {}

    @Produces
    @ApplicationScoped
    AuditCheck aLegIsThatOfItsEntry() {
        return new Check(9, "Each leg of a statement is the leg of its entry, and none is missing.", """
                select 'book ' || coalesce(l.book_id, e.book) || ' ' || coalesce(l.account, e.account),
                       'leg ' || coalesce(l.leg_no, e.leg_no) || ' of entry ' || coalesce(e.entry_id, l.entry_id) || ' is ' || coalesce(l.amount || ' ' || l.commodity || ' on ' || l.account, 'missing')
                       || ', the entry has ' || coalesce(e.amount || ' ' || e.commodity || ' on ' || e.account, 'none')
                  from (select l.* from audit_range r join ledger_leg l on l.tx >= r.from_tx and l.tx < ledger_folded_tx()) l
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
                 where (d.amount, d.legs, d.first_tx, d.last_tx) is distinct from (cast(l.amount as bigint), l.legs, l.first_tx, l.last_tx)
                """);
    }

    @Produces
    @ApplicationScoped
    AuditCheck aSumIsTheSumOfItsDays() {
        return new Check(9, "A balance as of now is the sum of its days.", """
                select 'book ' || coalesce(s.book_id, d.book_id) || ' ' || coalesce(s.account, d.account),
                       'sum ' || coalesce(s.amount, 0) || ' in ' || coalesce(s.legs, 0) || ' legs, days ' || coalesce(d.amount, 0) || ' in ' || coalesce(d.legs, 0)
                       || ' ' || coalesce(s.commodity, d.commodity)
                  from ledger_sum s
                  full join (select book_id, account, commodity, sum(amount) as amount, sum(legs) as legs from ledger_day group by 1, 2, 3) d
                    on s.book_id = d.book_id and s.account = d.account and s.commodity = d.commodity
                 where (s.amount, s.legs) is distinct from (cast(d.amount as bigint), cast(d.legs as bigint))
                """);
    }
}
