package io.kreislauf.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.audit.Breach;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.stream.Outbox;
import io.kreislauf.testing.OfflineVerifier;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audit and offline verifier follow the keys from voucher to voucher, and name one that nobody vouched for. In a database of its own. */
@QuarkusTest
class KeyChainIT {

    @Inject
    ObjectMapper json;

    @TempDir
    Path files;

    private final Book book = new Book(UUID.randomUUID());
    private OtherInstallation installation;
    private OfflineVerifier verifier;
    private Path keyFile;
    private String oldKey;
    private String newKey;
    private UUID late;

    /** Two heads by the first key, two by the one that replaced it. */
    @BeforeEach
    void aReplacedKey() throws Exception {
        verifier = new OfflineVerifier(files);
        keyFile = files.resolve("key");
        installation = new OtherInstallation("keys");
        new Ledger(installation.application()).open(book, BookKind.ORGANISATION);
        deposited();
        deposited();
        oldKey = SigningKey.in(keyFile).id();
        newKey = installation.inTransaction(joined -> sealing(joined, keyFile).rotateKey());
        deposited();
        late = deposited();
    }

    @AfterEach
    void drop() throws Exception {
        installation.close();
    }

    private Sealing sealing(DataSource dataSource, Path key) {
        return new Sealing(dataSource, new Outbox(dataSource, json), new Folding(dataSource), key);
    }

    private UUID deposited() throws Exception {
        return deposited(keyFile);
    }

    /** Posts, and seals what was posted under a head of its own. */
    private UUID deposited(Path key) throws Exception {
        var entry = new Ledger(installation.application()).post(new CapitalAdvanced(UUID.randomUUID(), book, "USD", 100, "test"), null).orElseThrow().entryId();
        var folding = new Folding(installation.application());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            folding.untilSettled();
            installation.inTransaction(joined -> sealing(joined, key).seal());
            try (var connection = installation.application().getConnection()) {
                return new SealRows(connection).leafNo(entry).isPresent();
            }
        });
        return entry;
    }

    private List<Breach> breaches() {
        return new SealProbe(installation.application(), keyFile).breaches(true);
    }

    private String inclusion() throws Exception {
        return json.writeValueAsString(new Proofs(installation.application()).inclusion(late, List.of(book), ids -> Map.of()).orElseThrow());
    }

    private String consistency() throws Exception {
        return json.writeValueAsString(new Proofs(installation.application()).consistency(1, 4));
    }

    private void tamper(String... statements) throws Exception {
        try (var connection = installation.superuser(); var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** A key in the table, and all heads from a size on signed with it. */
    private void forge(SigningKey forged, String vouchedBy, byte[] voucher, long fromSize) throws Exception {
        try (var connection = installation.superuser(); var statement = connection.createStatement();
             var insert = connection.prepareStatement("insert into ledger_key (key_id, public_key, vouched_by, voucher) values (?, ?, ?, ?)");
             var update = connection.prepareStatement("update ledger_head set key_id = ?, signature = ? where tree_size = ?")) {
            statement.execute("set session_replication_role = replica");
            insert.setString(1, forged.id());
            insert.setBytes(2, forged.publicKey());
            insert.setString(3, vouchedBy);
            insert.setBytes(4, voucher);
            insert.executeUpdate();
            for (var head : new HeadRows(connection).between(0, Long.MAX_VALUE)) {
                if (head.treeSize() >= fromSize) {
                    var signed = new Head(head.treeSize(), head.root(), head.tx(), head.firmAt(), head.sealedAt(), forged.id(), null).signedWith(forged);
                    update.setString(1, forged.id());
                    update.setBytes(2, signed.signature());
                    update.setLong(3, head.treeSize());
                    update.executeUpdate();
                }
            }
        }
    }

    private void isWrong(String proof, String says, String... more) throws Exception {
        var verdict = verifier.verify(proof, more);
        assertEquals(1, verdict.exit(), verdict.says());
        assertTrue(verdict.says().contains(says), verdict.says());
    }

    @Test
    void aReplacedKeyIsAcceptedByWhoeverTrustsTheOldOne() throws Exception {
        assertEquals(List.of(), breaches());
        for (var proof : List.of(inclusion(), consistency())) {
            for (var trusted : List.of(oldKey, newKey)) {
                var verdict = verifier.verify(proof, "--key", trusted);
                assertEquals(0, verdict.exit(), verdict.says());
            }
            assertEquals(0, verifier.verify(proof).exit());
        }
        var newest = installation.inTransaction(joined -> sealing(joined, keyFile).rotateKey());
        assertEquals(List.of(), breaches(), "replaced, and nothing sealed yet");
        late = deposited();
        assertEquals(List.of(), breaches());
        var verdict = verifier.verify(inclusion(), "--key", oldKey);
        assertEquals(0, verdict.exit(), verdict.says());
        assertTrue(verdict.says().contains("signed by key " + newest), verdict.says());
    }

    @Test
    void aForgedKeyWithAForgedVoucherIsNamed() throws Exception {
        var forged = SigningKey.made();
        forge(forged, newKey, forged.sign(forged.publicKey()), 4);
        var says = "key " + forged.id() + " is forged: key " + newKey + " does not vouch for it";
        assertTrue(breaches().contains(new Breach("key " + forged.id(), "is forged: key " + newKey + " does not vouch for it")), breaches().toString());
        isWrong(inclusion(), says);
        isWrong(inclusion(), says, "--key", oldKey);
        isWrong(consistency(), says);
    }

    @Test
    void aForgedKeyWithoutVoucherIsNamed() throws Exception {
        var forged = SigningKey.made();
        forge(forged, null, null, 4);
        assertTrue(breaches().contains(new Breach("key " + forged.id(), "signed head 4, and key " + newKey + " of the head before does not vouch for it")),
                breaches().toString());
        isWrong(inclusion(), "not by the one you trust", "--key", oldKey);
        isWrong(consistency(), "for which key " + oldKey + " of the earlier head does not vouch");
    }

    @Test
    void aForgedKeyThatSignedNothingIsNamed() throws Exception {
        var forged = SigningKey.made();
        forge(forged, null, null, 1_000);
        assertEquals(List.of(new Breach("key " + forged.id(), "is forged: it signed nothing, and no key vouches for it")), breaches());
    }

    @Test
    void aHistoryThatIsSignedAnewThroughoutDoesNotLeadToTheKeyOfTheInstallation() throws Exception {
        tamper("delete from ledger_key");
        var forged = SigningKey.made();
        forge(forged, null, null, 1);
        assertEquals(List.of(new Breach("key " + forged.id(), "signed head 4, the last one, and does not vouch for this installation's key " + newKey)), breaches());
        isWrong(inclusion(), "not by the one you trust", "--key", oldKey);
    }

    private Path beside(String suffix) {
        return files.resolve("key." + suffix);
    }

    /** What is sealed next is signed by this key, to which the chain leads, and of a replacement under way nothing is left. */
    private void goesOnWith(String key) throws Exception {
        late = deposited();
        assertEquals(List.of(), breaches());
        assertEquals(key, SigningKey.in(keyFile).id());
        assertFalse(Files.exists(beside("next")));
        var verdict = verifier.verify(inclusion(), "--key", oldKey);
        assertEquals(0, verdict.exit(), verdict.says());
        assertTrue(verdict.says().contains("signed by key " + key), verdict.says());
    }

    /** The process is gone between any two steps; whoever looks next finishes what was committed, and forgets what was not. */
    @Test
    void aReplacementCutOffAnywhereLeavesAKeyThatTheChainKnows() throws Exception {
        assertThrows(InterruptedException.class, () -> installation.inTransaction(joined -> {
            sealing(joined, keyFile).rotateKey();
            throw new InterruptedException("before the commit");
        }));
        assertEquals(newKey, SigningKey.in(keyFile).id());
        assertEquals(List.of(), breaches());
        goesOnWith(newKey);

        var third = installation.inTransaction(joined -> sealing(joined, keyFile).rotateKey());
        assertEquals(newKey, SigningKey.in(keyFile).id(), "committed, and cut off before the file was replaced");
        assertEquals(List.of(), breaches());
        goesOnWith(third);
        assertEquals(newKey, SigningKey.in(beside(newKey)).id(), "the old one is kept");

        var fourth = installation.inTransaction(joined -> sealing(joined, keyFile).rotateKey());
        Files.createLink(beside(third), keyFile);
        goesOnWith(fourth);

        installation.inTransaction(joined -> sealing(joined, keyFile).rotateKey());
        var sixth = installation.inTransaction(joined -> sealing(joined, keyFile).rotateKey());
        goesOnWith(sixth);
    }

    @Test
    void aFileThatIsGoneOrUnknownToTheDatabaseIsMendedWithTheKeyThatSignedLast() throws Exception {
        Files.move(keyFile, beside(newKey));
        goesOnWith(newKey);

        Files.delete(keyFile);
        var unknown = SigningKey.made();
        unknown.writeTo(keyFile);
        goesOnWith(unknown.id());
    }

    @Test
    void inAnotherClusterAKeyMayBeNew() throws Exception {
        tamper("insert into ledger_era (system_identifier, tx_offset) select 4712, tx_offset from ledger_era order by era desc limit 1");
        keyFile = files.resolve("key-of-the-other-cluster");
        late = deposited();
        assertEquals(List.of(), breaches());
        isWrong(inclusion(), "not by the one you trust", "--key", oldKey);
    }
}
