package io.kreislauf.circuit;

import io.kreislauf.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Reads legs from the settled projection and the tail of entries behind it, in one statement each. */
@ApplicationScoped
class LegRows {

    record Sum(long amount, long legs) {}

    record Line(String cursor, UUID entryId, String event, Instant effectiveAt, String account, long amount) {}

    /** An account stands for itself or, with its last {@code *} cut off, for the range of all that begin with it. */
    private static final String WANTED = """
            with wanted as materialized (
                select case when name like '%:*' then left(name, -1) else name end as low,
                       case when name like '%:*' then left(name, -1) || '~' else name || ' ' end as high
                  from unnest(cast(? as text[])) as name
            ), asked as materialized (
                select cast(? as uuid) as book_id, cast(? as text) as commodity, cast(? as text) as side, cast(? as text[]) as events,
                       cast(? as text[]) as not_events, cast(? as uuid) as source, cast(? as text) as touching, ledger_folded_tx() as folded
            ), touched as materialized (
                select touching, case when touching like '%:*' then left(touching, -1) else touching end as low, touching like '%:*' as under from asked
            ),
            """;
    private static final String BY_SOURCE = """
            found as (
                select e.tx, e.seq, cast(leg.leg_no as int) as leg_no, e.entry_id, leg.account, leg.amount
                  from asked a join ledger_entry e on e.source_id = a.source
                 cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) with ordinality as leg (book, commodity, account, amount, leg_no)
                  join wanted w on leg.account >= w.low collate "C" and leg.account < w.high collate "C"
                 where leg.book = a.book_id and leg.commodity = a.commodity
            ),
            """;
    private static final String BY_BOOK = """
            found as (
                select l.tx, l.seq, l.leg_no, l.entry_id, l.account, l.amount
                  from asked a cross join wanted w
                  join ledger_leg l on l.book_id = a.book_id and l.account >= w.low collate "C" and l.account < w.high collate "C" and l.commodity = a.commodity
                union all
                select e.tx, e.seq, cast(leg.leg_no as int), e.entry_id, leg.account, leg.amount
                  from asked a join ledger_entry e on e.tx >= a.folded and a.book_id = any (e.books)
                 cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) with ordinality as leg (book, commodity, account, amount, leg_no)
                  join wanted w on leg.account >= w.low collate "C" and leg.account < w.high collate "C"
                 where leg.book = a.book_id and leg.commodity = a.commodity
            ),
            """;
    private static final String LEGS = """
            legs as (
                select distinct f.tx, f.seq, f.leg_no, f.entry_id, e.event, e.effective_at, f.account, f.amount
                  from asked a cross join touched t cross join found f join ledger_entry e on e.entry_id = f.entry_id
                 where (a.side is null or (a.side = 'debit') = (f.amount > 0))
                   and (cardinality(a.events) = 0 or e.event = any (a.events)) and e.event <> all (a.not_events)
                   and (t.touching is null or exists (select from unnest(e.accounts) as x (account)
                                                       where case when t.under then starts_with(x.account, t.low) else x.account = t.low end))
            )
            """;
    private static final String SUM = "select coalesce(sum(amount), 0), count(*) from legs";
    private static final String SUM_BY_ACCOUNT = "select account, sum(amount) from legs group by account having sum(amount) <> 0 order by account collate \"C\"";
    private static final String PAGE = """
            select tx, seq, leg_no, entry_id, event, effective_at, account, amount from legs
             where (tx, seq, leg_no) > (?, ?, ?) order by tx, seq, leg_no limit ?
            """;

    private final DataSource dataSource;

    LegRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    Sum sum(LegQuery query) {
        try (Connection connection = dataSource.getConnection(); var select = prepared(connection, query, SUM); var row = select.executeQuery()) {
            row.next();
            return new Sum(row.getBigDecimal(1).longValueExact(), row.getLong(2));
        } catch (SQLException failure) {
            throw new IllegalStateException("Legs could not be summed up.", failure);
        }
    }

    /** Sums of the accounts that the query finds, without those that come to nothing. */
    Map<String, Long> byAccount(LegQuery query) {
        try (Connection connection = dataSource.getConnection(); var select = prepared(connection, query, SUM_BY_ACCOUNT); var row = select.executeQuery()) {
            Map<String, Long> sums = new LinkedHashMap<>();
            while (row.next()) {
                sums.put(row.getString(1), row.getBigDecimal(2).longValueExact());
            }
            return sums;
        } catch (SQLException failure) {
            throw new IllegalStateException("Legs could not be summed up by account.", failure);
        }
    }

    /** @param after the cursor of the last line that was read, or null */
    List<Line> page(LegQuery query, String after, int rows) {
        long[] from = cursor(after);
        try (Connection connection = dataSource.getConnection(); var select = prepared(connection, query, PAGE)) {
            select.setLong(9, from[0]);
            select.setLong(10, from[1]);
            select.setInt(11, (int) from[2]);
            select.setInt(12, rows);
            List<Line> lines = new ArrayList<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    lines.add(new Line(row.getLong(1) + "." + row.getLong(2) + "." + row.getInt(3), row.getObject(4, UUID.class), row.getString(5),
                            row.getObject(6, OffsetDateTime.class).toInstant(), row.getString(7), row.getLong(8)));
                }
            }
            return lines;
        } catch (SQLException failure) {
            throw new IllegalStateException("Legs could not be read.", failure);
        }
    }

    private static PreparedStatement prepared(Connection connection, LegQuery query, String end) throws SQLException {
        PreparedStatement select = connection.prepareStatement(WANTED + (query.source() == null ? BY_BOOK : BY_SOURCE) + LEGS + end);
        select.setArray(1, connection.createArrayOf("text", query.accounts().toArray()));
        select.setObject(2, query.book());
        select.setString(3, query.commodity().text());
        select.setString(4, query.side());
        select.setArray(5, connection.createArrayOf("text", query.events().toArray()));
        select.setArray(6, connection.createArrayOf("text", query.notEvents().toArray()));
        select.setObject(7, query.source());
        select.setString(8, query.touching());
        return select;
    }

    private static long[] cursor(String after) {
        try {
            String[] parts = after == null || after.isEmpty() ? new String[] {"0", "0", "0"} : after.split("\\.");
            return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2])};
        } catch (RuntimeException malformed) {
            throw Refusal.invalid("after", "'" + after + "' is no cursor of legs.", "Pass the next of the page before, as it is.");
        }
    }
}
