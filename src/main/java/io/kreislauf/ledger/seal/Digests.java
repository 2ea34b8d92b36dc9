package io.kreislauf.ledger.seal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** The hashes of the tree: SHA-256, with the domain bytes of RFC 6962. */
final class Digests {

    private static final int HMAC_BLOCK = 64;

    private Digests() {}

    static byte[] sha256(byte[]... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] leaf(byte[] data) {
        return sha256(new byte[] {0}, data);
    }

    static byte[] node(byte[] left, byte[] right) {
        return sha256(new byte[] {1}, left, right);
    }

    /** A salt of its own for each part of an entry, so that one part's salt tells nothing of another's: HMAC-SHA-256. */
    static byte[] salt(byte[] entrySalt, String part) {
        if (entrySalt.length > HMAC_BLOCK) {
            throw new IllegalArgumentException("a salt of " + entrySalt.length + " bytes");
        }
        var inner = new byte[HMAC_BLOCK];
        var outer = new byte[HMAC_BLOCK];
        for (var i = 0; i < HMAC_BLOCK; i++) {
            var key = i < entrySalt.length ? entrySalt[i] : 0;
            inner[i] = (byte) (key ^ 0x36);
            outer[i] = (byte) (key ^ 0x5c);
        }
        return sha256(outer, sha256(inner, part.getBytes(StandardCharsets.UTF_8)));
    }
}
