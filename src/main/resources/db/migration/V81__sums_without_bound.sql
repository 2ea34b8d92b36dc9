-- A leg is at most 10^15, but nothing bounds how many an account gets: a sum that does not fit into 64 bits would stop folding, and with it sealing, for everybody.
drop function ledger_project(bigint, bigint, boolean);
alter table ledger_day alter column amount type numeric;
alter table ledger_sum alter column amount type numeric;
alter table ledger_guard alter column amount type numeric;

create function ledger_project(from_tx bigint, to_tx bigint, late boolean) returns int
    language sql security definer set search_path = public, pg_temp
begin atomic
    with settled as materialized (
        select e.tx, e.seq, e.entry_id, e.effective_at, e.posted_at, leg.book, leg.commodity, leg.account, leg.amount, leg.leg_no
          from ledger_entry e
         cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) with ordinality as leg (book, commodity, account, amount, leg_no)
         where e.tx >= from_tx and e.tx < to_tx
           and (not late or not exists (select from ledger_leg l where l.book_id = leg.book and l.account = leg.account and l.commodity = leg.commodity
                                                                   and l.tx = e.tx and l.seq = e.seq and l.leg_no = leg.leg_no))
    ), projected as (
        insert into ledger_leg (book_id, account, commodity, tx, seq, leg_no, amount, effective_at, posted_at, entry_id)
        select book, account, commodity, tx, seq, leg_no, amount, effective_at, posted_at, entry_id from settled
         order by book, account collate "C", commodity collate "C", tx, seq, leg_no
    ), days as materialized (
        select book, account, commodity, (effective_at at time zone 'UTC')::date as effective_day, (posted_at at time zone 'UTC')::date as posted_day,
               sum(amount) as amount, count(*) as legs, min(tx) as first_tx, max(tx) as last_tx
          from settled group by 1, 2, 3, 4, 5
    ), summed_by_day as (
        insert into ledger_day as d (book_id, account, commodity, effective_day, posted_day, amount, legs, first_tx, last_tx)
        select book, account, commodity, effective_day, posted_day, amount, legs, first_tx, last_tx from days
            on conflict (book_id, account, commodity, effective_day, posted_day)
            do update set amount = d.amount + excluded.amount, legs = d.legs + excluded.legs,
                          first_tx = least(d.first_tx, excluded.first_tx), last_tx = greatest(d.last_tx, excluded.last_tx)
    ), summed as (
        insert into ledger_sum as s (book_id, account, commodity, amount, legs)
        select book, account, commodity, sum(amount), sum(legs) from days group by book, account, commodity
            on conflict (book_id, account, commodity) do update set amount = s.amount + excluded.amount, legs = s.legs + excluded.legs
    )
    select cast(count(*) as int) from settled where leg_no = 1;
end;
comment on function ledger_project is 'Writes the legs of entries from one transaction to another, and their sums, leaving out those that are there if late; returns how many entries.';
revoke all on function ledger_project from public;
alter function ledger_project set work_mem = '64MB';
