package io.kreislauf.ledger.audit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/**
 * The invariants that the ledger's own tables can answer. An audit that goes on from the last one reads the entries since then and what they touch: the sums of their
 * accounts, the other licences of their products. What somebody changes elsewhere, past the rules, the audit from zero finds.
 */
final class LedgerChecks {

    private record Check(int invariant, String says, String breaches) implements AuditCheck {}

    private static final String LEGS = """
            (select e.entry_id, e.event, e.tx, leg.book, leg.commodity, leg.account, leg.amount, split_part(leg.account, ':', 1) as kind,
                    split_part(leg.account, ':', 2) as subject
               from audit_range r join ledger_entry e on e.tx >= r.from_tx and e.tx < r.to_tx
              cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)) as leg
            """;

    @Produces
    @ApplicationScoped
    AuditCheck balanced() {
        return new Check(1, "Every entry balances per book and commodity.", """
                select 'entry ' || entry_id, book || ' is off by ' || sum(amount) || ' ' || commodity
                  from %s group by entry_id, book, commodity having sum(amount) <> 0
                """.formatted(LEGS));
    }

    @Produces
    @ApplicationScoped
    AuditCheck givenIsReceived() {
        return new Check(2, "What a book gave to another is what the other received, per commodity.", """
                select 'entry ' || entry_id, giver || ' gave and ' || taker || ' received differ by ' || sum(amount) || ' ' || commodity
                  from (select entry_id, commodity, amount,
                               case kind when 'GIVEN' then book::text else subject end as giver,
                               case kind when 'GIVEN' then subject else book::text end as taker
                          from %s where kind in ('GIVEN', 'RECEIVED') and subject not in ('customers', 'outside', 'declared')) passed
                 group by entry_id, commodity, giver, taker having sum(amount) <> 0
                """.formatted(LEGS));
    }

    @Produces
    @ApplicationScoped
    AuditCheck nothingVanishes() {
        return new Check(3, "What was expended, declared or bought outside is in stock, passed on, lost or unrealised.", """
                select 'entry ' || entry_id, 'in and out differ by ' || sum(amount) || ' ' || commodity
                  from %s
                 where (commodity like 'LABOUR%%' or commodity like 'OUTSIDE:%%')
                   and not (kind in ('GIVEN', 'RECEIVED') and subject not in ('customers', 'outside', 'declared'))
                 group by entry_id, commodity having sum(amount) <> 0
                union all
                select 'entry ' || entry_id, account || ' cannot hold ' || commodity
                  from %s
                 where (commodity like 'LABOUR%%' or commodity like 'OUTSIDE:%%')
                   and kind not in ('EXPENDED', 'GIVEN', 'RECEIVED', 'MEANS', 'PRODUCTION', 'COMMODITY', 'LOST', 'UNREALISED')
                """.formatted(LEGS, LEGS));
    }

    @Produces
    @ApplicationScoped
    AuditCheck noStockBelowZero() {
        return new Check(3, "No stock holds less than nothing.", """
                select 'book ' || book_id || ' ' || account, amount || ' ' || commodity
                  from (select s.* from audit_range r join ledger_sum s on r.from_tx = 0
                        union all
                        select s.* from (select distinct book, account, commodity from %s) leg
                          join ledger_sum s on s.book_id = leg.book and s.account = leg.account and s.commodity = leg.commodity
                         where (select from_tx from audit_range) > 0) s
                 where amount < 0 and account ~ '^(MEANS|PRODUCTION|COMMODITY|LOST|UNREALISED)(:|$)'
                """.formatted(LEGS));
    }

    /** What undoes a sale is looked up sale by sale, so that few of them read few entries. */
    @Produces
    @ApplicationScoped
    AuditCheck licencesCarryTheirShare() {
        return new Check(4, "No licence carries more than its share.", """
                with asked as (
                    select e.entry_id from audit_range r join ledger_entry e on r.from_tx = 0 and e.tx < r.to_tx and e.event = 'LicenceSold'
                    union
                    select l.entry_id
                      from (select distinct cast(e.body ->> 'seller' as uuid) as seller, 'COMMODITY:' || (e.body ->> 'product') as account
                              from audit_range r join ledger_entry e on e.tx >= r.from_tx and e.tx < r.to_tx
                             where r.from_tx > 0 and e.event = 'LicenceSold') product
                      join ledger_leg l on l.book_id = product.seller and l.account >= product.account and l.account < product.account || '~'
                ), sold as (
                    select e.entry_id, e.source_id, e.body, (e.body ->> 'k')::numeric as k, (e.body ->> 'n')::numeric as n, e.body ->> 'product' as product,
                           e.body ->> 'seller' as seller
                      from asked join ledger_entry e using (entry_id)
                     where e.event = 'LicenceSold'
                       and (select true from ledger_entry undone where undone.reverses = e.entry_id limit 1) is null
                       and (select true from ledger_entry refund where refund.event = 'LicenceRefunded' and refund.source_id = e.source_id limit 1) is null
                ), carried as (
                    select s.entry_id, s.k, s.n, leg.commodity, -sum(leg.amount) as amount,
                           case leg.commodity when 'LABOUR' then (s.body #>> '{whole,labour,observedMillis}')::numeric
                                              when 'LABOUR_DECLARED' then (s.body #>> '{whole,labour,declaredMillis}')::numeric end as whole
                      from sold s join ledger_entry e using (entry_id)
                     cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                     where leg.account = 'COMMODITY:' || s.product and leg.commodity like 'LABOUR%' and leg.book::text = s.seller
                     group by s.entry_id, s.k, s.n, s.body, leg.commodity
                )
                select 'entry ' || entry_id, 'carries ' || amount || ' ' || commodity || ' of ' || whole || ' as ' || k || ' of ' || n
                  from carried where amount <> floor(whole * k / n) - floor(whole * (k - 1) / n)
                union all
                select 'product ' || product, 'licence ' || k || ' was sold ' || count(*) || ' times' from sold group by product, seller, k having count(*) > 1
                """);
    }

    /** From zero what was booked is read from every entry; else it is the sum of what is settled, and what has come since. */
    @Produces
    @ApplicationScoped
    AuditCheck guardedAccountsAreCovered() {
        return new Check(5, "No CASH and no ESCROW is below zero, and what guards them is what was booked.", """
                with guarded as materialized (
                    select book_id, account, commodity, sum(amount) as amount from ledger_guard group by 1, 2, 3
                ), booked as (
                    select leg.book as book_id, leg.account, leg.commodity, leg.amount
                      from audit_range r join ledger_entry e on r.from_tx = 0 or e.tx >= ledger_folded_tx()
                     cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                     where leg.account = 'CASH' or leg.account like 'ESCROW:%%'
                    union all
                    select s.book_id, s.account, s.commodity, s.amount
                      from (select book_id, account, commodity from guarded
                            union select book, account, commodity from %s where account = 'CASH' or account like 'ESCROW:%%') asked
                      join ledger_sum s using (book_id, account, commodity) where (select from_tx from audit_range) > 0
                )
                select 'book ' || book_id || ' ' || account, 'guard ' || coalesce(sum(guarded), 0) || ', booked ' || coalesce(sum(booked), 0) || ' ' || commodity
                  from (select book_id, account, commodity, amount as guarded, 0 as booked from guarded
                        union all
                        select book_id, account, commodity, 0, amount from booked) both_sides
                 group by book_id, account, commodity having sum(guarded) <> sum(booked) or sum(booked) < 0
                """.formatted(LEGS));
    }

    @Produces
    @ApplicationScoped
    AuditCheck aRetryIsOneEntry() {
        return new Check(6, "A retry is one entry.", """
                select 'key ' || e.idempotency_key, count(*) || ' entries' from ledger_entry e, audit_range r where e.tx < r.to_tx
                   and e.idempotency_key in (select n.idempotency_key from ledger_entry n where n.tx >= r.from_tx and n.tx < r.to_tx)
                 group by e.idempotency_key having count(*) > 1
                """);
    }

    @Produces
    @ApplicationScoped
    AuditCheck aReversalNetsToZero() {
        return new Check(7, "A reversal nets to zero, and an entry is reversed once.", """
                select 'entry ' || e.entry_id, 'is not the negative of ' || e.reverses
                  from audit_range r join ledger_entry e on e.tx >= r.from_tx and e.tx < r.to_tx and e.reverses is not null
                  left join ledger_entry o on o.entry_id = e.reverses
                 where o.entry_id is null or o.books <> e.books or o.commodities <> e.commodities or o.accounts <> e.accounts
                    or e.amounts <> array(select -x from unnest(o.amounts) with ordinality as leg (x, position) order by position)
                union all
                select 'entry ' || reverses, 'was reversed ' || count(*) || ' times' from ledger_entry
                 where reverses in (select e.reverses from audit_range r join ledger_entry e on e.tx >= r.from_tx and e.tx < r.to_tx where e.reverses is not null)
                 group by reverses having count(*) > 1
                """);
    }

    @Produces
    @ApplicationScoped
    AuditCheck aRejectionLowersNoHours() {
        return new Check(8, "A rejection never lowers hours, in neither book.", """
                select 'entry ' || entry_id, event || ' changes the hours of ' || book || ' by ' || sum(amount)
                  from %s
                 where event in ('WorkRejected', 'RejectionFinal', 'RejectionOverturned') and commodity like 'LABOUR%%'
                   and kind in ('EXPENDED', 'PRODUCTION')
                 group by entry_id, event, book, kind, commodity having sum(amount) <> 0
                union all
                select 'entry ' || entry_id, event || ' touches ' || account
                  from %s where event in ('WorkRejected', 'RejectionFinal') and commodity like 'LABOUR%%' and kind not in ('EXPENDED', 'PRODUCTION')
                """.formatted(LEGS, LEGS));
    }

    @Produces
    @ApplicationScoped
    AuditCheck whatIsSealedDoesNotChange() {
        return new Check(10, "An answer as of a sealed watermark never changes.", """
                select 'entry ' || e.entry_id, 'appeared below the watermark ' || h.tx || ' after it was sealed'
                  from audit_range r cross join (select tx, firm_at from ledger_head order by tree_size desc limit 1) h
                  join ledger_entry e on e.tx >= r.from_tx and (e.tx < h.tx or e.posted_at <= h.firm_at)
                 where not exists (select from ledger_leaf f where f.entry_id = e.entry_id)
                """);
    }
}
