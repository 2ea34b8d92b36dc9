package io.kreislauf.ledger.seal;

import java.util.ArrayList;
import java.util.List;

/** A tree that leaves are added to: keeps the complete subtrees that are still to be joined, and gives the new ones. */
final class Growing {

    /** A complete subtree that has come about. */
    record Node(int level, long no, byte[] hash) {}

    private final List<byte[]> open = new ArrayList<>();
    private long size;

    /** Goes on from a tree of {@code size} leaves. */
    Growing(long size, MerkleTree.Nodes nodes) {
        this.size = size;
        for (var level = 0; size >> level > 0; level++) {
            var no = (size >> level) - 1;
            open.add((size >> level & 1) == 1 ? nodes.hash(level, no) : null);
        }
    }

    long size() {
        return size;
    }

    /** Adds a leaf; returns the nodes above the leaves that are complete now. */
    List<Node> add(byte[] leaf) {
        var completed = new ArrayList<Node>();
        var hash = leaf;
        var no = size;
        var level = 0;
        while ((no & 1) == 1) {
            hash = Digests.node(open.get(level), hash);
            open.set(level, null);
            no >>= 1;
            level++;
            completed.add(new Node(level, no, hash));
        }
        while (open.size() <= level) {
            open.add(null);
        }
        open.set(level, hash);
        size++;
        return completed;
    }

    byte[] root() {
        byte[] root = null;
        for (var subtree : open) {
            if (subtree != null) {
                root = root == null ? subtree : Digests.node(subtree, root);
            }
        }
        return root;
    }
}
