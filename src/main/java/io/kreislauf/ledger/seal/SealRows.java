package io.kreislauf.ledger.seal;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.Unbookable;
import io.kreislauf.ledger.audit.Breach;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Rows of the tree but for its heads, on one connection. */
final class SealRows {

    private static final String FORM = """
            select e.tx, e.seq, e.entry_id, e.event, e.effective_at, e.occurred_at, e.posted_at, e.source_kind, e.source_id, e.reverses, e.body_hash,
                   e.idempotency_key, cast(e.body as text), e.salt, e.books, e.commodities, e.accounts, e.amounts
            """;

    private final Connection connection;

    SealRows(Connection connection) {
        this.connection = connection;
    }

    /** Only one seals at a time; the lock ends with the transaction. */
    boolean lock() throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("select pg_try_advisory_xact_lock(4, 3)")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Returns when nobody else seals or replaces the key; within a transaction nobody does until its end. */
    void await() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(4, 3)");
        }
    }

    /** When the ledger came into each cluster that it has been in. */
    List<Instant> eras() throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("select began_at from ledger_era order by era")) {
            var eras = new ArrayList<Instant>();
            while (row.next()) {
                eras.add(instant(row, 1));
            }
            return eras;
        }
    }

    /** The watermark up to which can be sealed, and the posting time that is firm there. */
    record Watermark(long tx, Instant firmAt) {}

    Optional<Watermark> folded() throws SQLException {
        try (var statement = connection.createStatement();
             var row = statement.executeQuery("select tx, firm_at from ledger_fold where firm_at > '-infinity' order by tx desc limit 1")) {
            return row.next() ? Optional.of(new Watermark(row.getLong(1), instant(row, 2))) : Optional.empty();
        }
    }

    long leaves() throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("select coalesce(max(leaf_no) + 1, 0) from ledger_leaf")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Whether the ledger has come into another cluster, and nothing was sealed there yet. */
    boolean restoredSinceLastHead() throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("""
                select (select began_at from ledger_era order by era desc limit 1) > (select sealed_at from ledger_head order by tree_size desc limit 1)
                """)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /**
     * The entries that are to be sealed next, in order.
     *
     * @param late also those below the last head, which can only be there after a restore
     */
    List<SealedForm> unsealed(long fromTx, long toTx, boolean late, int limit) throws SQLException {
        try (var select = connection.prepareStatement(FORM + """
                from ledger_entry e where e.tx >= ? and e.tx < ? and not exists (select from ledger_leaf l where l.entry_id = e.entry_id)
                order by e.tx, e.seq limit ?
                """)) {
            select.setLong(1, late ? 0 : fromTx);
            select.setLong(2, toTx);
            select.setInt(3, limit);
            return forms(select);
        }
    }

    Optional<SealedForm> form(UUID entryId) throws SQLException {
        try (var select = connection.prepareStatement(FORM + "from ledger_entry e where e.entry_id = ?")) {
            select.setObject(1, entryId);
            return forms(select).stream().findFirst();
        }
    }

    /**
     * A leaf as sealed, beside the entry as it is now.
     *
     * @param entry null: there is none
     * @param fault why there is none, or null
     */
    record Leaf(long no, UUID entryId, byte[] hash, SealedForm entry, String fault) {}

    /** Some leaves in their order, so that memory does not grow with the tree. */
    List<Leaf> leaves(long from, int limit) throws SQLException {
        try (var select = connection.prepareStatement("select l.leaf_no, l.entry_id, l.hash, e.entry_id is null, " + FORM.substring(7) + """
                from ledger_leaf l left join ledger_entry e on e.entry_id = l.entry_id where l.leaf_no >= ? order by l.leaf_no limit ?
                """)) {
            select.setLong(1, from);
            select.setInt(2, limit);
            try (var row = select.executeQuery()) {
                var leaves = new ArrayList<Leaf>();
                while (row.next()) {
                    leaves.add(leaf(row));
                }
                return leaves;
            }
        }
    }

    private static Leaf leaf(ResultSet row) throws SQLException {
        SealedForm entry = null;
        String fault = null;
        if (row.getBoolean(4)) {
            fault = "is gone";
        } else {
            try {
                entry = form(row, 5);
            } catch (Unbookable unreadable) {
                fault = "cannot be read, " + unreadable.getMessage();
            }
        }
        return new Leaf(row.getLong(1), row.getObject(2, UUID.class), row.getBytes(3), entry, fault);
    }

    /** The subtrees that stand in the database, of those asked for: the same but for the hash. */
    Map<String, byte[]> stored(List<Growing.Node> nodes) throws SQLException {
        try (var select = connection.prepareStatement("""
                select level || ' ' || node_no, n.hash from unnest(cast(? as int[]), cast(? as bigint[])) as asked (level, node_no) join ledger_node n using (level, node_no)
                """)) {
            select.setArray(1, connection.createArrayOf("int", nodes.stream().map(Growing.Node::level).toArray()));
            select.setArray(2, connection.createArrayOf("bigint", nodes.stream().map(Growing.Node::no).toArray()));
            try (var row = select.executeQuery()) {
                var hashes = new HashMap<String, byte[]>();
                while (row.next()) {
                    hashes.put(row.getString(1), row.getBytes(2));
                }
                return hashes;
            }
        }
    }

    /** What does not fit the number of leaves: places and what is wrong there. One statement, because the tree grows meanwhile. */
    List<Breach> misfits() throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("""
                with tree as materialized (select coalesce(max(leaf_no) + 1, 0) as leaves from ledger_leaf)
                select 'node ' || node_no || ' of level ' || level, 'is of no tree of ' || leaves || ' leaves'
                  from tree join ledger_node on level > 62 or node_no < 0 or (node_no + 1) << level > leaves
                union all
                select 'head ' || leaves, 'is missing' from tree where leaves > 0 and not exists (select from ledger_head where tree_size = leaves)
                union all
                select 'head ' || tree_size, 'is of more leaves than there are' from ledger_head, tree where tree_size > leaves
                limit 20
                """)) {
            var misfits = new ArrayList<Breach>();
            while (row.next()) {
                misfits.add(new Breach(row.getString(1), row.getString(2)));
            }
            return misfits;
        }
    }

    void insert(long firstLeaf, List<SealedForm> entries, List<byte[]> hashes, List<Growing.Node> nodes) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into ledger_leaf (leaf_no, entry_id, hash)
                select ? + position - 1, entry_id, hash from unnest(cast(? as uuid[]), cast(? as bytea[])) with ordinality as l (entry_id, hash, position)
                """)) {
            insert.setLong(1, firstLeaf);
            insert.setArray(2, connection.createArrayOf("uuid", entries.stream().map(SealedForm::entryId).toArray()));
            insert.setArray(3, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
            insert.executeUpdate();
        }
        try (var insert = connection.prepareStatement("""
                insert into ledger_node (level, node_no, hash) select * from unnest(cast(? as int[]), cast(? as bigint[]), cast(? as bytea[]))
                """)) {
            insert.setArray(1, connection.createArrayOf("int", nodes.stream().map(Growing.Node::level).toArray()));
            insert.setArray(2, connection.createArrayOf("bigint", nodes.stream().map(Growing.Node::no).toArray()));
            insert.setArray(3, connection.createArrayOf("bytea", nodes.stream().map(Growing.Node::hash).toArray(byte[][]::new)));
            insert.executeUpdate();
        }
    }

    /** Reads stored subtrees for hashes and proofs. */
    MerkleTree.Nodes nodes() {
        return (level, no) -> {
            try (var select = connection.prepareStatement(level == 0 ? "select hash from ledger_leaf where leaf_no = ?"
                    : "select hash from ledger_node where node_no = ? and level = " + level)) {
                select.setLong(1, no);
                try (var row = select.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException("node " + no + " of level " + level + " is missing");
                    }
                    return row.getBytes(1);
                }
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        };
    }

    Optional<Long> leafNo(UUID entryId) throws SQLException {
        try (var select = connection.prepareStatement("select leaf_no from ledger_leaf where entry_id = ?")) {
            select.setObject(1, entryId);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    Instant now() throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("select ledger_posted_now()")) {
            row.next();
            return instant(row, 1);
        }
    }

    private static List<SealedForm> forms(PreparedStatement select) throws SQLException {
        try (var row = select.executeQuery()) {
            var forms = new ArrayList<SealedForm>();
            while (row.next()) {
                forms.add(form(row, 1));
            }
            return forms;
        }
    }

    private static SealedForm form(ResultSet row, int first) throws SQLException {
        var books = (UUID[]) row.getArray(first + 14).getArray();
        var commodities = (String[]) row.getArray(first + 15).getArray();
        var accounts = (String[]) row.getArray(first + 16).getArray();
        var amounts = (Long[]) row.getArray(first + 17).getArray();
        var legs = new ArrayList<Leg>(amounts.length);
        for (var i = 0; i < amounts.length; i++) {
            legs.add(new Leg(new Book(books[i]), new Commodity(commodities[i]), new Account(accounts[i]), amounts[i]));
        }
        return new SealedForm(row.getLong(first), row.getLong(first + 1), row.getObject(first + 2, UUID.class), row.getString(first + 3),
                instant(row, first + 4), instant(row, first + 5), instant(row, first + 6), row.getString(first + 7),
                row.getObject(first + 8, UUID.class), row.getObject(first + 9, UUID.class), row.getBytes(first + 10), row.getString(first + 11),
                row.getString(first + 12), row.getBytes(first + 13), legs);
    }

    static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
