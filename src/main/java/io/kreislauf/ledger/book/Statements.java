package io.kreislauf.ledger.book;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** Legs in the order in which they were written, and entries whole. */
@ApplicationScoped
public class Statements {

    /** An entry as booked. {@code reversedBy} is the entry that took it back, if any. */
    public record BookedEntry(UUID entryId, String event, String body, Instant effectiveAt, Instant occurredAt, Instant postedAt, Source source,
                              UUID reverses, UUID reversedBy, List<Leg> legs) {}

    /**
     * One leg of a statement.
     *
     * @param cursor what to pass as {@code after} to go on behind this leg
     */
    public record Line(String cursor, UUID entryId, String event, Instant effectiveAt, Instant postedAt, Source source, Commodity commodity,
                       Account account, long amount) {}

    /** The sum of all legs of a query in one commodity, and how many they are. */
    public record Total(Commodity commodity, long sum, long count) {}

    private static final String ENTRY = """
            select e.entry_id, e.event, cast(e.body as text), e.effective_at, e.occurred_at, e.posted_at, e.source_kind, e.source_id, e.reverses,
                   (select r.entry_id from ledger_entry r where r.reverses = e.entry_id), e.books, e.commodities, e.accounts, e.amounts
              from ledger_entry e
            """;

    private final DataSource dataSource;

    public Statements(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public Optional<BookedEntry> entry(UUID entryId) {
        return entries(ENTRY + " where e.entry_id = ?", entryId).stream().findFirst();
    }

    /** Every entry that came from a source: a submission, licence, training run ... in the order in which they were written. */
    public List<BookedEntry> bySource(UUID sourceId) {
        return entries(ENTRY + " where e.source_id = ? order by e.tx, e.seq", sourceId);
    }

    /** The legs of a book under an account prefix of whole words (empty: all accounts), see {@link #page(LegQuery, String, int)}. */
    public List<Line> page(Book book, Commodity commodity, String account, String after, int limit) {
        return page(new LegQuery(book, commodity, account, Set.of(), null, null), after, limit);
    }

    /** @param after the cursor of the last leg that was read, or null */
    public List<Line> page(LegQuery query, String after, int limit) {
        var cursor = Cursor.of(after);
        var sql = query.asOf().isNow() ? query.account().isEmpty() ? LegSql.PAGE_OF_BOOK : LegSql.PAGE_OF_ACCOUNTS
                : query.account().isEmpty() ? LegSqlThen.PAGE_OF_BOOK : LegSqlThen.PAGE_OF_ACCOUNTS;
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(sql)) {
            var at = bind(connection, select, query);
            select.setLong(at, cursor.tx());
            select.setLong(at + 1, cursor.seq());
            select.setInt(at + 2, cursor.legNo());
            select.setInt(at + 3, limit);
            var lines = new ArrayList<Line>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    lines.add(new Line(row.getLong(1) + "." + row.getLong(2) + "." + row.getInt(3), row.getObject(4, UUID.class),
                            row.getString(5), instant(row, 6), instant(row, 7), new Source(row.getString(8), row.getObject(9, UUID.class)),
                            new Commodity(row.getString(10)), new Account(row.getString(11)), row.getLong(12)));
                }
            }
            return lines;
        } catch (SQLException failure) {
            throw Refused.by(failure);
        }
    }

    /** Over all pages, by commodity: substances are never added up. */
    public List<Total> totals(LegQuery query) {
        var whole = query.events().isEmpty() && query.source() == null && query.side() == null;
        var sql = query.asOf().isNow() ? whole ? LegSql.TOTAL_OF_ACCOUNTS : LegSql.TOTAL : whole ? LegSqlThen.TOTAL_OF_ACCOUNTS : LegSqlThen.TOTAL;
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(sql)) {
            bind(connection, select, query);
            var totals = new ArrayList<Total>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    totals.add(new Total(new Commodity(row.getString(1)), row.getBigDecimal(2).longValueExact(), row.getLong(3)));
                }
            }
            return totals;
        } catch (SQLException failure) {
            throw Refused.by(failure);
        }
    }

    /** Returns the number of the first parameter that is left. */
    private static int bind(Connection connection, PreparedStatement select, LegQuery query) throws SQLException {
        select.setObject(1, query.book().id());
        select.setString(2, query.account());
        select.setString(3, query.account() + "~");
        select.setString(4, query.commodity() == null ? null : query.commodity().text());
        select.setArray(5, query.events().isEmpty() ? null : connection.createArrayOf("text", query.events().toArray()));
        select.setInt(6, query.side() == null ? 0 : query.side() == LegQuery.Side.DEBIT ? 1 : -1);
        select.setObject(7, query.source());
        select.setArray(8, query.accounts() == null ? null : connection.createArrayOf("text", query.accounts().toArray()));
        if (query.asOf().isNow()) {
            return 9;
        }
        select.setObject(9, Instants.utc(query.asOf().effectiveAt()));
        select.setObject(10, Instants.utc(query.asOf().postedAt()));
        return 11;
    }

    private List<BookedEntry> entries(String sql, UUID id) {
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(sql)) {
            select.setObject(1, id);
            try (var row = select.executeQuery()) {
                var entries = new ArrayList<BookedEntry>();
                while (row.next()) {
                    entries.add(new BookedEntry(row.getObject(1, UUID.class), row.getString(2), row.getString(3), instant(row, 4), instant(row, 5),
                            instant(row, 6), new Source(row.getString(7), row.getObject(8, UUID.class)), row.getObject(9, UUID.class),
                            row.getObject(10, UUID.class), EntryRows.legs(row, 11)));
                }
                return entries;
            }
        } catch (SQLException failure) {
            throw Refused.by(failure);
        }
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private record Cursor(long tx, long seq, int legNo) {
        static Cursor of(String text) {
            if (text == null || text.isEmpty()) {
                return new Cursor(0, 0, 0);
            }
            try {
                var parts = text.split("\\.");
                return new Cursor(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Integer.parseInt(parts[2]));
            } catch (RuntimeException malformed) {
                throw Refusal.invalid("after", "'" + text + "' is no cursor of a statement.", "Pass the next of the page before, as it is.");
            }
        }
    }
}
