package io.kreislauf.ledger.seal;

import java.util.Arrays;
import java.util.List;

/** Verification of proofs as RFC 9162 (2.1.3.2 and 2.1.4.2) describes it: another way than the one that makes them. */
final class Verification {

    private Verification() {}

    static byte[] rootOf(byte[] leaf, long no, long size, List<byte[]> path) {
        var fn = no;
        var sn = size - 1;
        var hash = leaf;
        for (var sibling : path) {
            if (sn == 0) {
                throw new IllegalStateException("the path is too long");
            }
            if ((fn & 1) == 1 || fn == sn) {
                hash = Digests.node(sibling, hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = Digests.node(hash, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        if (sn != 0) {
            throw new IllegalStateException("the path is too short");
        }
        return hash;
    }

    static void requireConsistent(long first, long second, byte[] firstRoot, byte[] secondRoot, List<byte[]> proof) {
        if (first == second) {
            require(Arrays.equals(firstRoot, secondRoot) && proof.isEmpty());
            return;
        }
        var path = new java.util.ArrayDeque<>(proof);
        if (Long.bitCount(first) == 1) {
            path.addFirst(firstRoot);
        }
        var fn = first - 1;
        var sn = second - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        var fr = path.removeFirst();
        var sr = fr;
        for (var c : path) {
            require(sn != 0);
            if ((fn & 1) == 1 || fn == sn) {
                fr = Digests.node(c, fr);
                sr = Digests.node(c, sr);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                sr = Digests.node(sr, c);
            }
            fn >>= 1;
            sn >>= 1;
        }
        require(Arrays.equals(fr, firstRoot) && Arrays.equals(sr, secondRoot) && sn == 0);
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalStateException("not consistent");
        }
    }
}
