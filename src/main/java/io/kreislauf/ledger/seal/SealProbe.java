package io.kreislauf.ledger.seal;

import io.kreislauf.ledger.audit.AuditProbe;
import io.kreislauf.ledger.audit.Breach;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Computes the leaves again from the entries as they are now, and the roots of the heads from the leaves, and follows the keys from the first one to
 * the one in this installation's file.
 */
@ApplicationScoped
class SealProbe implements AuditProbe {

    private static final int BREACHES_MAX = 20;
    private static final int LEAVES_AT_ONCE = 2_000;

    private final DataSource dataSource;
    private final Path keyFile;
    private volatile long checkedLeaves;

    SealProbe(DataSource dataSource, @ConfigProperty(name = "kreislauf.ledger.signing-key") Path keyFile) {
        this.dataSource = dataSource;
        this.keyFile = keyFile;
    }

    @Override
    public int invariant() {
        return 12;
    }

    @Override
    public String says() {
        return "A sealed prefix stays a prefix: every entry is as it was sealed, and every head is signed by a key that the one before vouches for.";
    }

    @Override
    public List<Breach> breaches(boolean fromZero) {
        var from = fromZero ? 0 : checkedLeaves;
        try (var connection = dataSource.getConnection()) {
            var check = new Check(connection, from);
            check.leaves();
            check.breaches.addAll(new KeyCheck(connection, keyFile).breaches(from));
            if (check.breaches.isEmpty()) {
                checkedLeaves = check.lastHead;
            }
            return check.breaches;
        } catch (SQLException | IllegalStateException failure) {
            return List.of(new Breach("tree", "cannot be read: " + failure.getMessage()));
        }
    }

    /** One walk over the leaves. */
    private static final class Check {
        private final List<Breach> breaches = new ArrayList<>();
        private final SealRows rows;
        private final HeadRows headRows;
        private final Growing tree;
        private final long from;
        /** Leaves behind it belong to heads that were signed after the walk began: they are looked at, and looked at again next time with their head. */
        private final long lastHead;
        private final Map<String, byte[]> publicKeys = new HashMap<>();

        Check(Connection connection, long from) throws SQLException {
            this.rows = new SealRows(connection);
            this.headRows = new HeadRows(connection);
            this.from = from;
            tree = new Growing(from, rows.nodes());
            lastHead = headRows.latest().map(Head::treeSize).orElse(0L);
            new KeyRows(connection).all().forEach(key -> publicKeys.put(key.keyId(), key.publicKey()));
        }

        /** With each lot of leaves the heads that end in it: as many as leaves at most, so that memory does not grow with them either. */
        void leaves() throws SQLException {
            List<SealRows.Leaf> some;
            var next = from;
            var done = from;
            for (; !(some = rows.leaves(next, LEAVES_AT_ONCE)).isEmpty(); next = some.getLast().no() + 1) {
                var until = some.getLast().no() + 1;
                var heads = new HashMap<Long, Head>();
                headRows.between(done, Math.min(until, lastHead)).forEach(head -> heads.put(head.treeSize(), head));
                var nodes = new ArrayList<Growing.Node>();
                for (var leaf : some) {
                    nodes.addAll(leaf(leaf));
                    var head = heads.remove(tree.size());
                    if (head != null) {
                        head(head, tree.root());
                    }
                }
                heads.values().forEach(head -> head(head, null));
                compare(nodes);
                done = until;
            }
            headRows.between(done, Math.min(lastHead, done + BREACHES_MAX)).forEach(head -> head(head, null));
            if (from == 0) {
                rows.misfits().forEach(misfit -> breach(misfit.place(), misfit.detail()));
            }
        }

        /** The nodes are what proofs are made of. */
        private void compare(List<Growing.Node> nodes) throws SQLException {
            var stored = rows.stored(nodes);
            for (var node : nodes) {
                var hash = stored.get(node.level() + " " + node.no());
                if (!Arrays.equals(node.hash(), hash)) {
                    breach("node " + node.no() + " of level " + node.level(), hash == null ? "is missing" : "is not the hash of the leaves below it");
                }
            }
        }

        private List<Growing.Node> leaf(SealRows.Leaf leaf) {
            if (leaf.no() != tree.size()) {
                breach("leaf " + tree.size(), "is missing");
            }
            if (leaf.entry() == null) {
                breach("entry " + leaf.entryId(), "was sealed as leaf " + leaf.no() + " and " + leaf.fault());
            } else if (!isAsSealed(leaf)) {
                breach("entry " + leaf.entryId(), "is not as it was sealed as leaf " + leaf.no());
            }
            return tree.add(leaf.hash());
        }

        private static boolean isAsSealed(SealRows.Leaf leaf) {
            try {
                return Arrays.equals(leaf.entry().leafHash(), leaf.hash());
            } catch (RuntimeException noForm) {
                // What no ledger has written, an account of an unknown kind, has no byte form.
                return false;
            }
        }

        private void head(Head head, byte[] root) {
            if (!Arrays.equals(head.root(), root)) {
                breach("head " + head.treeSize(), "is not the root of the leaves below it");
            }
            var key = publicKeys.get(head.keyId());
            if (key == null || !SigningKey.verifies(key, head.signed(), head.signature())) {
                breach("head " + head.treeSize(), "is not signed by key " + head.keyId());
            }
        }

        private void breach(String place, String detail) {
            if (breaches.size() < BREACHES_MAX) {
                breaches.add(new Breach(place, detail));
            }
        }
    }
}
