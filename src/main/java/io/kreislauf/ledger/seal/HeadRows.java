package io.kreislauf.ledger.seal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows of the tree's heads, on one connection. */
final class HeadRows {

    private static final String HEAD = "select tree_size, root, tx, firm_at, sealed_at, key_id, signature from ledger_head";

    private final Connection connection;

    HeadRows(Connection connection) {
        this.connection = connection;
    }

    Optional<Head> latest() throws SQLException {
        return heads(" order by tree_size desc limit 1", 0).stream().findFirst();
    }

    /** The first head below whose watermark everything before {@code tx} is. */
    Optional<Head> covering(long tx) throws SQLException {
        return heads(" where tx >= ? order by tx, tree_size desc limit 1", tx).stream().findFirst();
    }

    Optional<Head> of(long treeSize) throws SQLException {
        return heads(" where tree_size = ?", treeSize).stream().findFirst();
    }

    /** Newest first, from below a size. */
    List<Head> below(long belowSize, int limit) throws SQLException {
        return heads(" where tree_size < ? order by tree_size desc limit " + limit, belowSize);
    }

    /** In order, those of more than the one size, up to the other. */
    List<Head> between(long aboveSize, long toSize) throws SQLException {
        return heads(" where tree_size > ? and tree_size <= " + toSize + " order by tree_size", aboveSize);
    }

    /** A head, and the one before it that was signed by another key. */
    record KeyChange(Head before, Head head) {}

    /** Where the key of a head is not that of the head before, both of at least so many leaves. */
    List<KeyChange> keyChanges(long fromSize) throws SQLException {
        try (var select = connection.prepareStatement("""
                select before, tree_size from (select tree_size, key_id, lag(tree_size) over heads as before, lag(key_id) over heads as key_before
                                                 from ledger_head where tree_size >= ? window heads as (order by tree_size)) changes
                 where key_id <> key_before order by tree_size
                """)) {
            select.setLong(1, fromSize);
            try (var row = select.executeQuery()) {
                var changes = new ArrayList<KeyChange>();
                while (row.next()) {
                    changes.add(new KeyChange(of(row.getLong(1)).orElseThrow(), of(row.getLong(2)).orElseThrow()));
                }
                return changes;
            }
        }
    }

    boolean anyBy(String keyId) throws SQLException {
        return !heads(" where key_id = ? limit 1", keyId).isEmpty();
    }

    private List<Head> heads(String where, Object argument) throws SQLException {
        try (var select = connection.prepareStatement(HEAD + where)) {
            if (where.contains("?")) {
                select.setObject(1, argument);
            }
            try (var row = select.executeQuery()) {
                var heads = new ArrayList<Head>();
                while (row.next()) {
                    heads.add(new Head(row.getLong(1), row.getBytes(2), row.getLong(3), SealRows.instant(row, 4), SealRows.instant(row, 5), row.getString(6),
                            row.getBytes(7)));
                }
                return heads;
            }
        }
    }

    void insert(Head head) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into ledger_head (tree_size, root, tx, firm_at, sealed_at, key_id, signature) values (?, ?, ?, ?, ?, ?, ?)
                """)) {
            insert.setLong(1, head.treeSize());
            insert.setBytes(2, head.root());
            insert.setLong(3, head.tx());
            insert.setObject(4, head.firmAt().atOffset(ZoneOffset.UTC));
            insert.setObject(5, head.sealedAt().atOffset(ZoneOffset.UTC));
            insert.setString(6, head.keyId());
            insert.setBytes(7, head.signature());
            insert.executeUpdate();
        }
    }
}
