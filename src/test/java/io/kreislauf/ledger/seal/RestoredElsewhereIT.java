package io.kreislauf.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.audit.AuditCheck;
import io.kreislauf.ledger.audit.FromZero;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.stream.Outbox;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sealing goes on after a dump is restored in another cluster, whose transaction ids are far below those of the entries that it
 * gets. The old cluster is played by a database whose era names another system and a high offset.
 */
@QuarkusTest
class RestoredElsewhereIT {

    private static final long LONG_LIVED = 1_000_000_000L;
    private static final Commodity USD = Commodity.money("USD");
    private static final List<String> TABLES = List.of("ledger_book", "ledger_closing", "ledger_era", "ledger_entry", "ledger_guard", "ledger_fold",
            "ledger_firm_candidate", "ledger_leg", "ledger_day", "ledger_sum", "ledger_key", "ledger_leaf", "ledger_node", "ledger_head");

    @Inject
    ObjectMapper json;
    @Inject
    @All
    List<AuditCheck> checks;

    @TempDir
    Path files;

    private final Book book = new Book(UUID.randomUUID());

    @Test
    void theTreeGrowsOnAboveTheOldOne() throws Exception {
        try (var old = new OtherInstallation("old"); var elsewhere = new OtherInstallation("elsewhere")) {
            livedLongInAnotherCluster(old);
            new Ledger(old.application()).open(book, BookKind.ORGANISATION);
            for (var i = 0; i < 5; i++) {
                deposit(old, 100);
            }
            var before = sealedTo(old, 5);

            elsewhere.restoreFrom(old, TABLES);
            deposit(elsewhere, 1);
            assertTrue(oneTx(elsewhere, "select min(tx) from ledger_entry") < LONG_LIVED, "written before the application started: below the watermark");
            assertTrue(begins(elsewhere), "another cluster");
            assertFalse(begins(elsewhere), "the second start finds the same one");
            for (var i = 0; i < 3; i++) {
                deposit(elsewhere, 10);
            }
            assertTrue(oneTx(elsewhere, "select min(tx) from (select tx from ledger_entry order by posted_at desc limit 3) last") > before.tx(),
                    "new entries come after all old ones");
            var after = sealedTo(elsewhere, 9);

            assertTrue(after.tx() > before.tx());
            assertFalse(after.firmAt().isBefore(before.firmAt()));
            try (var there = elsewhere.application().getConnection()) {
                assertArrayEquals(before.root(), new HeadRows(there).of(5).orElseThrow().root(), "the old head came along");
                Verification.requireConsistent(5, 9, before.root(), after.root(), new MerkleTree(new SealRows(there).nodes()).consistency(5, 9));
            }
            assertEquals(List.of(), new SealProbe(elsewhere.application(), files.resolve("key")).breaches(true));
            assertEquals(List.of(), breaches(elsewhere));
            assertEquals(531, new Balances(elsewhere.application()).of(book, USD, Account.CASH));
            assertEquals(9, oneTx(elsewhere, "select sum(legs) from ledger_sum where account = 'CASH'"), "every entry is folded in once");
        }
    }

    private static void livedLongInAnotherCluster(OtherInstallation old) throws Exception {
        try (var connection = old.superuser(); var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            statement.execute("update ledger_era set system_identifier = 4711, tx_offset = " + LONG_LIVED);
            statement.execute("alter table ledger_entry alter column tx set default (" + LONG_LIVED
                    + " + cast(cast(pg_current_xact_id() as text) as bigint))");
        }
    }

    private void deposit(OtherInstallation into, long amount) {
        new Ledger(into.application()).post(new CapitalAdvanced(UUID.randomUUID(), book, "USD", amount, "test"), null);
    }

    private boolean begins(OtherInstallation installation) throws Exception {
        return installation.inTransaction(joined -> {
            try (var connection = joined.getConnection(); var row = connection.createStatement().executeQuery("select ledger_begin_era()")) {
                row.next();
                return row.getBoolean(1);
            }
        });
    }

    /** Seals as the application does, until there is a head of so many entries. */
    private Head sealedTo(OtherInstallation installation, long size) {
        var folding = new Folding(installation.application());
        return Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            folding.untilSettled();
            return installation.inTransaction(joined -> {
                new Sealing(joined, new Outbox(joined, json), folding, files.resolve("key")).seal();
                try (var connection = joined.getConnection()) {
                    return new HeadRows(connection).latest();
                }
            });
        }, head -> head.isPresent() && head.get().treeSize() == size && !head.get().firmAt().equals(java.time.Instant.EPOCH)).orElseThrow();
    }

    private static long oneTx(OtherInstallation installation, String sql) throws Exception {
        try (var connection = installation.application().getConnection(); var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Every check of the running audit, from zero. */
    private List<String> breaches(OtherInstallation installation) throws Exception {
        assertNotEquals(0, checks.size());
        var breaches = new ArrayList<String>();
        try (var connection = installation.application().getConnection(); var statement = connection.createStatement()) {
            for (var check : checks) {
                try (var row = statement.executeQuery(FromZero.of(check))) {
                    while (row.next()) {
                        breaches.add(check.invariant() + ": " + row.getString(1) + " " + row.getString(2));
                    }
                }
            }
        }
        return breaches;
    }
}
