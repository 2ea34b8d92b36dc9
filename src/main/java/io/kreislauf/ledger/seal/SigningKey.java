package io.kreislauf.ledger.seal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** An Ed25519 key pair, kept in one file outside the database that only its owner may read. */
final class SigningKey {

    private final PrivateKey privateKey;
    private final byte[] publicKey;

    private SigningKey(PrivateKey privateKey, byte[] publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    static SigningKey made() {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            return new SigningKey(pair.getPrivate(), pair.getPublic().getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads the key of this installation, or makes it: whoever comes second reads what the first one wrote. */
    static SigningKey in(Path file) {
        try {
            if (!Files.exists(file)) {
                try {
                    made().writeTo(file);
                } catch (FileAlreadyExistsException madeMeanwhile) {
                    // Read below.
                }
            }
            var lines = Files.readAllLines(file, StandardCharsets.US_ASCII);
            var factory = KeyFactory.getInstance("Ed25519");
            return new SigningKey(factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(lines.get(0)))),
                    Base64.getDecoder().decode(lines.get(1)));
        } catch (IOException | GeneralSecurityException | RuntimeException unusable) {
            throw new IllegalStateException("The ledger's signing key in " + file + " cannot be used.", unusable);
        }
    }

    /** Two lines of Base64: PKCS 8 and SubjectPublicKeyInfo. */
    void writeTo(Path file) throws IOException {
        if (file.toAbsolutePath().getParent() != null) {
            Files.createDirectories(file.toAbsolutePath().getParent());
        }
        var text = Base64.getEncoder().encodeToString(privateKey.getEncoded()) + "\n" + Base64.getEncoder().encodeToString(publicKey) + "\n";
        var whole = Files.createTempFile(file.toAbsolutePath().getParent(), "key", ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            try (var written = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                written.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                written.force(true);
            }
            Files.createLink(file, whole);
        } finally {
            Files.delete(whole);
        }
        // A key that signed something and is gone after a power failure would be nobody's.
        try (var directory = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }

    /** First 16 hex digits of the SHA-256 of the public key. */
    String id() {
        return idOf(publicKey);
    }

    static String idOf(byte[] publicKey) {
        return HexFormat.of().formatHex(Digests.sha256(publicKey), 0, 8);
    }

    byte[] publicKey() {
        return publicKey.clone();
    }

    byte[] sign(byte[] bytes) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(privateKey);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static boolean verifies(byte[] publicKey, byte[] bytes, byte[] signed) {
        try {
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey));
            var signature = Signature.getInstance("Ed25519");
            signature.initVerify(key);
            signature.update(bytes);
            return signature.verify(signed);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }
}
