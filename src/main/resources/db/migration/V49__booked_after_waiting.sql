-- A booking that waited for a release is booked after it, though its statement began before.

create or replace function book_before_or_after_release() returns trigger language plpgsql as $$
begin
    if new.project_id is not null then
        perform pg_advisory_xact_lock_shared(hashtextextended(cast(new.project_id as text), 12));
        -- Not clock_now(), which is the beginning of the statement that waited.
        new.booked_at := ledger_posted_now();
    end if;
    return new;
end $$;
