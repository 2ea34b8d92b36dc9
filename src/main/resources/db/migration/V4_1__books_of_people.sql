-- Everybody who can appear in an entry has a book from the first moment: no path that adds them can forget it.

create function open_ledger_book() returns trigger
    language plpgsql security definer set search_path = public, pg_temp as $$
begin
    if tg_table_name = 'organisation' then
        insert into ledger_book (book_id, kind)
        values (new.organisation_id, case new.kind when 'operator' then 'operator' else 'organisation' end) on conflict do nothing;
    else
        insert into ledger_book (book_id, kind) values (new.person_id, 'person') on conflict do nothing;
    end if;
    return null;
end $$;
comment on function open_ledger_book is 'Opens the book of a new organisation or person; the book stays when the person''s row goes.';
create trigger organisation_opens_book after insert on organisation for each row execute function open_ledger_book();
create trigger person_opens_book after insert on person for each row execute function open_ledger_book();
