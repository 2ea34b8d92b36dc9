-- The one clock of Kreislauf.

create table clock_skew (
    only_row boolean primary key default true check (only_row),
    skew     interval not null default interval '0' check (skew >= interval '0')
);
comment on table clock_skew is 'How far the clock of this database is ahead of real time: always zero but in a database that a test made.';
comment on column clock_skew.only_row is 'There is one row.';
comment on column clock_skew.skew is 'Added to real time; only ever grows.';
insert into clock_skew default values;
grant select on clock_skew to kreislauf_app;

create function clock_now() returns timestamptz
    language sql stable parallel safe
    return statement_timestamp() + (select skew from clock_skew);
comment on function clock_now() is 'The one clock: leases, deadlines, observations and postedAt use it. One value within a statement.';

create function made_by_test() returns boolean
    language sql stable
    return coalesce((select shobj_description(oid, 'pg_database') = 'made by a Kreislauf test'
                       from pg_database where datname = current_database()), false);
comment on function made_by_test() is 'Whether a test created this database; only then can its clock be moved.';

create function move_clock(ahead interval) returns timestamptz
    language plpgsql as $$
begin
    if not made_by_test() then
        raise exception 'The clock of this database cannot be moved: no test made it.';
    end if;
    update clock_skew set skew = skew + ahead;
    return clock_now();
end $$;
comment on function move_clock(interval) is 'Moves the clock of a test''s own database forward, so that tests live through months in seconds.';
revoke all on function move_clock(interval) from public;
