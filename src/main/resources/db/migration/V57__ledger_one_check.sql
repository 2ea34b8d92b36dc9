-- What is asked of each entry is one constraint, and a statement's check runs without a search path of its own: for an entry posted alone most of
-- the work was preparing the checks, not checking.

create function ledger_entry_fits(body_hash bytea, idempotency_key text, effective_at timestamptz, occurred_at timestamptz, posted_at timestamptz,
                                  books uuid[], commodities text[], accounts text[], amounts bigint[]) returns boolean
    language plpgsql immutable parallel safe as $$
declare
    size  constant pg_catalog.text := array_dims(amounts);
    kinds constant pg_catalog.text[] := array['GIVEN', 'RECEIVED', 'EXPENDED', 'PRODUCTION', 'WAGES_DUE', 'WAGES', 'WAGES_RECEIVABLE', 'CASH', 'ESCROW', 'COMMODITY',
                                   'MEANS', 'REVENUE', 'COST_OF_SALES', 'CAPITAL', 'RECEIVABLE', 'SUPPLIERS_DUE', 'DEFERRED', 'EXPENSES', 'CIRCULATION',
                                   'EXCHANGE', 'LOST', 'UNREALISED'];
    fault pg_catalog.text;
begin
    -- Most entries are one pair or two that cancel: one expression sees it. A null makes it null, so that the long way is gone. It is prepared
    -- anew in every transaction, so it is short; a regular expression of all kinds would be long in running.
    if octet_length(body_hash) = 32 and length(idempotency_key) between 1 and 200 and effective_at <= posted_at and occurred_at <= effective_at
            and (size = '[1:2]' or size = '[1:4]' and amounts[3] = -amounts[4] and amounts[3] <> 0 and abs(amounts[3]) <= 1000000000000000
                                   and books[3] = books[4] and commodities[3] = commodities[4]
                                   and array[split_part(accounts[3], ':', 1), split_part(accounts[4], ':', 1)] <@ kinds)
            and array_dims(books) = size and array_dims(commodities) = size and array_dims(accounts) = size
            and amounts[1] = -amounts[2] and amounts[1] <> 0 and abs(amounts[1]) <= 1000000000000000
            and books[1] = books[2] and commodities[1] = commodities[2]
            and array[split_part(accounts[1], ':', 1), split_part(accounts[2], ':', 1)] <@ kinds
            and commodities <@ array['LABOUR', 'LABOUR_DECLARED', 'USD', 'EUR'] and strpos(array_to_string(accounts, ''), ' ') = 0
            and array_to_string(accounts, ' ', '?') || ' ' ~ '^(?:[A-Z_]+(?::[a-z0-9][a-z0-9-]*){0,2} )+$' collate "C" then
        return true;
    end if;
    fault := case
        when (octet_length(body_hash) = 32) is not true then 'ledger_entry_body_hash'
        when (length(idempotency_key) between 1 and 200) is not true then 'ledger_entry_idempotency_key'
        when (effective_at <= posted_at and occurred_at <= effective_at) is not true then 'ledger_entry_not_in_the_future'
        -- The forms are looked at as words side by side.
        when strpos(array_to_string(accounts, ''), ' ') > 0 then 'ledger_entry_accounts'
        when strpos(array_to_string(commodities, ''), ' ') > 0 then 'ledger_entry_commodities'
        end;
    if fault is null then
        return public.ledger_legs_fit(books, commodities, accounts, amounts);
    end if;
    raise exception using errcode = 'check_violation', table = 'ledger_entry', constraint = fault, message = case fault
        when 'ledger_entry_body_hash' then 'The hash of an event has 32 bytes.'
        when 'ledger_entry_idempotency_key' then 'An idempotency key has 1 to 200 characters.'
        when 'ledger_entry_accounts' then 'An account is malformed: it holds a space.'
        when 'ledger_entry_commodities' then 'A commodity is malformed: it holds a space.'
        else 'An event happens before it is posted, and takes effect not before it happens: ' || occurred_at || ', ' || effective_at end;
end $$;
comment on function ledger_entry_fits is 'Whether an entry by itself is right: its hash, key and times, and its legs; raises the name of what is broken.';

alter table ledger_entry
    drop constraint ledger_entry_legs_fit,
    drop constraint ledger_entry_body_hash_check,
    drop constraint ledger_entry_idempotency_key_check,
    drop constraint ledger_entry_not_in_the_future,
    -- Nothing is ever deleted here, and what reverses nothing is refused below.
    drop constraint ledger_entry_reverses_fkey,
    add constraint ledger_entry_fits check (ledger_entry_fits(body_hash, idempotency_key, effective_at, occurred_at, posted_at,
                                                              books, commodities, accounts, amounts));

-- Every name here says its schema, types too, and nobody who posts has a temporary schema to put something else in its place: so no search path
-- has to be set for it.
create or replace function ledger_check_added() returns trigger
    language plpgsql security definer as $$
declare
    all_added pg_catalog.record;
    bad       pg_catalog.record;
    lowered   pg_catalog.record;
    held      pg_catalog.numeric;
begin
    select bool_or(k.known is null or not a.books <@ k.known or k.people > 1
                   or coalesce(k.closed_through >= (a.effective_at at time zone 'UTC')::pg_catalog.date, false)) as wrong,
           bool_or(a.reverses is not null) as reversing,
           bool_or('CASH' = any (a.accounts) or array_to_string(a.accounts, ' ') like '%ESCROW:%') as guarded
      into all_added
      from added a cross join lateral (
           select array_agg(b.book_id) as known, count(*) filter (where b.kind = 'person') as people, max(b.closed_through) as closed_through
             from public.ledger_book b where b.book_id = any (a.books)) k;
    if all_added.wrong then
        select checked.* into bad from (
            select a.entry_id,
                   count(*) filter (where k.book_id is null) > 0 as missing,
                   count(distinct k.book_id) filter (where k.kind = 'person') > 1 as two_people
              from added a cross join lateral unnest(a.books) as leg (book_id)
              left join public.ledger_book k on k.book_id = leg.book_id
             group by a.entry_id
            having count(*) filter (where k.book_id is null) > 0 or count(distinct k.book_id) filter (where k.kind = 'person') > 1
                or bool_or(k.closed_through >= (a.effective_at at time zone 'UTC')::pg_catalog.date)) checked
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
        select a.entry_id into bad from added a left join public.ledger_entry o on o.entry_id = a.reverses
         where a.reverses is not null
           and (o.entry_id is null or o.reverses is not null or a.books <> o.books or a.commodities <> o.commodities or a.accounts <> o.accounts
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
    insert into public.ledger_guard (book_id, commodity, account, amount)
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
        perform public.ledger_guard_lock(lowered.book, lowered.account, lowered.commodity);
        select sum(g.amount) into held from public.ledger_guard g
         where g.book_id = lowered.book and g.account = lowered.account and g.commodity = lowered.commodity;
        if held < 0 then
            raise exception '% of book % would be short of % %.', lowered.account, lowered.book, -held, lowered.commodity
                using errcode = 'KL001', hint = 'OVERDRAWN';
        end if;
    end loop;
    return null;
end $$;
alter function ledger_check_added() reset all;
alter function ledger_legs_fit(uuid[], text[], text[], bigint[]) set search_path = pg_catalog, public, pg_temp;
do $$
begin
    execute format('revoke temporary on database %I from public', current_database());
end $$;

-- ------------------------------------------------------------------------------------------------------------ the clock

-- The one clock is read in nearly every statement, and by how much it is ahead changes only in a database that a test made: it says so itself,
-- instead of looking it up.
create function clock_is_ahead() returns void
    language plpgsql as $$
declare
    ahead text := (select case when skew = interval '0' then '' else format(' + interval %L', skew) end from clock_skew);
begin
    execute 'create or replace function clock_now() returns timestamptz language sql stable parallel safe return statement_timestamp()' || ahead;
    execute 'create or replace function ledger_posted_now() returns timestamptz language sql volatile return clock_timestamp()' || ahead;
    execute 'alter table ledger_entry alter column posted_at set default clock_timestamp()' || ahead;
end $$;
comment on function clock_is_ahead is 'Writes into the functions of the one clock by how much it is ahead of real time.';
revoke all on function clock_is_ahead() from public;
select clock_is_ahead();

create or replace function move_clock(ahead interval) returns timestamptz
    language plpgsql as $$
begin
    if not made_by_test() then
        raise exception 'The clock of this database cannot be moved: no test made it.';
    end if;
    update clock_skew set skew = skew + ahead;
    perform clock_is_ahead();
    return clock_now();
end $$;

-- Not a part of the statement that calls it: it is prepared only where an event names an earlier time.
create or replace function ledger_open_at(of_books uuid[], at timestamptz) returns timestamptz
    language plpgsql stable as $$
begin
    return greatest(at, (select (max(closed_through) + 1)::timestamp at time zone 'UTC' from public.ledger_book where book_id = any (of_books)));
end $$;
