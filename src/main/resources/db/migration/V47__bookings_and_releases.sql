-- Time is booked either before a release takes the hours of its project in, or after it: never beside it.

create function book_before_or_after_release() returns trigger language plpgsql as $$
begin
    if new.project_id is not null then
        perform pg_advisory_xact_lock_shared(hashtextextended(cast(new.project_id as text), 12));
        new.booked_at := clock_now();
    end if;
    return new;
end $$;
comment on function book_before_or_after_release() is
    'A booking holds this lock until it is committed, and a release holds it alone: so what was booked until hours_taken.taken_at is in the release.';
create trigger before_or_after_release before insert on worked_interval
    for each row execute function book_before_or_after_release();
