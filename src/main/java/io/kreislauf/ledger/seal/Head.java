package io.kreislauf.ledger.seal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A signed tree head.
 *
 * @param firmAt    answers as of this posting time or an earlier one never change
 * @param signature Ed25519 over {@link #signed()}
 */
record Head(long treeSize, byte[] root, long tx, Instant firmAt, Instant sealedAt, String keyId, byte[] signature) {

    /** The byte form that is signed. */
    byte[] signed() {
        return new SealedForm.Bytes().raw("KLHEAD1\n".getBytes(StandardCharsets.US_ASCII)).number(treeSize).raw(root).number(tx).time(firmAt)
                .time(sealedAt).text(keyId).toByteArray();
    }

    Head signedWith(SigningKey key) {
        return new Head(treeSize, root, tx, firmAt, sealedAt, keyId, key.sign(signed()));
    }
}
