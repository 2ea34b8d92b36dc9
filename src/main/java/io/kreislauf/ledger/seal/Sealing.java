package io.kreislauf.ledger.seal;

import io.kreislauf.ledger.book.Folding;
import io.kreislauf.stream.Outbox;
import io.kreislauf.stream.Topic;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Adds settled entries to the tree and signs its head, without a lock in the path of those who write: only below the
 * watermark, because ids do not commit in order. Heads go to Kafka by the outbox, in the same transaction.
 */
@ApplicationScoped
public class Sealing {

    private static final int ENTRIES_PER_SEAL_MAX = 20_000;

    /** All heads have one key, so that they stay in order. */
    private static final UUID TREE = UUID.nameUUIDFromBytes("io.kreislauf.ledger".getBytes());

    /** A head as it is published. Bytes are lower-case hex, the signature Base64. */
    public record PublishedHead(long treeSize, String root, long tx, Instant firmAt, Instant sealedAt, String keyId, String signature) {
        static PublishedHead of(Head head) {
            return new PublishedHead(head.treeSize(), HexFormat.of().formatHex(head.root()), head.tx(), head.firmAt(), head.sealedAt(), head.keyId(),
                    Base64.getEncoder().encodeToString(head.signature()));
        }
    }

    private final DataSource dataSource;
    private final Outbox outbox;
    private final Folding folding;
    private final KeyFile keyFile;
    private volatile boolean mayBeLate = true;

    /** @param keyFile where the private key is kept; one is made if there is none */
    public Sealing(DataSource dataSource, Outbox outbox, Folding folding, @ConfigProperty(name = "kreislauf.ledger.signing-key") Path keyFile) {
        this.dataSource = dataSource;
        this.outbox = outbox;
        this.folding = folding;
        this.keyFile = new KeyFile(keyFile);
    }

    /** In a restored cluster transaction ids start anew: they are lifted above the old ones before anything is written. */
    @Transactional
    void beginEra(@Observes StartupEvent started) {
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement();
             var row = statement.executeQuery("select ledger_begin_era()")) {
            row.next();
        } catch (SQLException failure) {
            throw new IllegalStateException("The ledger could not be opened.", failure);
        }
    }

    @Scheduled(every = "${kreislauf.ledger.seal-every:2s}", concurrentExecution = ConcurrentExecution.SKIP)
    void regularly() {
        while (seal() == ENTRIES_PER_SEAL_MAX) {
            Thread.onSpinWait();
        }
    }

    /** Settles and seals everything that can be; for whoever needs a head now. */
    public void now() {
        folding.untilSettled();
        regularly();
    }

    /** Seals some settled entries; returns how many. */
    @Transactional
    public int seal() {
        try (var connection = dataSource.getConnection()) {
            var rows = new SealRows(connection);
            var folded = rows.folded();
            if (folded.isEmpty() || !rows.lock()) {
                return 0;
            }
            var keys = new KeyRows(connection);
            keyFile.settle(keys);
            var heads = new HeadRows(connection);
            var last = heads.latest();
            var entries = rows.unsealed(last.map(Head::tx).orElse(0L), folded.get().tx(), mayBeLate && rows.restoredSinceLastHead(),
                    ENTRIES_PER_SEAL_MAX);
            if (entries.isEmpty()) {
                mayBeLate = false;
                return 0;
            }
            var key = keyFile.current(keys, last);
            var tree = new Growing(rows.leaves(), rows.nodes());
            var firstLeaf = tree.size();
            var hashes = new ArrayList<byte[]>();
            var nodes = new ArrayList<Growing.Node>();
            for (var entry : entries) {
                var hash = entry.leafHash();
                hashes.add(hash);
                nodes.addAll(tree.add(hash));
            }
            rows.insert(firstLeaf, entries, hashes, nodes);
            var complete = entries.size() < ENTRIES_PER_SEAL_MAX;
            // A seal that stops in the middle of the settled entries promises nothing yet about time.
            var tx = complete ? folded.get().tx() : Math.max(entries.getLast().tx(), last.map(Head::tx).orElse(0L));
            var firm = complete ? folded.get().firmAt() : last.map(Head::firmAt).orElse(Instant.EPOCH);
            var head = new Head(tree.size(), tree.root(), tx, firm, rows.now(), key.id(), null).signedWith(key);
            heads.insert(head);
            outbox.add(Topic.LEDGER_HEADS, "io.kreislauf.ledger.head.v1", TREE, PublishedHead.of(head));
            return entries.size();
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException("The ledger could not be sealed: " + failure.getMessage(), failure);
        }
    }

    /**
     * Makes a new key, which the old one vouches for. Returns its id. Once that is committed, heads are signed with it; its file takes the place of the old one
     * with the next seal, or with the next look for something to seal.
     */
    @Transactional
    public String rotateKey() {
        try (var connection = dataSource.getConnection()) {
            new SealRows(connection).await();
            var keys = new KeyRows(connection);
            var old = keyFile.current(keys, new HeadRows(connection).latest());
            var fresh = keyFile.prepared();
            keys.know(fresh, old);
            return fresh.id();
        } catch (SQLException | IOException failure) {
            throw new IllegalStateException("The signing key could not be replaced.", failure);
        }
    }
}
