package io.kreislauf.ledger.seal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The file of this installation's signing key, and beside it {@code .next}, a key that is to replace it, and {@code .<key id>}, those that were replaced. File and
 * row are not written in one instant, so the committed row decides: a key is written to {@code .next}, vouched for in a transaction, and takes its place when
 * somebody looks next. Whoever asks holds the lock of sealing, so that no such transaction is under way.
 */
final class KeyFile {

    private final Path file;
    private final Path next;

    KeyFile(Path file) {
        this.file = file.toAbsolutePath();
        this.next = beside("next");
    }

    /** Finishes a replacement that was committed, and forgets one that was not. To be called before anything is signed. */
    void settle(KeyRows keys) throws IOException, SQLException {
        if (!Files.exists(next)) {
            return;
        }
        if (keys.knows(SigningKey.in(next).id())) {
            if (Files.exists(file)) {
                keep(beside(SigningKey.in(file).id()), file);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.delete(next);
        }
        force();
    }

    /**
     * The key to sign with; made if this installation has none. A file that is gone, or that holds a key unknown to this database, is mended with the replaced key that
     * signed last, if it is still there: put back, or made to vouch.
     *
     * @param last the last head, whose key is known
     */
    SigningKey current(KeyRows keys, Optional<Head> last) throws IOException, SQLException {
        settle(keys);
        var signedLast = last.map(head -> beside(head.keyId())).filter(Files::exists);
        if (signedLast.isPresent() && !Files.exists(file)) {
            keep(file, signedLast.get());
        }
        var key = SigningKey.in(file);
        if (!keys.knows(key.id())) {
            keys.know(key, signedLast.map(SigningKey::in).orElse(null));
        }
        return key;
    }

    /** Writes a new key that is to take the place of the current one once it is committed that this one vouches for it. */
    SigningKey prepared() throws IOException {
        var fresh = SigningKey.made();
        fresh.writeTo(next);
        return fresh;
    }

    private Path beside(String suffix) {
        return file.resolveSibling(file.getFileName() + "." + suffix);
    }

    private static void keep(Path as, Path what) throws IOException {
        if (!Files.exists(as)) {
            Files.createLink(as, what);
        }
    }

    private void force() throws IOException {
        try (var directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}
