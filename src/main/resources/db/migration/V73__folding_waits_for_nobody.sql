-- Summing up the movements of a guarded account waits for nobody who is just lowering it: its turn comes again, and whoever folds would
-- otherwise stand still with all other accounts that it has locked.
create or replace function ledger_fold_guards_inside(rows_min int) returns int
    language plpgsql security definer set search_path = public, pg_temp as $$
declare
    many   record;
    folded int := 0;
begin
    for many in
        select book_id, account, commodity from ledger_guard group by 1, 2, 3 having count(*) >= rows_min order by 1, 2, 3 limit 50
    loop
        continue when not ledger_guard_try_lock(many.book_id, many.account, many.commodity);
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

create function ledger_guard_try_lock(book uuid, account text, commodity text) returns boolean
    language sql
    return pg_try_advisory_xact_lock(hashtextextended(book::text || account || commodity, 20));
comment on function ledger_guard_try_lock is 'Like ledger_guard_lock, but false at once where somebody else has it.';
