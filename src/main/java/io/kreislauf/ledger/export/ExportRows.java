package io.kreislauf.ledger.export;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Leg;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Entries in their order, some at a time: memory does not grow with the ledger. */
final class ExportRows {

    static final int ROWS = 1_000;

    private static final String NEXT = """
            select e.tx, e.seq, e.entry_id, e.event, e.effective_at, e.occurred_at, e.posted_at, e.source_kind, e.source_id, e.reverses,
                   e.idempotency_key, encode(e.body_hash, 'hex'), encode(e.salt, 'hex'), cast(e.body as text), e.books, e.commodities, e.accounts,
                   e.amounts, l.leaf_no
              from ledger_entry e left join ledger_leaf l on l.entry_id = e.entry_id
             where (e.tx, e.seq) > (?, ?) and e.tx < ?
             order by e.tx, e.seq limit %d
            """.formatted(ROWS);

    /** The entries of one book, found by its settled legs. */
    private static final String NEXT_OF_BOOK = """
            select e.tx, e.seq, e.entry_id, e.event, e.effective_at, e.occurred_at, e.posted_at, e.source_kind, e.source_id, e.reverses,
                   e.idempotency_key, encode(e.body_hash, 'hex'), encode(e.salt, 'hex'), cast(e.body as text), e.books, e.commodities, e.accounts,
                   e.amounts, l.leaf_no
              from (select distinct tx, seq, entry_id from ledger_leg
                     where book_id = ? and (tx, seq) > (?, ?) and tx < ? order by tx, seq limit %d) found
              join ledger_entry e on e.entry_id = found.entry_id
              left join ledger_leaf l on l.entry_id = e.entry_id
             order by e.tx, e.seq
            """.formatted(ROWS);

    private final DataSource dataSource;
    private final Map<UUID, String> kinds = new HashMap<>();

    ExportRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The watermark up to which an export goes: settled entries only. */
    long watermark() {
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement();
             var row = statement.executeQuery("select ledger_folded_tx()")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException("The ledger could not be read.", failure);
        }
    }

    /** @param book null: all books */
    List<ExportedEntry> next(Book book, long afterTx, long afterSeq, long watermark) {
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(book == null ? NEXT : NEXT_OF_BOOK)) {
            var at = 1;
            if (book != null) {
                select.setObject(at++, book.id());
            }
            select.setLong(at++, afterTx);
            select.setLong(at++, afterSeq);
            select.setLong(at, watermark);
            var entries = new ArrayList<ExportedEntry>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(row));
                }
            }
            learnKinds(connection, entries);
            return entries.stream().map(this::withKinds).toList();
        } catch (SQLException failure) {
            throw new IllegalStateException("The ledger could not be read.", failure);
        }
    }

    private static ExportedEntry entry(ResultSet row) throws SQLException {
        var books = (UUID[]) row.getArray(15).getArray();
        var commodities = (String[]) row.getArray(16).getArray();
        var accounts = (String[]) row.getArray(17).getArray();
        var amounts = (Long[]) row.getArray(18).getArray();
        var legs = new ArrayList<Leg>(amounts.length);
        for (var i = 0; i < amounts.length; i++) {
            legs.add(new Leg(new Book(books[i]), new Commodity(commodities[i]), new Account(accounts[i]), amounts[i]));
        }
        return new ExportedEntry(row.getObject(19, Long.class), row.getLong(1), row.getLong(2), row.getObject(3, UUID.class), row.getString(4),
                instant(row, 5), instant(row, 6), instant(row, 7), row.getString(8), row.getObject(9, UUID.class), row.getObject(10, UUID.class),
                row.getString(11), row.getString(12), row.getString(13), row.getString(14), legs, Map.of());
    }

    private void learnKinds(Connection connection, List<ExportedEntry> entries) throws SQLException {
        var unknown = entries.stream().flatMap(entry -> entry.legs().stream()).map(leg -> leg.book().id()).distinct()
                .filter(book -> !kinds.containsKey(book)).toArray();
        if (unknown.length == 0) {
            return;
        }
        try (var select = connection.prepareStatement("select book_id, kind from ledger_book where book_id = any (?)")) {
            select.setArray(1, connection.createArrayOf("uuid", unknown));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    kinds.put(row.getObject(1, UUID.class), row.getString(2));
                }
            }
        }
    }

    private ExportedEntry withKinds(ExportedEntry e) {
        var own = new HashMap<UUID, String>();
        e.legs().forEach(leg -> own.put(leg.book().id(), kinds.get(leg.book().id())));
        return new ExportedEntry(e.leafNo(), e.tx(), e.seq(), e.entryId(), e.event(), e.effectiveAt(), e.occurredAt(), e.postedAt(), e.sourceKind(),
                e.sourceId(), e.reverses(), e.idempotencyKey(), e.bodyHash(), e.salt(), e.body(), e.legs(), own);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
