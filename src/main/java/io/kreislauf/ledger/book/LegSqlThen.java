package io.kreislauf.ledger.book;

/**
 * How the legs are found that were there as of an instant of either clock. The days of {@code ledger_day} tell between which transactions the wanted legs lie that
 * were posted on one day: what was written before, after and between is not read, and of these stretches a page reads those that it can reach. Within a stretch the
 * legs of other effective days are read past.
 */
final class LegSqlThen {

    private static final String WANTED = """
            with wanted as materialized (
                select asked.*, ledger_folded_tx() as folded,
                       coalesce((effective_at at time zone 'UTC')::date, 'infinity') as effective_day,
                       coalesce((posted_at at time zone 'UTC')::date, 'infinity') as posted_day,
                       coalesce(((effective_at + interval '1 microsecond') at time zone 'UTC')::date, 'infinity') as effective_cut,
                       coalesce(((posted_at + interval '1 microsecond') at time zone 'UTC')::date, 'infinity') as posted_cut
                  from (select cast(? as uuid) as book_id, cast(? as text) as low, cast(? as text) as high, cast(? as text) as commodity,
                               cast(? as text[]) as events, cast(? as int) as side, cast(? as uuid) as source_id, cast(? as text[]) as accounts,
                               cast(? as timestamptz) as effective_at, cast(? as timestamptz) as posted_at%s) asked
            ), days as materialized (
                select d.account, d.commodity, d.posted_day, d.amount, d.legs, d.first_tx, d.last_tx,
                       d.effective_day = w.effective_cut or d.posted_day = w.posted_cut as cut
                  from wanted w join ledger_day d on d.book_id = w.book_id
                   and d.account >= w.low collate "C" and d.account < w.high collate "C" and (w.commodity is null or d.commodity = w.commodity)
                   and d.effective_day <= w.effective_day and d.posted_day <= w.posted_day
                 where (w.low = '' or d.account = w.low or starts_with(d.account, w.low || ':')) and (w.accounts is null or d.account = any (w.accounts))
            ), used as materialized (
                select account, commodity, posted_day, min(first_tx) as first_tx, max(last_tx) as last_tx, sum(legs) filter (where not cut) as legs
                  from days group by 1, 2, 3
            )
            """;

    /**
     * Of the stretches those that are not over at the cursor and begin before the page is full. How many legs of a stretch are on the page is known only if the days are
     * whole and nothing else is asked of the legs.
     */
    private static final String REACHED = """
            , full_at as materialized (
                select last_tx from (
                    select s.last_tx, sum(s.legs) over (order by s.last_tx, s.posted_day) as so_far, w.rows
                      from wanted w join stretch s on s.first_tx > w.tx where w.events is null and w.source_id is null and w.side = 0) legs
                 where so_far >= rows order by last_tx limit 1
            ), reached as materialized (
                select s.* from wanted w join stretch s on s.last_tx >= w.tx and s.first_tx <= coalesce((select last_tx from full_at), 9223372036854775807)
            )
            """;

    /** As a range, by which nothing can be joined: the way is by the stretch. */
    private static final String POSTED_THEN = """
            l.posted_at >= u.posted_day::timestamp at time zone 'UTC' and l.posted_at < (u.posted_day + 1)::timestamp at time zone 'UTC'""";

    private static final String LEG_WANTED = """
            (w.effective_at is null or l.effective_at <= w.effective_at) and (w.posted_at is null or l.posted_at <= w.posted_at)
                       and (w.side = 0 or sign(l.amount) = w.side)""";

    private static final String TAIL = LegSql.TAIL
            + "       and (w.effective_at is null or e.effective_at <= w.effective_at) and (w.posted_at is null or e.posted_at <= w.posted_at)\n";

    private static final String PAGE = """
            , tail as (%s and (e.tx, e.seq, cast(leg.leg_no as int)) > (w.tx, w.seq, w.leg_no)
            )
            """.formatted(TAIL) + LegSql.IN_ORDER;

    /** Where the cursor stands, or before the first transaction that has a wanted leg: one bound, so that reading begins there. */
    private static final String BEHIND_CURSOR = """
            greatest(w.tx, u.first_tx), case when w.tx < u.first_tx then 0 else w.seq end, case when w.tx < u.first_tx then 0 else w.leg_no end""";

    /** Account by account: each stretch gives as many legs as the page can hold. The bounds are of the whole key, so that no other index will do. */
    static final String PAGE_OF_ACCOUNTS = WANTED.formatted(LegSql.CURSOR) + """
            , stretch as materialized (select * from used)
            """ + REACHED + """
            , settled as (
                select leg.* from wanted w cross join reached u cross join lateral (
                    select %s from ledger_leg l join ledger_entry e on e.entry_id = l.entry_id
                     where l.book_id = w.book_id and (l.account, l.commodity, l.tx, l.seq, l.leg_no) > (u.account, u.commodity, %s)
                       and (l.account, l.commodity, l.tx) <= (u.account, u.commodity, u.last_tx)
                       and %s and %s and %s
                     order by l.account, l.commodity, l.tx, l.seq, l.leg_no limit w.rows) leg
            )
            """.formatted(LegSql.LEG, BEHIND_CURSOR, POSTED_THEN, LEG_WANTED, LegSql.ENTRY_WANTED) + PAGE;

    /** All accounts of a book, in order. */
    static final String PAGE_OF_BOOK = WANTED.formatted(LegSql.CURSOR) + """
            , stretch as materialized (select posted_day, min(first_tx) as first_tx, max(last_tx) as last_tx, sum(legs) as legs from used group by posted_day)
            """ + REACHED + """
            , settled as (
                select leg.* from wanted w cross join reached u cross join lateral (
                    select %s from ledger_leg l join ledger_entry e on e.entry_id = l.entry_id
                     where l.book_id = w.book_id and (w.commodity is null or l.commodity = w.commodity)
                       and (l.tx, l.seq, l.leg_no) > (%s) and l.tx <= u.last_tx
                       and (w.accounts is null or l.account = any (w.accounts)) and %s and %s and %s
                     order by l.tx, l.seq, l.leg_no limit w.rows) leg
            )
            """.formatted(LegSql.LEG, BEHIND_CURSOR, POSTED_THEN, LEG_WANTED, LegSql.ENTRY_WANTED) + PAGE;

    static final String TOTAL = WANTED.formatted("") + """
            , settled as (
                select l.commodity, l.amount from wanted w cross join used u join ledger_leg l
                    on l.book_id = w.book_id and (l.account, l.commodity, l.tx) >= (u.account, u.commodity, u.first_tx)
                   and (l.account, l.commodity, l.tx) <= (u.account, u.commodity, u.last_tx) and %s and %s
                 where w.events is null and w.source_id is null
                    or exists (select from ledger_entry e where e.entry_id = l.entry_id and %s)
            ), tail as (%s)
            select commodity, sum(amount), count(*) from (select commodity, amount from settled union all select commodity, amount from tail) legs
             group by commodity order by commodity collate "C"
            """.formatted(POSTED_THEN, LEG_WANTED, LegSql.ENTRY_WANTED, TAIL);

    /** Of days that are over at the asked instants the sums are known; of those that the question cuts the legs are read. */
    static final String TOTAL_OF_ACCOUNTS = WANTED.formatted("") + """
            , cut_days as materialized (
                select account, commodity, posted_day, min(first_tx) as first_tx, max(last_tx) as last_tx from days where cut group by 1, 2, 3
            ), cut as (
                select l.commodity, l.amount
                  from wanted w cross join cut_days c cross join lateral (
                       select l.commodity, l.amount, l.effective_at, l.posted_at from ledger_leg l
                        where l.book_id = w.book_id and l.account = c.account and l.commodity = c.commodity
                          and l.tx >= c.first_tx and l.tx <= c.last_tx) l
                 where l.posted_at >= c.posted_day::timestamp at time zone 'UTC' and l.posted_at < (c.posted_day + 1)::timestamp at time zone 'UTC'
                   and (c.posted_day = w.posted_cut or l.effective_at >= w.effective_cut::timestamp at time zone 'UTC')
                   and (w.effective_at is null or l.effective_at <= w.effective_at) and (w.posted_at is null or l.posted_at <= w.posted_at)
            ), tail as (%s)
            select commodity, sum(amount), sum(legs)
              from (select commodity, amount, legs from days where not cut union all select commodity, amount, 1 from cut
                    union all select commodity, amount, 1 from tail) legs
             group by commodity order by commodity collate "C"
            """.formatted(TAIL);

    private LegSqlThen() {}
}
