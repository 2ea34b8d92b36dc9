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
            check.heads();
            check.breaches.addAll(new KeyCheck(connection, keyFile).breaches());
            if (check.breaches.isEmpty()) {
                checkedLeaves = check.tree.size();
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
        private final Growing tree;
        private final long from;
        private final List<Head> heads;
        private final Map<Long, byte[]> rootOfSize = new HashMap<>();
        private final Map<String, byte[]> publicKeys = new HashMap<>();

        Check(Connection connection, long from) throws SQLException {
            this.rows = new SealRows(connection);
            this.from = from;
            tree = new Growing(from, rows.nodes());
            heads = rows.allHeads();
            heads.stream().filter(head -> head.treeSize() > from).forEach(head -> rootOfSize.put(head.treeSize(), null));
            new KeyRows(connection).all().forEach(key -> publicKeys.put(key.keyId(), key.publicKey()));
        }

        void leaves() throws SQLException {
            List<SealRows.Leaf> some;
            for (var next = from; !(some = rows.leaves(next, LEAVES_AT_ONCE)).isEmpty(); next = some.getLast().no() + 1) {
                var nodes = new ArrayList<Growing.Node>();
                some.forEach(leaf -> nodes.addAll(leaf(leaf)));
                compare(nodes);
            }
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
            var nodes = tree.add(leaf.hash());
            if (rootOfSize.containsKey(tree.size())) {
                rootOfSize.put(tree.size(), tree.root());
            }
            return nodes;
        }

        private static boolean isAsSealed(SealRows.Leaf leaf) {
            try {
                return Arrays.equals(leaf.entry().leafHash(), leaf.hash());
            } catch (RuntimeException noForm) {
                // What no ledger has written, an account of an unknown kind, has no byte form.
                return false;
            }
        }

        void heads() {
            for (var head : heads) {
                if (head.treeSize() <= from) {
                    continue;
                }
                if (!Arrays.equals(head.root(), rootOfSize.get(head.treeSize()))) {
                    breach("head " + head.treeSize(), "is not the root of the leaves below it");
                }
                var key = publicKeys.get(head.keyId());
                if (key == null || !SigningKey.verifies(key, head.signed(), head.signature())) {
                    breach("head " + head.treeSize(), "is not signed by key " + head.keyId());
                }
            }
        }

        private void breach(String place, String detail) {
            if (breaches.size() < BREACHES_MAX) {
                breaches.add(new Breach(place, detail));
            }
        }
    }
}
