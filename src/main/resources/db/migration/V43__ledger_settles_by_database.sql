-- A transaction of another database in the same cluster writes no entries here: it no longer holds up folding and sealing.

create or replace function ledger_settled_tx() returns bigint
    language plpgsql volatile as $$
declare
    oldest bigint;
begin
    -- Who runs which transaction is asked after it has begun: a transaction stays with its session, and a session with its database.
    perform pg_stat_clear_snapshot();
    select coalesce(min(cast(cast(running.tx as text) as bigint)), cast(cast(pg_snapshot_xmax(pg_current_snapshot()) as text) as bigint)) into oldest
      from pg_snapshot_xip(pg_current_snapshot()) as running (tx)
     where not exists (select from pg_stat_activity a where a.backend_xid = xid(running.tx) and a.datname <> current_database());
    return oldest + (select tx_offset from ledger_era order by era desc limit 1);
end $$;
comment on function ledger_settled_tx is 'Below it no entry can still appear: the oldest running transaction that is not known to be one of another database.';

-- What is sorted in memory is not written twice.
alter function ledger_project set work_mem = '64MB';

-- The clock of an entry is the system's own, without a look at a table that is never but in a test other than zero.
do $$
begin
    execute format('alter table ledger_entry alter column posted_at set default clock_timestamp()%s',
                   (select case when skew = interval '0' then '' else format(' + interval %L', skew) end from clock_skew));
end $$;

create or replace function move_clock(ahead interval) returns timestamptz
    language plpgsql as $$
begin
    if not made_by_test() then
        raise exception 'The clock of this database cannot be moved: no test made it.';
    end if;
    update clock_skew set skew = skew + ahead;
    execute format('alter table ledger_entry alter column posted_at set default clock_timestamp() + interval %L', (select skew from clock_skew));
    return clock_now();
end $$;
