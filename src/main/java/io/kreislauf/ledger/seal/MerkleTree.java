package io.kreislauf.ledger.seal;

import java.util.ArrayList;
import java.util.List;

/** Merkle tree hashes and proofs of RFC 6962, sections 2.1.1 and 2.1.2, over stored complete subtrees. */
final class MerkleTree {

    /** The hash of a complete subtree: level 0 are the leaves, a node of level l covers 2^l of them. */
    @FunctionalInterface
    interface Nodes {
        byte[] hash(int level, long no);
    }

    private final Nodes nodes;

    MerkleTree(Nodes nodes) {
        this.nodes = nodes;
    }

    /** MTH of the first {@code size} leaves. */
    byte[] root(long size) {
        return hash(0, size);
    }

    /** PATH(m, D[size]): what leads from leaf m to the root. */
    List<byte[]> inclusion(long leaf, long size) {
        if (leaf < 0 || leaf >= size) {
            throw new IllegalArgumentException("leaf " + leaf + " of " + size);
        }
        var path = new ArrayList<byte[]>();
        inclusion(leaf, 0, size, path);
        return path;
    }

    private void inclusion(long leaf, long start, long size, List<byte[]> path) {
        if (size == 1) {
            return;
        }
        var left = leftSize(size);
        if (leaf < left) {
            inclusion(leaf, start, left, path);
            path.add(hash(start + left, size - left));
        } else {
            inclusion(leaf - left, start + left, size - left, path);
            path.add(hash(start, left));
        }
    }

    /** PROOF(first, D[second]): that the first tree is a prefix of the second. */
    List<byte[]> consistency(long first, long second) {
        if (first < 1 || first > second) {
            throw new IllegalArgumentException(first + " is no prefix of " + second);
        }
        var proof = new ArrayList<byte[]>();
        if (first < second) {
            consistency(first, 0, second, true, proof);
        }
        return proof;
    }

    private void consistency(long first, long start, long size, boolean whole, List<byte[]> proof) {
        if (first == size) {
            if (!whole) {
                proof.add(hash(start, size));
            }
            return;
        }
        var left = leftSize(size);
        if (first <= left) {
            consistency(first, start, left, whole, proof);
            proof.add(hash(start + left, size - left));
        } else {
            consistency(first - left, start + left, size - left, false, proof);
            proof.add(hash(start, left));
        }
    }

    private byte[] hash(long start, long size) {
        if (Long.bitCount(size) == 1) {
            var level = Long.numberOfTrailingZeros(size);
            return nodes.hash(level, start >> level);
        }
        var left = leftSize(size);
        return Digests.node(hash(start, left), hash(start + left, size - left));
    }

    /** The largest power of two smaller than size. */
    private static long leftSize(long size) {
        return Long.highestOneBit(size - 1);
    }
}
