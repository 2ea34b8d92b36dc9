-- What is asked of every entry is asked in one expression and one query, and a balance is read from one sum and a short tail.

-- ---------------------------------------------------------------------------------------------------- checks of one row

create function ledger_kind_known(account text) returns boolean
    language sql immutable parallel safe
    return split_part(account, ':', 1) = any (array[
        'CASH', 'ESCROW', 'RECEIVABLE', 'MEANS', 'PRODUCTION', 'COMMODITY', 'REVENUE', 'COST_OF_SALES', 'WAGES_DUE', 'SUPPLIERS_DUE', 'DEFERRED', 'CAPITAL',
        'WAGES_RECEIVABLE', 'WAGES', 'EXPENSES', 'EXPENDED', 'CIRCULATION', 'EXCHANGE', 'GIVEN', 'RECEIVED', 'LOST', 'UNREALISED']);
comment on function ledger_kind_known is 'Whether an account begins with one of the kinds of account.';

create function ledger_pair_cancels(books uuid[], commodities text[], accounts text[], amounts bigint[], first int) returns boolean
    language sql immutable parallel safe
    return books[first] = books[first + 1] and commodities[first] = commodities[first + 1]
        and amounts[first] = -amounts[first + 1] and amounts[first] <> 0 and amounts[first] between -1000000000000000 and 1000000000000000
        and ledger_kind_known(accounts[first]) and ledger_kind_known(accounts[first + 1]);
comment on function ledger_pair_cancels is 'Whether a leg and the next one are a debit and a credit of the same amount, book and commodity.';

create function ledger_legs_fit(books uuid[], commodities text[], accounts text[], amounts bigint[]) returns boolean
    language plpgsql immutable parallel safe as $$
declare
    size  text := array_dims(amounts);
    fault text;
begin
    -- Most entries are one pair or two that cancel: one expression sees it. A null makes it null, so that the long way is gone.
    if (size = '[1:2]' or size = '[1:4]' and ledger_pair_cancels(books, commodities, accounts, amounts, 3))
            and array_dims(books) = size and array_dims(commodities) = size and array_dims(accounts) = size
            and ledger_pair_cancels(books, commodities, accounts, amounts, 1)
            and commodities <@ array['LABOUR', 'LABOUR_DECLARED', 'USD', 'EUR']
            and array_to_string(accounts, ' ', '?') || ' ' ~ '^(?:[A-Z_]+(?::[a-z0-9][a-z0-9-]*){0,2} )+$' collate "C" then
        return true;
    end if;
    fault := case
        when (array_ndims(amounts) = 1 and cardinality(amounts) between 1 and 10000 and array_lower(amounts, 1) = 1
                and array_dims(books) = size and array_dims(commodities) = size and array_dims(accounts) = size
                and array_position(books, null) is null and array_position(commodities, null) is null
                and array_position(accounts, null) is null and array_position(amounts, null) is null
                and array_position(amounts, 0) is null) is not true
            then 'ledger_entry_legs'
        when not (1000000000000000 >= all (amounts) and -1000000000000000 <= all (amounts))
            then 'ledger_entry_amounts'
        when array_to_string(commodities, ' ') || ' ' !~ '^(?:(?:LABOUR|LABOUR_DECLARED|(?:OUTSIDE:)?[A-Z]{3}) )+$' collate "C"
            then 'ledger_entry_commodities'
        when array_to_string(accounts, ' ') || ' ' !~ '^(?:[A-Z_]+(?::[a-z0-9][a-z0-9-]*){0,2} )+$' collate "C"
                or not (select bool_and(ledger_kind_known(account)) from unnest(accounts) as account)
            then 'ledger_entry_accounts'
        when not ledger_balanced(books, commodities, amounts)
            then 'ledger_entry_balanced'
        end;
    if fault is null then
        return true;
    end if;
    raise exception using errcode = 'check_violation', table = 'ledger_entry', constraint = fault, message = case fault
        when 'ledger_entry_legs' then 'An entry has 1 to 10000 legs, each with a book, a commodity, an account and an amount that is not zero.'
        when 'ledger_entry_amounts' then 'An amount is beyond 10^15.'
        when 'ledger_entry_commodities' then 'A commodity is malformed: ' || array_to_string(commodities, ' ')
        when 'ledger_entry_accounts' then 'An account is malformed: ' || array_to_string(accounts, ' ')
        else 'The legs do not add up to zero in each book and commodity.' end;
end $$;
comment on function ledger_legs_fit is 'Whether legs are whole, of known form and add up to zero in each book and commodity; raises the name of what is broken.';

-- One constraint: each one is read from the catalogue and prepared anew for every statement.
alter table ledger_entry
    drop constraint ledger_entry_legs,
    drop constraint ledger_entry_amounts,
    drop constraint ledger_entry_commodities,
    drop constraint ledger_entry_accounts,
    drop constraint ledger_entry_balanced,
    add constraint ledger_entry_legs_fit check (ledger_legs_fit(books, commodities, accounts, amounts));

-- ------------------------------------------------------------------------------------------------ checks of a statement

create or replace function ledger_check_added() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    all_added record;
    bad       record;
    lowered   record;
    held      numeric;
begin
    select bool_or(k.known is null or not a.books <@ k.known or k.people > 1
                   or coalesce(k.closed_through >= (a.effective_at at time zone 'UTC')::date, false)) as wrong,
           bool_or(a.reverses is not null) as reversing,
           bool_or('CASH' = any (a.accounts) or array_to_string(a.accounts, ' ') like '%ESCROW:%') as guarded
      into all_added
      from added a cross join lateral (
           select array_agg(b.book_id) as known, count(*) filter (where b.kind = 'person') as people, max(b.closed_through) as closed_through
             from ledger_book b where b.book_id = any (a.books)) k;
    if all_added.wrong then
        select checked.* into bad from (
            select a.entry_id,
                   count(*) filter (where k.book_id is null) > 0 as missing,
                   count(distinct k.book_id) filter (where k.kind = 'person') > 1 as two_people
              from added a cross join lateral unnest(a.books) as leg (book_id)
              left join ledger_book k on k.book_id = leg.book_id
             group by a.entry_id
            having count(*) filter (where k.book_id is null) > 0 or count(distinct k.book_id) filter (where k.kind = 'person') > 1
                or bool_or(k.closed_through >= (a.effective_at at time zone 'UTC')::date)) checked
         limit 1;
        if bad.missing then
            raise exception 'Entry % has a leg in a book that does not exist.', bad.entry_id using errcode = 'KL001', hint = 'UNKNOWN_BOOK';
        elsif bad.two_people then
            raise exception 'Entry % holds the legs of two people.', bad.entry_id using errcode = 'KL001', hint = 'TWO_PEOPLE';
        else
            raise exception 'Entry % is in a closed period.', bad.entry_id using errcode = 'KL001', hint = 'CLOSED_PERIOD';
        end if;
    end if;

    if all_added.reversing then
        select a.entry_id into bad from added a left join ledger_entry o on o.entry_id = a.reverses
         where a.reverses is not null
           and (o.reverses is not null or a.books <> o.books or a.commodities <> o.commodities or a.accounts <> o.accounts
                or a.amounts <> array(select -x from unnest(o.amounts) with ordinality as leg (x, position) order by position))
         limit 1;
        if found then
            raise exception 'Entry % is not the exact negative of an entry that can be reversed.', bad.entry_id
                using errcode = 'KL001', hint = 'NOT_REVERSIBLE';
        end if;
    end if;

    if not all_added.guarded then
        return null;
    end if;
    insert into ledger_guard (book_id, commodity, account, amount)
    select leg.book, leg.commodity, leg.account, sum(leg.amount)
      from added a cross join lateral unnest(a.books, a.commodities, a.accounts, a.amounts) as leg (book, commodity, account, amount)
     where leg.account = 'CASH' or leg.account like 'ESCROW:%'
     group by leg.book, leg.commodity, leg.account;
    for lowered in
        select distinct leg.book, leg.commodity, leg.account
          from added a cross join lateral unnest(a.books, a.commodities, a.accounts, a.amounts) as leg (book, commodity, account, amount)
         where (leg.account = 'CASH' or leg.account like 'ESCROW:%') and leg.amount < 0
         order by leg.book, leg.commodity, leg.account
    loop
        -- A snapshot older than the lock would not see what others lowered meanwhile.
        if current_setting('transaction_isolation') <> 'read committed' then
            raise exception 'A guarded account is lowered at isolation read committed only.' using errcode = 'KL001', hint = 'OVERDRAWN';
        end if;
        perform ledger_guard_lock(lowered.book, lowered.account, lowered.commodity);
        select sum(g.amount) into held from ledger_guard g
         where g.book_id = lowered.book and g.account = lowered.account and g.commodity = lowered.commodity;
        if held < 0 then
            raise exception '% of book % would be short of % %.', lowered.account, lowered.book, -held, lowered.commodity
                using errcode = 'KL001', hint = 'OVERDRAWN';
        end if;
    end loop;
    return null;
end $$;

-- ------------------------------------------------------------------------------------------- projection behind a watermark

create table ledger_sum (
    book_id   uuid not null,
    account   text collate "C" not null,
    commodity text collate "C" not null,
    amount    bigint not null,
    legs      bigint not null,
    primary key (book_id, account, commodity)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);
comment on table ledger_sum is 'The sum of all settled legs of an account: what a balance as of now reads, with the tail of entries behind the watermark.';
comment on column ledger_sum.book_id is 'Book.';
comment on column ledger_sum.account is 'Account.';
comment on column ledger_sum.commodity is 'Commodity.';
comment on column ledger_sum.amount is 'Sum of the legs.';
comment on column ledger_sum.legs is 'How many.';
grant select on ledger_sum to kreislauf_app;
insert into ledger_sum (book_id, account, commodity, amount, legs)
select book_id, account, commodity, sum(amount), sum(legs) from ledger_day group by book_id, account, commodity;

-- Rows that change at every folding: room for the next version beside the old one.
alter table ledger_day set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.05);
alter table ledger_firm_candidate set (fillfactor = 10);

alter table ledger_day add column first_tx bigint, add column last_tx bigint;
update ledger_day d set first_tx = legs.first_tx, last_tx = legs.last_tx
  from (select book_id, account, commodity, (effective_at at time zone 'UTC')::date as effective_day, (posted_at at time zone 'UTC')::date as posted_day,
               min(tx) as first_tx, max(tx) as last_tx
          from ledger_leg group by 1, 2, 3, 4, 5) legs
 where d.book_id = legs.book_id and d.account = legs.account and d.commodity = legs.commodity
   and d.effective_day = legs.effective_day and d.posted_day = legs.posted_day;
alter table ledger_day alter column first_tx set not null, alter column last_tx set not null;
comment on column ledger_day.first_tx is 'The first transaction that has a leg in the sum; with last_tx where the legs of these days are found.';
comment on column ledger_day.last_tx is 'The last one.';
drop index ledger_leg_effective;
drop index ledger_leg_posted;

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

create or replace function ledger_fold_settled(entries_max int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    low       bigint;
    high      bigint;
    folded    int := 0;
    firm      timestamptz;
    last      ledger_fold;
    candidate ledger_firm_candidate;
    moment    timestamptz;
begin
    if not pg_try_advisory_xact_lock(4, 2) then
        return 0;
    end if;
    low := ledger_folded_tx();
    high := ledger_settled_tx();
    if high <= low then
        return 0;
    end if;
    -- Whole transactions only: a watermark lies between two.
    high := least(high, coalesce((select max(e.tx) + 1 from (select tx from ledger_entry where tx >= low and tx < high
                                                             order by tx, seq limit entries_max) e), high));
    select * into candidate from ledger_firm_candidate;
    select * into last from ledger_fold order by tx desc limit 1;
    firm := coalesce(last.firm_at, '-infinity');
    if high > candidate.tx then
        firm := greatest(firm, candidate.at);
        moment := ledger_posted_now();
        update ledger_firm_candidate
           set at = moment, tx = cast(cast(pg_current_xact_id() as text) as bigint) + (select tx_offset from ledger_era order by era desc limit 1);
    end if;
    folded := ledger_project(low, high, false);
    -- While nothing happens a watermark every ten minutes will do, once the last entries are firm.
    if folded > 0 or firm > last.firm_at and last.firm_at < (select max(folded_at) from ledger_fold where entries > 0)
            or firm > last.firm_at + interval '10 minutes' then
        insert into ledger_fold (tx, firm_at, folded_at, entries) values (high, firm, ledger_posted_now(), folded);
    end if;
    return folded;
end $$;

create or replace function ledger_begin_era() returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    here   bigint := (select system_identifier from pg_control_system());
    highest bigint;
    behind bigint;
begin
    if here = (select system_identifier from ledger_era order by era desc limit 1) then
        return false;
    end if;
    lock table ledger_entry in access exclusive mode;
    if here = (select system_identifier from ledger_era order by era desc limit 1) then
        return false;
    end if;
    select greatest(coalesce((select max(tx) from ledger_entry), 0), ledger_folded_tx()) + 1 into highest;
    behind := greatest(highest - cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint), 0);
    insert into ledger_era (system_identifier, tx_offset) values (here, behind);
    -- What was written here before this moment lies below the old watermark: it is folded in now, and sealed next.
    perform ledger_project(0, ledger_folded_tx(), true);
    update ledger_firm_candidate set tx = behind + cast(cast(pg_current_xact_id() as text) as bigint), at = '-infinity';
    execute format('alter table ledger_entry alter column tx set default (%s + cast(cast(pg_current_xact_id() as text) as bigint))', behind);
    return true;
end $$;
