package io.kreislauf.ledger.seal;

import io.kreislauf.ledger.audit.Breach;
import io.kreislauf.ledger.seal.KeyRows.PublicKeyRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the heads were signed by one key after the other, each vouched for by the one before, up to the key in this installation's file, which
 * whoever writes the database does not hold. Only in another cluster can a key be new without a voucher: the old one may not have come along.
 */
final class KeyCheck {

    private final Connection connection;
    private final Path keyFile;

    KeyCheck(Connection connection, Path keyFile) {
        this.connection = connection;
        this.keyFile = keyFile;
    }

    /**
     * A second look after whoever replaces the key just now is done: its file and its row are not written in one instant.
     *
     * @param fromSize of heads before that of this size it is known already
     */
    List<Breach> breaches(long fromSize) throws SQLException {
        var breaches = look(fromSize);
        if (breaches.isEmpty()) {
            return breaches;
        }
        new SealRows(connection).await();
        return look(fromSize);
    }

    private List<Breach> look(long fromSize) throws SQLException {
        var heads = new HeadRows(connection);
        var last = heads.latest();
        var eras = new SealRows(connection).eras();
        var keys = new KeyChain(new KeyRows(connection).all());
        var breaches = new ArrayList<Breach>();
        for (var key : keys.all()) {
            keys.wrong(key).ifPresent(what -> breaches.add(new Breach("key " + key.keyId(), what)));
            if (key.vouchedBy() == null && leadsNowhere(key, keys) && !heads.anyBy(key.keyId())) {
                breaches.add(new Breach("key " + key.keyId(), "is forged: it signed nothing, and no key vouches for it"));
            }
        }
        for (var change : heads.keyChanges(fromSize)) {
            var before = change.before();
            var head = change.head();
            if (!keys.leads(before.keyId(), head.keyId()) && !beginsAnew(keys, before, head, eras)) {
                breaches.add(new Breach("key " + head.keyId(), "signed head " + head.treeSize() + ", and key " + before.keyId() + " of the head before does not vouch for it"));
            }
        }
        if (last.isPresent() && Files.exists(keyFile)) {
            var own = SigningKey.in(keyFile).id();
            if (!keys.leads(last.get().keyId(), own) && eras.stream().noneMatch(began -> began.isAfter(last.get().sealedAt()))) {
                breaches.add(new Breach("key " + last.get().keyId(), "signed head " + last.get().treeSize() + ", the last one, and does not vouch for this installation's key "
                        + own));
            }
        }
        return breaches;
    }

    private static boolean leadsNowhere(PublicKeyRow key, KeyChain keys) {
        return keys.all().stream().noneMatch(other -> key.keyId().equals(other.vouchedBy()));
    }

    private static boolean beginsAnew(KeyChain keys, Head before, Head head, List<Instant> eras) {
        return keys.to(head.keyId()).stream().limit(1).anyMatch(first -> !keys.leads(first.keyId(), before.keyId()))
                && eras.stream().anyMatch(began -> began.isAfter(before.sealedAt()) && !began.isAfter(head.sealedAt()));
    }
}
