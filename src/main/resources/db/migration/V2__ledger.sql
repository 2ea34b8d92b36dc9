-- The ledger: one row an entry, its legs as arrays in the row, so that no leg can be added to a committed entry and the
-- balance is one check of one row. What is derived from entries (legs, days, guards) can be computed again from them.

-- ---------------------------------------------------------------------------------------------------------------- books

create table ledger_book (
    book_id        uuid primary key,
    kind           text not null check (kind in ('organisation', 'person', 'operator', 'agency')),
    closed_through date,
    opened_at      timestamptz not null default clock_now()
);
comment on table ledger_book is 'A complete set of accounts of one organisation or one person who works.';
comment on column ledger_book.book_id is 'The id of the owner: an organisation_id or a person_id.';
comment on column ledger_book.kind is 'An entry holds the legs of at most one book of kind person.';
comment on column ledger_book.closed_through is 'The last UTC day that is closed; what happened then is posted on the next day.';
comment on column ledger_book.opened_at is 'When the book was opened.';
grant select on ledger_book to kreislauf_app;
grant insert (book_id, kind) on ledger_book to kreislauf_app;

create table ledger_closing (
    book_id        uuid not null references ledger_book,
    closed_through date not null,
    closed_at      timestamptz not null default clock_now(),
    primary key (book_id, closed_through)
);
comment on table ledger_closing is 'Every closing of a period, in order.';
comment on column ledger_closing.book_id is 'Whose period.';
comment on column ledger_closing.closed_through is 'The last day closed by it.';
comment on column ledger_closing.closed_at is 'When it was closed.';
grant select on ledger_closing to kreislauf_app;

-- -------------------------------------------------------------------------------------------------------------- entries

create function ledger_balanced(books uuid[], commodities text[], amounts bigint[]) returns boolean
    language sql immutable parallel safe
    return not exists (select from unnest(books, commodities, amounts) as leg (book, commodity, amount)
                        group by leg.book, leg.commodity having sum(leg.amount) <> 0);
comment on function ledger_balanced is 'Whether legs add up to zero in each book and commodity.';

create function ledger_posted_now() returns timestamptz
    language sql volatile
    return clock_timestamp() + (select skew from clock_skew);
comment on function ledger_posted_now is 'The one clock at this very moment, not at the start of the statement: taken after the entry''s transaction id, so that what has a later id was posted later than any watermark passed before.';

create table ledger_entry (
    tx              bigint not null default (cast(cast(pg_current_xact_id() as text) as bigint)),
    seq             bigint not null generated always as identity,
    entry_id        uuid primary key default uuidv7(),
    event           text not null,
    body            jsonb not null,
    body_hash       bytea not null check (length(body_hash) = 32),
    idempotency_key text not null check (length(idempotency_key) between 1 and 200),
    source_kind     text not null,
    source_id       uuid not null,
    effective_at    timestamptz not null default clock_now(),
    occurred_at     timestamptz not null default clock_now(),
    posted_at       timestamptz not null default ledger_posted_now(),
    reverses        uuid references ledger_entry,
    salt            bytea not null default uuid_send(gen_random_uuid()),
    books           uuid[] not null,
    commodities     text[] not null,
    accounts        text[] not null,
    amounts         bigint[] not null,
    constraint ledger_entry_key unique (idempotency_key),
    constraint ledger_entry_legs check (
        array_ndims(amounts) = 1 and cardinality(amounts) between 1 and 10000 and array_lower(amounts, 1) = 1
        and array_ndims(books) = 1 and cardinality(books) = cardinality(amounts) and array_lower(books, 1) = 1
        and array_ndims(commodities) = 1 and cardinality(commodities) = cardinality(amounts) and array_lower(commodities, 1) = 1
        and array_ndims(accounts) = 1 and cardinality(accounts) = cardinality(amounts) and array_lower(accounts, 1) = 1
        and array_position(books, null) is null and array_position(commodities, null) is null
        and array_position(accounts, null) is null and array_position(amounts, null) is null
        and array_position(amounts, 0) is null),
    constraint ledger_entry_amounts check (1000000000000000 >= all (amounts) and -1000000000000000 <= all (amounts)),
    constraint ledger_entry_commodities check (
        cardinality(commodities) = 0 or array_to_string(commodities, ' ') ~ '^((LABOUR|LABOUR_DECLARED|(OUTSIDE:)?[A-Z]{3})( |$))+$'),
    constraint ledger_entry_accounts check (
        cardinality(accounts) = 0 or array_to_string(accounts, ' ') ~ '^((CASH|ESCROW|RECEIVABLE|MEANS|PRODUCTION|COMMODITY|REVENUE|COST_OF_SALES|WAGES_DUE|SUPPLIERS_DUE|DEFERRED|CAPITAL|WAGES_RECEIVABLE|WAGES|EXPENSES|EXPENDED|CIRCULATION|EXCHANGE|GIVEN|RECEIVED|LOST|UNREALISED)(:[a-z0-9][a-z0-9-]*){0,2}( |$))+$'),
    constraint ledger_entry_balanced check (ledger_balanced(books, commodities, amounts)),
    constraint ledger_entry_not_in_the_future check (effective_at <= posted_at and occurred_at <= effective_at)
);
comment on table ledger_entry is 'One economic event as booked. Append-only: no update, no delete, no truncate by a plain statement of anyone.';
comment on column ledger_entry.tx is 'The transaction that wrote it, rising over all clusters this ledger has lived in; entries below the oldest running transaction are settled.';
comment on column ledger_entry.seq is 'Order within the transaction. Not commit order, and with gaps.';
comment on column ledger_entry.entry_id is 'UUIDv7.';
comment on column ledger_entry.event is 'The type of the economic event.';
comment on column ledger_entry.body is 'The event itself, every field.';
comment on column ledger_entry.body_hash is 'SHA-256 over type and body as posted; a retry under the same key must have the same.';
comment on column ledger_entry.idempotency_key is 'A retry with the same key is the same entry.';
comment on column ledger_entry.source_kind is 'What it came from: submission, claim, licence ...';
comment on column ledger_entry.source_id is 'Which one.';
comment on column ledger_entry.effective_at is 'When it happened, or the first open day after a closed period.';
comment on column ledger_entry.occurred_at is 'When it truly happened; differs from effective_at only after a closed period.';
comment on column ledger_entry.posted_at is 'When it was written, by the one clock.';
comment on column ledger_entry.reverses is 'The entry that this one is the exact negative of.';
comment on column ledger_entry.salt is 'Random; hides the parts of other books in proofs.';
comment on column ledger_entry.books is 'Book of each leg.';
comment on column ledger_entry.commodities is 'Commodity of each leg.';
comment on column ledger_entry.accounts is 'Account of each leg.';
comment on column ledger_entry.amounts is 'Amount of each leg: + debit, - credit, minor units or milliseconds.';
create unique index ledger_entry_reversed on ledger_entry (reverses) where reverses is not null;
create index ledger_entry_order on ledger_entry (tx, seq);
create index ledger_entry_source on ledger_entry (source_id, source_kind);
grant select on ledger_entry to kreislauf_app;
grant insert (event, body, body_hash, idempotency_key, source_kind, source_id, effective_at, occurred_at, reverses,
              books, commodities, accounts, amounts) on ledger_entry to kreislauf_app;

create function ledger_refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'The ledger is append-only: % of % is refused.', lower(tg_op), tg_table_name
        using errcode = 'KL001', hint = 'APPEND_ONLY';
end $$;
comment on function ledger_refuse_change is 'Refuses a change of what has been booked, of the owner too.';
create trigger ledger_entry_append_only before update or delete or truncate on ledger_entry
    for each statement execute function ledger_refuse_change();
create trigger ledger_closing_append_only before update or delete or truncate on ledger_closing
    for each statement execute function ledger_refuse_change();

create function ledger_open_at(of_books uuid[], at timestamptz) returns timestamptz
    language sql stable
    return greatest(at, (select (max(closed_through) + 1)::timestamp at time zone 'UTC' from ledger_book where book_id = any (of_books)));
comment on function ledger_open_at is 'The given time, or the start of the first day that is open in all these books.';

-- --------------------------------------------------------------------------------------------------- guarded accounts

create table ledger_guard (
    book_id   uuid not null,
    commodity text not null,
    account   text not null,
    amount    bigint not null
);
create index ledger_guard_account on ledger_guard (book_id, account, commodity);
comment on table ledger_guard is 'Movements of accounts that must not go below zero (CASH, ESCROW), written with the entry, folded together now and then. Raising adds a row and takes no lock.';
comment on column ledger_guard.book_id is 'Book.';
comment on column ledger_guard.commodity is 'Money.';
comment on column ledger_guard.account is 'CASH or ESCROW:...';
comment on column ledger_guard.amount is 'Movement, or the sum of many.';
grant select on ledger_guard to kreislauf_app;

create function ledger_guard_lock(book uuid, account text, commodity text) returns void
    language sql
    return pg_advisory_xact_lock(hashtextextended(book::text || account || commodity, 20));
comment on function ledger_guard_lock is 'Taken by what lowers a guarded account, until the end of the transaction.';

create function ledger_check_added() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    bad     record;
    lowered record;
    held    numeric;
begin
    select checked.* into bad from (
        select a.entry_id,
               count(*) filter (where k.book_id is null) > 0 as missing,
               count(distinct k.book_id) filter (where k.kind = 'person') > 1 as two_people,
               bool_or(coalesce(k.closed_through >= (a.effective_at at time zone 'UTC')::date, false)) as closed
          from added a cross join lateral unnest(a.books) as leg (book_id)
          left join ledger_book k on k.book_id = leg.book_id
         group by a.entry_id) checked
     where checked.missing or checked.two_people or checked.closed limit 1;
    if found then
        if bad.missing then
            raise exception 'Entry % has a leg in a book that does not exist.', bad.entry_id using errcode = 'KL001', hint = 'UNKNOWN_BOOK';
        elsif bad.two_people then
            raise exception 'Entry % holds the legs of two people.', bad.entry_id using errcode = 'KL001', hint = 'TWO_PEOPLE';
        else
            raise exception 'Entry % is in a closed period.', bad.entry_id using errcode = 'KL001', hint = 'CLOSED_PERIOD';
        end if;
    end if;

    select a.entry_id into bad from added a left join ledger_entry o on o.entry_id = a.reverses
     where a.reverses is not null
       and (o.reverses is not null or a.books <> o.books or a.commodities <> o.commodities or a.accounts <> o.accounts
            or a.amounts <> array(select -x from unnest(o.amounts) with ordinality as leg (x, position) order by position))
     limit 1;
    if found then
        raise exception 'Entry % is not the exact negative of an entry that can be reversed.', bad.entry_id
            using errcode = 'KL001', hint = 'NOT_REVERSIBLE';
    end if;

    insert into ledger_guard (book_id, commodity, account, amount)
    select leg.book, leg.commodity, leg.account, sum(leg.amount)
      from added a cross join lateral unnest(a.books, a.commodities, a.accounts, a.amounts) as leg (book, commodity, account, amount)
     where leg.account = 'CASH' or leg.account like 'ESCROW:%'
     group by leg.book, leg.commodity, leg.account;
    if not found then
        return null;
    end if;
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
comment on function ledger_check_added is 'What a check of one row cannot see: books, people, closed periods, reversals, guarded accounts. Once a statement.';
create trigger ledger_entry_checked after insert on ledger_entry
    referencing new table as added for each statement execute function ledger_check_added();

create function ledger_close_period(book uuid, through date) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if through >= (clock_now() at time zone 'UTC')::date then
        raise exception 'Only days that are over can be closed.' using errcode = 'KL001', hint = 'IN_THE_FUTURE';
    end if;
    -- Waits for every entry that is being written and holds up new ones until the closing is visible to them.
    lock table ledger_entry in share mode;
    update ledger_book set closed_through = through where book_id = book and (closed_through is null or closed_through < through);
    if not found then
        raise exception 'Book % does not exist or is closed through that day.', book using errcode = 'KL001', hint = 'CLOSED_PERIOD';
    end if;
    insert into ledger_closing (book_id, closed_through) values (book, through);
end $$;
comment on function ledger_close_period is 'Closes a book through a UTC day that is over.';
grant execute on function ledger_close_period to kreislauf_app;

-- ------------------------------------------------------------------------------------------- projection behind a watermark

create table ledger_era (
    era               int primary key generated always as identity,
    system_identifier bigint not null,
    tx_offset         bigint not null,
    began_at          timestamptz not null default clock_now()
);
comment on table ledger_era is 'The clusters this ledger has lived in. Transaction ids restart in a restored cluster; the offset keeps tx rising.';
comment on column ledger_era.era is 'Order.';
comment on column ledger_era.system_identifier is 'Of the cluster.';
comment on column ledger_era.tx_offset is 'Added to the cluster''s transaction ids.';
comment on column ledger_era.began_at is 'When the ledger was first used there.';
insert into ledger_era (system_identifier, tx_offset) select system_identifier, 0 from pg_control_system();
grant select on ledger_era to kreislauf_app;

create table ledger_fold (
    tx        bigint primary key,
    firm_at   timestamptz not null,
    folded_at timestamptz not null,
    entries   int not null
);
comment on table ledger_fold is 'Watermarks: every entry with a smaller tx is in ledger_leg and ledger_day, and none can still appear.';
comment on column ledger_fold.tx is 'The watermark.';
comment on column ledger_fold.firm_at is 'No entry posted up to this time can still appear above the watermark; what is asked as of it never changes.';
comment on column ledger_fold.folded_at is 'When it was reached; rises with tx.';
comment on column ledger_fold.entries is 'How many entries it moved over.';
grant select on ledger_fold to kreislauf_app;

create table ledger_firm_candidate (
    only_row boolean primary key default true check (only_row),
    tx       bigint not null,
    at       timestamptz not null
);
comment on table ledger_firm_candidate is 'A moment that becomes firm when all transactions older than tx are over.';
comment on column ledger_firm_candidate.only_row is 'There is one row.';
comment on column ledger_firm_candidate.tx is 'Given out after the moment; whatever has a later one was posted later.';
comment on column ledger_firm_candidate.at is 'The moment.';
insert into ledger_firm_candidate (tx, at) values (0, '-infinity');

create table ledger_leg (
    book_id      uuid not null,
    account      text collate "C" not null,
    commodity    text collate "C" not null,
    tx           bigint not null,
    seq          bigint not null,
    leg_no       int not null,
    amount       bigint not null,
    effective_at timestamptz not null,
    posted_at    timestamptz not null,
    entry_id     uuid not null,
    primary key (book_id, account, commodity, tx, seq, leg_no)
);
create index ledger_leg_book on ledger_leg (book_id, tx, seq, leg_no);
create index ledger_leg_effective on ledger_leg (book_id, account, commodity, effective_at);
create index ledger_leg_posted on ledger_leg (book_id, account, commodity, posted_at);
comment on table ledger_leg is 'Legs of settled entries, for statements.';
comment on column ledger_leg.book_id is 'Book.';
comment on column ledger_leg.account is 'Account; byte order, so that a prefix is a range.';
comment on column ledger_leg.commodity is 'Commodity.';
comment on column ledger_leg.tx is 'Of the entry.';
comment on column ledger_leg.seq is 'Of the entry.';
comment on column ledger_leg.leg_no is 'Position in the entry, from 1.';
comment on column ledger_leg.amount is '+ debit, - credit.';
comment on column ledger_leg.effective_at is 'Of the entry.';
comment on column ledger_leg.posted_at is 'Of the entry.';
comment on column ledger_leg.entry_id is 'The entry.';
grant select on ledger_leg to kreislauf_app;

create table ledger_day (
    book_id       uuid not null,
    account       text collate "C" not null,
    commodity     text collate "C" not null,
    effective_day date not null,
    posted_day    date not null,
    amount        bigint not null,
    legs          bigint not null,
    primary key (book_id, account, commodity, effective_day, posted_day)
);
comment on table ledger_day is 'Sums of settled legs by account and day of both clocks: what a balance reads instead of the past.';
comment on column ledger_day.book_id is 'Book.';
comment on column ledger_day.account is 'Account.';
comment on column ledger_day.commodity is 'Commodity.';
comment on column ledger_day.effective_day is 'UTC day on which it happened.';
comment on column ledger_day.posted_day is 'UTC day on which it was written.';
comment on column ledger_day.amount is 'Sum of the legs.';
comment on column ledger_day.legs is 'How many.';
grant select on ledger_day to kreislauf_app;

create function ledger_folded_tx() returns bigint
    language sql stable
    return coalesce((select max(tx) from ledger_fold), 0);
comment on function ledger_folded_tx is 'The watermark: what is below is read from ledger_day and ledger_leg, the rest from the entries.';
grant execute on function ledger_folded_tx to kreislauf_app;

create function ledger_settled_tx() returns bigint
    language sql volatile
    return cast(cast(pg_snapshot_xmin(pg_current_snapshot()) as text) as bigint) + (select tx_offset from ledger_era order by era desc limit 1);
comment on function ledger_settled_tx is 'Below it no entry can still appear: the oldest running transaction.';
grant execute on function ledger_settled_tx to kreislauf_app;

create function ledger_fold_settled(entries_max int) returns int
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
    with settled as (
        select e.tx, e.seq, e.entry_id, e.effective_at, e.posted_at, leg.book, leg.commodity, leg.account, leg.amount, leg.leg_no
          from ledger_entry e
         cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) with ordinality as leg (book, commodity, account, amount, leg_no)
         where e.tx >= low and e.tx < high
    ), projected as (
        insert into ledger_leg (book_id, account, commodity, tx, seq, leg_no, amount, effective_at, posted_at, entry_id)
        select book, account, commodity, tx, seq, leg_no, amount, effective_at, posted_at, entry_id from settled
    ), summed as (
        insert into ledger_day as d (book_id, account, commodity, effective_day, posted_day, amount, legs)
        select book, account, commodity, (effective_at at time zone 'UTC')::date, (posted_at at time zone 'UTC')::date, sum(amount), count(*)
          from settled group by 1, 2, 3, 4, 5
            on conflict (book_id, account, commodity, effective_day, posted_day)
            do update set amount = d.amount + excluded.amount, legs = d.legs + excluded.legs
    )
    select count(distinct (tx, seq)) into folded from settled;
    -- While nothing happens a watermark every ten minutes will do, once the last entries are firm.
    if folded > 0 or firm > last.firm_at and last.firm_at < (select max(folded_at) from ledger_fold where entries > 0)
            or firm > last.firm_at + interval '10 minutes' then
        insert into ledger_fold (tx, firm_at, folded_at, entries) values (high, firm, ledger_posted_now(), folded);
    end if;
    return folded;
end $$;
comment on function ledger_fold_settled is 'Moves the watermark over at most about so many settled entries; returns how many. One at a time.';
grant execute on function ledger_fold_settled to kreislauf_app;

create function ledger_fold_guards(rows_min int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    many   record;
    folded int := 0;
begin
    for many in
        select book_id, account, commodity from ledger_guard group by 1, 2, 3 having count(*) >= rows_min order by 1, 2, 3 limit 50
    loop
        perform ledger_guard_lock(many.book_id, many.account, many.commodity);
        with gone as (
            delete from ledger_guard g where g.book_id = many.book_id and g.account = many.account and g.commodity = many.commodity
            returning g.amount
        )
        insert into ledger_guard (book_id, account, commodity, amount)
        select many.book_id, many.account, many.commodity, sum(amount) from gone;
        folded := folded + 1;
    end loop;
    return folded;
end $$;
comment on function ledger_fold_guards is 'Sums up the movements of guarded accounts that have at least so many rows; returns how many accounts.';
grant execute on function ledger_fold_guards to kreislauf_app;

create function ledger_begin_era() returns boolean
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
    with late as (
        select e.tx, e.seq, e.entry_id, e.effective_at, e.posted_at, leg.book, leg.commodity, leg.account, leg.amount, leg.leg_no
          from ledger_entry e
         cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) with ordinality as leg (book, commodity, account, amount, leg_no)
         where e.tx < ledger_folded_tx() and not exists (select from ledger_leg l where l.entry_id = e.entry_id and l.tx = e.tx
                                                            and l.book_id = leg.book and l.account = leg.account and l.commodity = leg.commodity)
    ), projected as (
        insert into ledger_leg (book_id, account, commodity, tx, seq, leg_no, amount, effective_at, posted_at, entry_id)
        select book, account, commodity, tx, seq, leg_no, amount, effective_at, posted_at, entry_id from late
    )
    insert into ledger_day as d (book_id, account, commodity, effective_day, posted_day, amount, legs)
    select book, account, commodity, (effective_at at time zone 'UTC')::date, (posted_at at time zone 'UTC')::date, sum(amount), count(*)
      from late group by 1, 2, 3, 4, 5
        on conflict (book_id, account, commodity, effective_day, posted_day)
        do update set amount = d.amount + excluded.amount, legs = d.legs + excluded.legs;
    update ledger_firm_candidate set tx = behind + cast(cast(pg_current_xact_id() as text) as bigint), at = '-infinity';
    execute format('alter table ledger_entry alter column tx set default (%s + cast(cast(pg_current_xact_id() as text) as bigint))', behind);
    return true;
end $$;
comment on function ledger_begin_era is 'To be called when the application starts: in a restored cluster it lifts new transaction ids above all old ones.';
grant execute on function ledger_begin_era to kreislauf_app;

-- ---------------------------------------------------------------------------------------------------------------- seals

create table ledger_key (
    key_id     text primary key,
    public_key bytea not null,
    since      timestamptz not null default clock_now(),
    vouched_by text references ledger_key,
    voucher    bytea
);
comment on table ledger_key is 'The keys that signed tree heads. The private ones are not in the database.';
comment on column ledger_key.key_id is 'First 16 hex digits of the SHA-256 of the public key.';
comment on column ledger_key.public_key is 'Ed25519, X.509 SubjectPublicKeyInfo.';
comment on column ledger_key.since is 'When it was first used.';
comment on column ledger_key.vouched_by is 'At a rotation, the key before.';
comment on column ledger_key.voucher is 'Its signature over the new public key.';

create table ledger_leaf (
    leaf_no  bigint primary key check (leaf_no >= 0),
    entry_id uuid not null unique,
    hash     bytea not null check (length(hash) = 32)
);
comment on table ledger_leaf is 'The leaves of the Merkle tree (RFC 6962) over the entries, in the order in which they were settled.';
comment on column ledger_leaf.leaf_no is 'Position, from 0, without gaps.';
comment on column ledger_leaf.entry_id is 'The entry.';
comment on column ledger_leaf.hash is 'Leaf hash of the entry as it was when sealed.';

create table ledger_node (
    level int not null check (level >= 1),
    node_no bigint not null,
    hash  bytea not null check (length(hash) = 32),
    primary key (level, node_no)
);
comment on table ledger_node is 'Hashes of complete subtrees: a node of level l covers 2^l leaves. Can be computed again from the leaves.';
comment on column ledger_node.level is 'Height above the leaves.';
comment on column ledger_node.node_no is 'Position in its level, from 0.';
comment on column ledger_node.hash is 'SHA-256 over 0x01, left and right.';

create table ledger_head (
    tree_size bigint primary key check (tree_size > 0),
    root      bytea not null check (length(root) = 32),
    tx        bigint not null,
    firm_at   timestamptz not null,
    sealed_at timestamptz not null,
    key_id    text not null references ledger_key,
    signature bytea not null
);
comment on table ledger_head is 'Signed tree heads. A later tree has an earlier one as its prefix.';
comment on column ledger_head.tree_size is 'How many entries it seals.';
comment on column ledger_head.root is 'Merkle tree hash.';
comment on column ledger_head.tx is 'The watermark: all entries with a smaller tx are sealed.';
comment on column ledger_head.firm_at is 'Answers as of this posting time or an earlier one never change.';
comment on column ledger_head.sealed_at is 'When it was signed.';
comment on column ledger_head.key_id is 'By which key.';
comment on column ledger_head.signature is 'Ed25519 over the head in its documented byte form.';
grant select, insert on ledger_key, ledger_leaf, ledger_node, ledger_head to kreislauf_app;

create trigger ledger_key_append_only before update or delete or truncate on ledger_key for each statement execute function ledger_refuse_change();
create trigger ledger_leaf_append_only before update or delete or truncate on ledger_leaf for each statement execute function ledger_refuse_change();
create trigger ledger_node_append_only before update or delete or truncate on ledger_node for each statement execute function ledger_refuse_change();
create trigger ledger_head_append_only before update or delete or truncate on ledger_head for each statement execute function ledger_refuse_change();

-- ---------------------------------------------------------------------------------------------------------------- looks

create table ledger_look (
    look_id   bigint primary key generated always as identity,
    person_id uuid not null,
    book_id   uuid not null,
    looked_at timestamptz not null default clock_now()
);
comment on table ledger_look is 'Each look of an operator into a book that is not the own one.';
comment on column ledger_look.look_id is 'Order.';
comment on column ledger_look.person_id is 'Who looked.';
comment on column ledger_look.book_id is 'Into which book.';
comment on column ledger_look.looked_at is 'When.';
grant select, insert on ledger_look to kreislauf_app;

-- ---------------------------------------------------------------------------------------------------------------- audit

create table ledger_audit (
    audit_id   bigint primary key generated always as identity,
    from_tx    bigint not null,
    to_tx      bigint not null,
    holds      boolean not null,
    result     jsonb not null,
    audited_at timestamptz not null default clock_now()
);
create index ledger_audit_held on ledger_audit (to_tx) where holds;
comment on table ledger_audit is 'Findings of every audit. The next one goes on where the last one that held ended.';
comment on column ledger_audit.audit_id is 'Order.';
comment on column ledger_audit.from_tx is 'Entries from this transaction on were looked at.';
comment on column ledger_audit.to_tx is 'Up to this watermark.';
comment on column ledger_audit.holds is 'Whether every invariant held.';
comment on column ledger_audit.result is 'Finding by finding.';
comment on column ledger_audit.audited_at is 'When.';
grant select, insert on ledger_audit to kreislauf_app;
