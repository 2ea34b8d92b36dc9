package io.kreislauf.ledger.book;

/** How the legs are found that are there now: the settled ones by index, from where the cursor stands; then the tail, out of the entries. */
final class LegSql {

    private static final String WANTED = """
            with wanted as materialized (
                select cast(? as uuid) as book_id, cast(? as text) as low, cast(? as text) as high, cast(? as text) as commodity,
                       cast(? as text[]) as events, cast(? as int) as side, cast(? as uuid) as source_id, cast(? as text[]) as accounts,
                       ledger_folded_tx() as folded%s
            )
            """;

    static final String CURSOR = """
            , cast(? as bigint) as tx, cast(? as bigint) as seq, cast(? as int) as leg_no, cast(? as int) as rows""";

    static final String ENTRY_WANTED = """
            (w.events is null or e.event = any (w.events)) and (w.source_id is null or e.source_id = w.source_id)""";

    static final String TAIL = """
                select e.tx, e.seq, cast(leg.leg_no as int) as leg_no, e.entry_id, e.event, e.effective_at, e.posted_at, e.source_kind, e.source_id,
                       leg.commodity, leg.account, leg.amount
                  from wanted w join ledger_entry e on w.book_id = any (e.books) and %s
                 cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) with ordinality as leg (book, commodity, account, amount, leg_no)
                 where e.tx >= (select folded from wanted) and e.tx < 9223372036854775807
                   and leg.book = w.book_id and (w.low = '' or leg.account = w.low or starts_with(leg.account, w.low || ':'))
                   and (w.accounts is null or leg.account = any (w.accounts))
                   and (w.commodity is null or leg.commodity = w.commodity) and (w.side = 0 or sign(leg.amount) = w.side)
            """.formatted(ENTRY_WANTED);

    private static final String USED_ACCOUNTS = """
                select s.account, s.commodity, s.amount, s.legs from wanted w join ledger_sum s on s.book_id = w.book_id
                   and s.account >= w.low collate "C" and s.account < w.high collate "C" and (w.commodity is null or s.commodity = w.commodity)
                 where (w.low = '' or s.account = w.low or starts_with(s.account, w.low || ':')) and (w.accounts is null or s.account = any (w.accounts))
            """;

    static final String LEG = """
            l.tx, l.seq, l.leg_no, l.entry_id, e.event, e.effective_at, e.posted_at, e.source_kind, e.source_id, l.commodity, l.account, l.amount""";

    /** What was found settled and in the tail, as one page. */
    static final String IN_ORDER = """
            select tx, seq, leg_no, entry_id, event, effective_at, posted_at, source_kind, source_id, commodity, account, amount
              from (select * from settled union all select * from tail) legs
             order by tx, seq, leg_no limit (select rows from wanted)
            """;

    private static final String PAGE = """
            , tail as (%s and (e.tx, e.seq, cast(leg.leg_no as int)) > (w.tx, w.seq, w.leg_no)
            )
            """.formatted(TAIL) + IN_ORDER;

    /** Account by account: each gives as many legs as the page can hold. */
    static final String PAGE_OF_ACCOUNTS = WANTED.formatted(CURSOR) + """
            , used as (%s), settled as (
                select leg.* from wanted w cross join used u cross join lateral (
                    select %s from ledger_leg l join ledger_entry e on e.entry_id = l.entry_id
                     where l.book_id = w.book_id and l.account = u.account and l.commodity = u.commodity
                       and (l.tx, l.seq, l.leg_no) > (w.tx, w.seq, w.leg_no) and (w.side = 0 or sign(l.amount) = w.side) and %s
                     order by l.tx, l.seq, l.leg_no limit w.rows) leg
            )
            """.formatted(USED_ACCOUNTS, LEG, ENTRY_WANTED) + PAGE;

    /** All accounts of a book, in order. */
    static final String PAGE_OF_BOOK = WANTED.formatted(CURSOR) + """
            , settled as (
                select leg.* from wanted w cross join lateral (
                    select %s from ledger_leg l join ledger_entry e on e.entry_id = l.entry_id
                     where l.book_id = w.book_id and (w.commodity is null or l.commodity = w.commodity)
                       and (l.tx, l.seq, l.leg_no) > (w.tx, w.seq, w.leg_no) and (w.side = 0 or sign(l.amount) = w.side)
                       and (w.accounts is null or l.account = any (w.accounts)) and %s
                     order by l.tx, l.seq, l.leg_no limit w.rows) leg
            )
            """.formatted(LEG, ENTRY_WANTED) + PAGE;

    static final String TOTAL = WANTED.formatted("") + """
            , used as (%s), settled as (
                select l.commodity, l.amount from wanted w cross join used u join ledger_leg l
                    on l.book_id = w.book_id and l.account = u.account and l.commodity = u.commodity and (w.side = 0 or sign(l.amount) = w.side)
                 where w.events is null and w.source_id is null
                    or exists (select from ledger_entry e where e.entry_id = l.entry_id and %s)
            ), tail as (%s)
            select commodity, sum(amount), count(*) from (select commodity, amount from settled union all select commodity, amount from tail) legs
             group by commodity order by commodity collate "C"
            """.formatted(USED_ACCOUNTS, ENTRY_WANTED, TAIL);

    /** Of whole accounts the sums are known. */
    static final String TOTAL_OF_ACCOUNTS = WANTED.formatted("") + """
            , used as (%s), tail as (%s)
            select commodity, sum(amount), sum(legs) from (select commodity, amount, legs from used union all select commodity, amount, 1 from tail) legs
             group by commodity order by commodity collate "C"
            """.formatted(USED_ACCOUNTS, TAIL);

    private LegSql() {}
}
