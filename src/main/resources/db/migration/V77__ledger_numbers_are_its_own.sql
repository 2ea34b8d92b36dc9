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

create or replace function ledger_import(csv_tx bigint[], csv_seq bigint[], csv_entry_id uuid[], csv_event text[], csv_effective_at timestamptz[],
                              csv_occurred_at timestamptz[], csv_posted_at timestamptz[], csv_source_kind text[], csv_source_id uuid[],
                              csv_reverses uuid[], csv_key text[], csv_body_hash text[], csv_salt text[], csv_body text[], csv_books text[],
                              csv_commodities text[], csv_accounts text[], csv_amounts text[]) returns int
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
    select i.tx, i.seq, i.entry_id, i.event, cast(i.body as jsonb), decode(i.body_hash, 'hex'), i.key, i.source_kind, i.source_id, i.effective_at,
           i.occurred_at, i.posted_at, i.reverses, decode(i.salt, 'hex'), cast(i.books as uuid[]), cast(i.commodities as text[]),
           cast(i.accounts as text[]), cast(i.amounts as bigint[])
      from unnest(csv_tx, csv_seq, csv_entry_id, csv_event, csv_effective_at, csv_occurred_at, csv_posted_at, csv_source_kind, csv_source_id,
                  csv_reverses, csv_key, csv_body_hash, csv_salt, csv_body, csv_books, csv_commodities, csv_accounts, csv_amounts)
           as i (tx, seq, entry_id, event, effective_at, occurred_at, posted_at, source_kind, source_id, reverses, key, body_hash, salt, body,
                 books, commodities, accounts, amounts)
     order by i.tx, i.seq;
    get diagnostics imported = row_count;
    perform ledger_own_numbers(false);
    -- What is written here from now on comes after what came in.
    behind := greatest((select max(tx) from ledger_entry) + 1 - cast(cast(pg_current_xact_id() as text) as bigint), 0);
    insert into ledger_era (system_identifier, tx_offset) select system_identifier, behind from pg_control_system();
    execute format('alter table ledger_entry alter column tx set default (%s + cast(cast(pg_current_xact_id() as text) as bigint))', behind);
    perform setval(pg_get_serial_sequence('ledger_entry', 'seq'), (select max(seq) + 1 from ledger_entry));
    return imported;
end $$;
