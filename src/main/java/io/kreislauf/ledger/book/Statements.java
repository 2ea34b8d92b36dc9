package io.kreislauf.ledger.book;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.Source;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

/** Legs in the order in which they were written, and entries whole. */
@ApplicationScoped
public class Statements {

    /** An entry as booked. */
    public record BookedEntry(UUID entryId, String event, String body, Instant effectiveAt, Instant occurredAt, Instant postedAt, Source source,
                              UUID reverses, List<Leg> legs) {}

    /**
     * One leg of a statement.
     *
     * @param cursor what to pass as {@code after} to go on behind this leg
     */
    public record Line(String cursor, UUID entryId, String event, Instant effectiveAt, Instant postedAt, Source source, Commodity commodity,
                       Account account, long amount) {}

    private static final String ENTRY = """
            select entry_id, event, cast(body as text), effective_at, occurred_at, posted_at, source_kind, source_id, reverses,
                   books, commodities, accounts, amounts
              from ledger_entry
            """;

    /** Settled legs account by account, each read from where the cursor stands; then the tail. */
    private static final String LINES = """
            with wanted as materialized (
                select cast(? as uuid) as book_id, cast(? as text) as low, cast(? as text) as high, cast(? as text) as commodity,
                       cast(? as bigint) as tx, cast(? as bigint) as seq, cast(? as int) as leg_no, cast(? as int) as rows,
                       ledger_folded_tx() as folded
            ), used as (
                select distinct d.account, d.commodity from wanted w join ledger_day d on d.book_id = w.book_id
                   and d.account >= w.low collate "C" and d.account < w.high collate "C" and (w.commodity is null or d.commodity = w.commodity)
                 where w.low = '' or d.account = w.low or starts_with(d.account, w.low || ':')
            ), settled as (
                select leg.* from wanted w cross join used u cross join lateral (
                    select l.tx, l.seq, l.leg_no, l.entry_id, l.commodity, l.account, l.amount from ledger_leg l
                     where l.book_id = w.book_id and l.account = u.account and l.commodity = u.commodity
                       and (l.tx, l.seq, l.leg_no) > (w.tx, w.seq, w.leg_no)
                     order by l.tx, l.seq, l.leg_no limit w.rows) leg
            ), tail as (
                select e.tx, e.seq, cast(leg.leg_no as int), e.entry_id, leg.commodity, leg.account, leg.amount
                  from wanted w join ledger_entry e on e.tx >= greatest(w.folded, w.tx) and w.book_id = any (e.books)
                 cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) with ordinality as leg (book, commodity, account, amount, leg_no)
                 where leg.book = w.book_id and (w.low = '' or leg.account = w.low or starts_with(leg.account, w.low || ':'))
                   and (w.commodity is null or leg.commodity = w.commodity) and (e.tx, e.seq, cast(leg.leg_no as int)) > (w.tx, w.seq, w.leg_no)
            ), page as (
                select * from (select * from settled union all select * from tail) legs
                 order by tx, seq, leg_no limit (select rows from wanted)
            )
            select page.tx, page.seq, page.leg_no, e.entry_id, e.event, e.effective_at, e.posted_at, e.source_kind, e.source_id,
                   page.commodity, page.account, page.amount
              from page join ledger_entry e on e.entry_id = page.entry_id
             order by page.tx, page.seq, page.leg_no
            """;

    private final DataSource dataSource;

    Statements(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public Optional<BookedEntry> entry(UUID entryId) {
        return entries(ENTRY + " where entry_id = ?", entryId).stream().findFirst();
    }

    /** Every entry that came from a source: a submission, licence, training run ... in the order in which they were written. */
    public List<BookedEntry> bySource(UUID sourceId) {
        return entries(ENTRY + " where source_id = ? order by tx, seq", sourceId);
    }

    /**
     * The legs of a book under an account prefix of whole words (empty: all accounts).
     *
     * @param commodity null: all
     * @param after     the cursor of the last leg that was read, or null
     */
    public List<Line> page(Book book, Commodity commodity, String account, String after, int limit) {
        var cursor = Cursor.of(after);
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(LINES)) {
            select.setObject(1, book.id());
            select.setString(2, account);
            select.setString(3, account + "~");
            select.setString(4, commodity == null ? null : commodity.text());
            select.setLong(5, cursor.tx());
            select.setLong(6, cursor.seq());
            select.setInt(7, cursor.legNo());
            select.setInt(8, limit);
            return lines(select);
        } catch (SQLException failure) {
            throw Refused.by(failure);
        }
    }

    private static List<Line> lines(PreparedStatement select) throws SQLException {
        var lines = new ArrayList<Line>();
        try (var row = select.executeQuery()) {
            while (row.next()) {
                lines.add(new Line(row.getLong(1) + "." + row.getLong(2) + "." + row.getInt(3), row.getObject(4, UUID.class), row.getString(5),
                        instant(row, 6), instant(row, 7), new Source(row.getString(8), row.getObject(9, UUID.class)),
                        new Commodity(row.getString(10)), new Account(row.getString(11)), row.getLong(12)));
            }
        }
        return lines;
    }

    private List<BookedEntry> entries(String sql, UUID id) {
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(sql)) {
            select.setObject(1, id);
            try (var row = select.executeQuery()) {
                var entries = new ArrayList<BookedEntry>();
                while (row.next()) {
                    entries.add(new BookedEntry(row.getObject(1, UUID.class), row.getString(2), row.getString(3), instant(row, 4), instant(row, 5),
                            instant(row, 6), new Source(row.getString(7), row.getObject(8, UUID.class)), row.getObject(9, UUID.class),
                            EntryRows.legs(row, 10)));
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
