package io.kreislauf.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Against the definitions of RFC 6962 written out, and the test vectors of certificate transparency. */
class MerkleTreeTest {

    private static final List<String> LEAVES = List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static byte[] mth(List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return leaves.getFirst();
        }
        var k = Integer.highestOneBit(leaves.size() - 1);
        return Digests.node(mth(leaves.subList(0, k)), mth(leaves.subList(k, leaves.size())));
    }

    @Test
    void theRootsAreThoseOfTheKnownVectors() {
        var growing = new Growing(0, (level, no) -> null);
        for (var i = 0; i < LEAVES.size(); i++) {
            growing.add(Digests.leaf(HexFormat.of().parseHex(LEAVES.get(i))));
            assertEquals(ROOTS.get(i), HexFormat.of().formatHex(growing.root()));
        }
    }

    @Test
    void everyLeafOfEveryTreeIsProvedAndEveryTreeIsAPrefixOfTheNext() {
        Map<String, byte[]> nodes = new HashMap<>();
        MerkleTree.Nodes stored = (level, no) -> nodes.get(level + "/" + no);
        var growing = new Growing(0, stored);
        var leaves = new ArrayList<byte[]>();
        var roots = new ArrayList<byte[]>();
        for (var size = 1; size <= 70; size++) {
            var leaf = Digests.leaf(new byte[] {(byte) size});
            leaves.add(leaf);
            nodes.put("0/" + (size - 1), leaf);
            growing.add(leaf).forEach(node -> nodes.put(node.level() + "/" + node.no(), node.hash()));
            var tree = new MerkleTree(stored);
            var root = mth(leaves);
            roots.add(root);
            assertArrayEquals(root, growing.root());
            assertArrayEquals(root, tree.root(size));
            assertArrayEquals(root, new Growing(size, stored).root(), "a tree goes on from what is stored");
            for (var no = 0; no < size; no++) {
                assertArrayEquals(root, Verification.rootOf(leaves.get(no), no, size, tree.inclusion(no, size)));
            }
            for (var first = 1; first <= size; first++) {
                Verification.requireConsistent(first, size, roots.get(first - 1), root, tree.consistency(first, size));
            }
            if (size > 2) {
                var last = size;
                assertThrows(IllegalStateException.class,
                        () -> Verification.requireConsistent(2, last, roots.get(0), root, tree.consistency(2, last)), "another tree's head");
            }
        }
    }
}
