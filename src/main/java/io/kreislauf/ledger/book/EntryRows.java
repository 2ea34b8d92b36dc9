package io.kreislauf.ledger.book;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Entry;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.PostingRules;
import io.kreislauf.ledger.Reversal;
import io.kreislauf.ledger.Unbookable;
import io.kreislauf.ledger.Unbookable.Reason;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

/** Rows of entries. Plain JDBC: the connection is the one of the caller's transaction. */
final class EntryRows {

    private static final int ROWS_PER_STATEMENT_MAX = 1000;

    private static final String INSERT = """
            insert into ledger_entry (event, body, body_hash, idempotency_key, source_kind, source_id, effective_at, occurred_at, reverses,
                                      books, commodities, accounts, amounts)
            select p.event, cast(p.body as jsonb), p.body_hash, p.idempotency_key, p.source_kind, p.source_id,
                   case when p.happened_at is null then clock_now() else ledger_open_at(cast(p.books as uuid[]), p.happened_at) end,
                   coalesce(p.happened_at, clock_now()), p.reverses,
                   cast(p.books as uuid[]), cast(p.commodities as text[]), cast(p.accounts as text[]), cast(p.amounts as bigint[])
              from unnest(cast(? as text[]), cast(? as text[]), cast(? as bytea[]), cast(? as text[]), cast(? as text[]), cast(? as uuid[]),
                          cast(? as timestamptz[]), cast(? as uuid[]), cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as text[]))
                   with ordinality as p (event, body, body_hash, idempotency_key, source_kind, source_id, happened_at, reverses,
                                         books, commodities, accounts, amounts, position)
             order by p.position
                on conflict (idempotency_key) do nothing
            returning idempotency_key, entry_id, effective_at, posted_at
            """;

    private static final String SAME_KEY = """
            select idempotency_key, entry_id, effective_at, posted_at, body_hash from ledger_entry where idempotency_key = any (?)
            """;

    private static final String LEGS = "select books, commodities, accounts, amounts from ledger_entry where entry_id = ?";

    private final DataSource dataSource;

    EntryRows(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** One row to be written. */
    private record Row(Posting posting, List<Leg> legs, String body, byte[] bodyHash) {}

    Map<String, EntryRef> insert(Collection<Posting> postings) {
        var rows = rows(postings);
        var refs = new HashMap<String, EntryRef>();
        try (var connection = dataSource.getConnection()) {
            for (var from = 0; from < rows.size(); from += ROWS_PER_STATEMENT_MAX) {
                var some = rows.subList(from, Math.min(rows.size(), from + ROWS_PER_STATEMENT_MAX));
                insert(connection, some, refs);
                var repeated = some.stream().filter(row -> !refs.containsKey(row.posting().idempotencyKey())).toList();
                if (!repeated.isEmpty()) {
                    findSame(connection, repeated, refs);
                }
            }
        } catch (SQLException refused) {
            throw Refused.by(refused);
        }
        var inOrder = new LinkedHashMap<String, EntryRef>();
        rows.forEach(row -> inOrder.put(row.posting().idempotencyKey(), refs.get(row.posting().idempotencyKey())));
        return inOrder;
    }

    private static List<Row> rows(Collection<Posting> postings) {
        var rows = new ArrayList<Row>(postings.size());
        var hashOfKey = new HashMap<String, byte[]>();
        for (var posting : postings) {
            for (var entry : entries(posting)) {
                var body = EventBodies.json(posting.event());
                var row = new Row(posting, entry.legs(), body, EventBodies.hash(posting.event().type(), body));
                var before = hashOfKey.putIfAbsent(posting.idempotencyKey(), row.bodyHash());
                if (before == null) {
                    rows.add(row);
                } else if (!MessageDigest.isEqual(before, row.bodyHash())) {
                    throw keyReused(posting.idempotencyKey());
                }
            }
        }
        return rows;
    }

    private static List<Entry> entries(Posting posting) {
        try {
            return PostingRules.entries(posting.event());
        } catch (Unbookable unbookable) {
            throw Refused.of(unbookable);
        }
    }

    private static void insert(Connection connection, List<Row> rows, Map<String, EntryRef> refs) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, connection.createArrayOf("text", rows.stream().map(row -> row.posting().event().type()).toArray()));
            insert.setArray(2, connection.createArrayOf("text", rows.stream().map(Row::body).toArray()));
            insert.setArray(3, connection.createArrayOf("bytea", rows.stream().map(Row::bodyHash).toArray(byte[][]::new)));
            insert.setArray(4, connection.createArrayOf("text", rows.stream().map(row -> row.posting().idempotencyKey()).toArray()));
            insert.setArray(5, connection.createArrayOf("text", rows.stream().map(row -> row.posting().event().source().kind()).toArray()));
            insert.setArray(6, connection.createArrayOf("uuid", rows.stream().map(row -> row.posting().event().source().id()).toArray()));
            insert.setArray(7, connection.createArrayOf("timestamptz", rows.stream().map(EntryRows::happenedAt).toArray()));
            insert.setArray(8, connection.createArrayOf("uuid", rows.stream()
                    .map(row -> row.posting().event() instanceof Reversal reversal ? reversal.reversed() : null).toArray()));
            insert.setArray(9, connection.createArrayOf("text", rows.stream().map(row -> literal(row, leg -> leg.book().toString())).toArray()));
            insert.setArray(10, connection.createArrayOf("text", rows.stream().map(row -> literal(row, leg -> leg.commodity().text())).toArray()));
            insert.setArray(11, connection.createArrayOf("text", rows.stream().map(row -> literal(row, leg -> leg.account().text())).toArray()));
            insert.setArray(12, connection.createArrayOf("text", rows.stream().map(row -> literal(row, leg -> Long.toString(leg.amount()))).toArray()));
            try (var inserted = insert.executeQuery()) {
                while (inserted.next()) {
                    refs.put(inserted.getString(1), ref(inserted, false));
                }
            }
        }
    }

    private static void findSame(Connection connection, List<Row> repeated, Map<String, EntryRef> refs) throws SQLException {
        var hashes = new HashMap<String, byte[]>();
        repeated.forEach(row -> hashes.put(row.posting().idempotencyKey(), row.bodyHash()));
        try (var find = connection.prepareStatement(SAME_KEY)) {
            find.setArray(1, connection.createArrayOf("text", hashes.keySet().toArray()));
            try (var found = find.executeQuery()) {
                while (found.next()) {
                    var key = found.getString(1);
                    if (!MessageDigest.isEqual(hashes.get(key), found.getBytes(5))) {
                        throw keyReused(key);
                    }
                    refs.put(key, ref(found, true));
                }
            }
        }
    }

    /** The legs of an entry, as booked. */
    Optional<List<Leg>> legs(UUID entryId) {
        try (var connection = dataSource.getConnection(); var find = connection.prepareStatement(LEGS)) {
            find.setObject(1, entryId);
            try (var row = find.executeQuery()) {
                return row.next() ? Optional.of(legs(row, 1)) : Optional.empty();
            }
        } catch (SQLException failure) {
            throw Refused.by(failure);
        }
    }

    /** Reads books, commodities, accounts and amounts from four neighbouring columns. */
    static List<Leg> legs(ResultSet row, int firstColumn) throws SQLException {
        var books = (UUID[]) row.getArray(firstColumn).getArray();
        var commodities = (String[]) row.getArray(firstColumn + 1).getArray();
        var accounts = (String[]) row.getArray(firstColumn + 2).getArray();
        var amounts = (Long[]) row.getArray(firstColumn + 3).getArray();
        var legs = new ArrayList<Leg>(amounts.length);
        for (var i = 0; i < amounts.length; i++) {
            legs.add(new Leg(new Book(books[i]), new Commodity(commodities[i]), new Account(accounts[i]), amounts[i]));
        }
        return legs;
    }

    private static Object happenedAt(Row row) {
        return row.posting().effectiveAt() == null ? null : row.posting().effectiveAt().atOffset(ZoneOffset.UTC).toString();
    }

    /** An array literal; accounts and commodities hold nothing that would need quoting. */
    private static String literal(Row row, Function<Leg, String> part) {
        var literal = new StringBuilder("{");
        for (var leg : row.legs()) {
            literal.append(literal.length() == 1 ? "" : ",").append(part.apply(leg));
        }
        return literal.append('}').toString();
    }

    private static EntryRef ref(ResultSet row, boolean repeated) throws SQLException {
        return new EntryRef(row.getObject(2, UUID.class), row.getObject(3, OffsetDateTime.class).toInstant(),
                row.getObject(4, OffsetDateTime.class).toInstant(), repeated);
    }

    private static RuntimeException keyReused(String key) {
        return Refused.of(Reason.KEY_REUSED, "The key " + key + " was used for another event.");
    }
}
