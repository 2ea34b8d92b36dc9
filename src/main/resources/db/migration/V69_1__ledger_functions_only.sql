-- What is derived from entries, and what decides where an entry may go, is written by the ledger's own functions only: a plain statement of anyone,
-- the owner too, is refused. These functions do their work inside a trigger, so that being inside one is what tells them from a plain statement;
-- there is no setting that anybody could make instead.

create function ledger_refuse_derived() returns trigger language plpgsql as $$
begin
    raise exception 'Only the ledger''s own functions write %: % is refused.', tg_table_name, lower(tg_op)
        using errcode = 'KL001', hint = 'LEDGER_ONLY';
end $$;
comment on function ledger_refuse_derived is 'Refuses a plain statement on what only the ledger''s own functions write.';

-- The condition is asked once a statement, and of entries that move CASH or ESCROW only.
create trigger ledger_guard_ledger_only before insert or update or delete or truncate on ledger_guard
    for each statement when (pg_trigger_depth() = 0) execute function ledger_refuse_derived();
create trigger ledger_leg_ledger_only before insert or update or delete or truncate on ledger_leg
    for each statement when (pg_trigger_depth() = 0) execute function ledger_refuse_derived();
create trigger ledger_day_ledger_only before insert or update or delete or truncate on ledger_day
    for each statement when (pg_trigger_depth() = 0) execute function ledger_refuse_derived();
create trigger ledger_sum_ledger_only before insert or update or delete or truncate on ledger_sum
    for each statement when (pg_trigger_depth() = 0) execute function ledger_refuse_derived();
create trigger ledger_fold_ledger_only before insert or update or delete or truncate on ledger_fold
    for each statement when (pg_trigger_depth() = 0) execute function ledger_refuse_derived();
create trigger ledger_firm_candidate_ledger_only before insert or update or delete or truncate on ledger_firm_candidate
    for each statement when (pg_trigger_depth() = 0) execute function ledger_refuse_derived();
-- Opening a book is a plain insert; closing a period, and whose kind it is, is not.
create trigger ledger_book_ledger_only before update or delete or truncate on ledger_book
    for each statement when (pg_trigger_depth() = 0) execute function ledger_refuse_derived();
create trigger ledger_closing_ledger_only before insert on ledger_closing
    for each statement when (pg_trigger_depth() = 0) execute function ledger_refuse_derived();

create trigger ledger_era_append_only before update or delete or truncate on ledger_era
    for each statement execute function ledger_refuse_change();
create trigger ledger_look_append_only before update or delete or truncate on ledger_look
    for each statement execute function ledger_refuse_change();
create trigger ledger_audit_append_only before update or delete or truncate on ledger_audit
    for each statement execute function ledger_refuse_change();

create function ledger_refuse_era() returns trigger language plpgsql as $$
begin
    if exists (select from public.ledger_fold) then
        raise exception 'Only the ledger''s own functions begin an era of a ledger that has entries.' using errcode = 'KL001', hint = 'LEDGER_ONLY';
    end if;
    return null;
end $$;
comment on function ledger_refuse_era is 'Refuses an era by a plain statement, but for an import, which is into a ledger that has no entries.';
create trigger ledger_era_ledger_only before insert on ledger_era
    for each statement when (pg_trigger_depth() = 0) execute function ledger_refuse_era();

-- ------------------------------------------------------------------------------------------------ the functions, inside a trigger

alter function ledger_fold_settled(int) rename to ledger_fold_settled_inside;
alter function ledger_fold_guards(int) rename to ledger_fold_guards_inside;
alter function ledger_begin_era() rename to ledger_begin_era_inside;
alter function ledger_close_period(uuid, date) rename to ledger_close_period_inside;
revoke all on function ledger_fold_settled_inside(int), ledger_fold_guards_inside(int), ledger_begin_era_inside(), ledger_close_period_inside(uuid, date)
    from public, kreislauf_app;

create view ledger_errand as
select cast(null as text) as errand, cast(null as int) as number, cast(null as uuid) as book_id, cast(null as date) as through, cast(null as int) as done
 where false;
comment on view ledger_errand is 'Always empty. What is inserted is done, by a trigger.';
comment on column ledger_errand.errand is 'fold, guards, era or close.';
comment on column ledger_errand.number is 'How many entries or rows, for the foldings.';
comment on column ledger_errand.book_id is 'Whose period is closed.';
comment on column ledger_errand.through is 'Through which day.';
comment on column ledger_errand.done is 'What the function returned.';

create function ledger_run_errand() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    case new.errand
        when 'fold' then new.done := ledger_fold_settled_inside(new.number);
        when 'guards' then new.done := ledger_fold_guards_inside(new.number);
        when 'era' then new.done := cast(ledger_begin_era_inside() as int);
        when 'close' then perform ledger_close_period_inside(new.book_id, new.through);
    end case;
    return new;
end $$;
comment on function ledger_run_errand is 'Does what is to be done inside a trigger.';
create trigger ledger_errand_run instead of insert on ledger_errand for each row execute function ledger_run_errand();

create function ledger_fold_settled(entries_max int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    folded int;
begin
    insert into ledger_errand (errand, number) values ('fold', entries_max) returning done into folded;
    return folded;
end $$;
comment on function ledger_fold_settled is 'Moves the watermark over at most about so many settled entries; returns how many. One at a time.';

create function ledger_fold_guards(rows_min int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    folded int;
begin
    insert into ledger_errand (errand, number) values ('guards', rows_min) returning done into folded;
    return folded;
end $$;
comment on function ledger_fold_guards is 'Sums up the movements of guarded accounts that have at least so many rows; returns how many accounts.';

create function ledger_begin_era() returns boolean
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    begun int;
begin
    insert into ledger_errand (errand) values ('era') returning done into begun;
    return begun = 1;
end $$;
comment on function ledger_begin_era is 'To be called when the application starts: in a restored cluster it lifts new transaction ids above all old ones.';

create function ledger_close_period(book uuid, through date) returns void
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    insert into ledger_errand (errand, book_id, through) values ('close', book, through);
end $$;
comment on function ledger_close_period is 'Closes a book through a UTC day that is over.';

grant execute on function ledger_fold_settled(int), ledger_fold_guards(int), ledger_begin_era(), ledger_close_period(uuid, date) to kreislauf_app;
