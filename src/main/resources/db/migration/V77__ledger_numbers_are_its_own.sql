-- The owner of the tables too inserts an entry only as the application does: its transaction, its place in it, its id, when it was posted and its salt are the
-- database's own, so that a plain statement of nobody can put one into the past or the future of the order in which entries are settled and sealed.

create function ledger_own_numbers(given boolean) returns void
    language plpgsql as $$
begin
    -- Without the privilege on the table nothing is left of that on its columns.
    if given then
        execute format('grant insert on ledger_entry to %I', current_user);
    else
        execute format('revoke insert on ledger_entry from %I', current_user);
        execute format('grant insert (event, body, body_hash, idempotency_key, source_kind, source_id, effective_at, occurred_at, reverses, '
                       'books, commodities, accounts, amounts) on ledger_entry to %I', current_user);
    end if;
end $$;
comment on function ledger_own_numbers is 'Gives the owner the right to insert entries with all their columns, or takes it: an import has it for its own transaction.';
revoke all on function ledger_own_numbers(boolean) from public;
select ledger_own_numbers(false);

-- An import is written down row by row and taken in by one statement at its end: whoever reads the file holds none of it in memory, and in the order of
-- transactions an account may be short for a moment, which only the whole can say.

create table incoming_entry (
    tx              bigint not null,
    seq             bigint not null,
    entry_id        uuid not null,
    event           text not null,
    effective_at    timestamptz not null,
    occurred_at     timestamptz not null,
    posted_at       timestamptz not null,
    source_kind     text not null,
    source_id       uuid not null,
    reverses        uuid,
    idempotency_key text not null,
    body_hash       text not null,
    salt            text not null,
    body            text not null,
    books           text not null,
    commodities     text not null,
    accounts        text not null,
    amounts         text not null
);
comment on table incoming_entry is 'Entries of an import that is under way, in its own transaction; empty otherwise.';
comment on column incoming_entry.tx is 'As it was exported.';
comment on column incoming_entry.seq is 'As it was exported.';
comment on column incoming_entry.entry_id is 'As it was exported.';
comment on column incoming_entry.event is 'As it was exported.';
comment on column incoming_entry.effective_at is 'As it was exported.';
comment on column incoming_entry.occurred_at is 'As it was exported.';
comment on column incoming_entry.posted_at is 'As it was exported.';
comment on column incoming_entry.source_kind is 'As it was exported.';
comment on column incoming_entry.source_id is 'As it was exported.';
comment on column incoming_entry.reverses is 'As it was exported.';
comment on column incoming_entry.idempotency_key is 'As it was exported.';
comment on column incoming_entry.body_hash is 'As it was exported, in hex.';
comment on column incoming_entry.salt is 'As it was exported, in hex.';
comment on column incoming_entry.body is 'As it was exported, JSON.';
comment on column incoming_entry.books is 'Of each leg, as an array in text.';
comment on column incoming_entry.commodities is 'Of each leg, as an array in text.';
comment on column incoming_entry.accounts is 'Of each leg, as an array in text.';
comment on column incoming_entry.amounts is 'Of each leg, as an array in text.';
grant insert on incoming_entry to kreislauf_app;

create function ledger_import_begin() returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    for again in 1..2 loop
        if exists (select from ledger_leaf) or exists (select from ledger_entry) then
            raise exception 'This ledger has entries: only an empty one takes an import.' using errcode = 'KL001', hint = 'APPEND_ONLY';
        end if;
        -- Not waited for by whoever posts into a ledger that takes no import anyway.
        lock table ledger_entry in access exclusive mode;
    end loop;
    truncate incoming_entry;
end $$;
comment on function ledger_import_begin is 'To be called first: refuses a ledger that has entries, and keeps others from it until the transaction ends.';
revoke all on function ledger_import_begin from public;
grant execute on function ledger_import_begin to kreislauf_app;

drop function ledger_import(bigint[], bigint[], uuid[], text[], timestamptz[], timestamptz[], timestamptz[], text[], uuid[], uuid[], text[], text[], text[],
                            text[], text[], text[], text[], text[]);
create function ledger_import() returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    imported int;
    behind   bigint;
begin
    lock table ledger_entry in access exclusive mode;
    if exists (select from ledger_leaf) or exists (select from ledger_entry) then
        raise exception 'This ledger has entries: only an empty one takes an import.' using errcode = 'KL001', hint = 'APPEND_ONLY';
    end if;
    perform ledger_own_numbers(true);
    insert into ledger_entry (tx, seq, entry_id, event, body, body_hash, idempotency_key, source_kind, source_id, effective_at, occurred_at,
                              posted_at, reverses, salt, books, commodities, accounts, amounts)
    overriding system value
    select i.tx, i.seq, i.entry_id, i.event, cast(i.body as jsonb), decode(i.body_hash, 'hex'), i.idempotency_key, i.source_kind, i.source_id, i.effective_at,
           i.occurred_at, i.posted_at, i.reverses, decode(i.salt, 'hex'), cast(i.books as uuid[]), cast(i.commodities as text[]),
           cast(i.accounts as text[]), cast(i.amounts as bigint[])
      from incoming_entry i order by i.tx, i.seq;
    get diagnostics imported = row_count;
    perform ledger_own_numbers(false);
    truncate incoming_entry;
    if imported = 0 then
        return 0;
    end if;
    -- What is written here from now on comes after what came in.
    behind := greatest((select max(tx) from ledger_entry) + 1 - cast(cast(pg_current_xact_id() as text) as bigint), 0);
    insert into ledger_era (system_identifier, tx_offset) select system_identifier, behind from pg_control_system();
    execute format('alter table ledger_entry alter column tx set default (%s + cast(cast(pg_current_xact_id() as text) as bigint))', behind);
    perform setval(pg_get_serial_sequence('ledger_entry', 'seq'), (select max(seq) + 1 from ledger_entry));
    return imported;
end $$;
comment on function ledger_import is 'Takes in what is in incoming_entry, all in one statement, into a ledger that has none.';
revoke all on function ledger_import from public;
grant execute on function ledger_import to kreislauf_app;
