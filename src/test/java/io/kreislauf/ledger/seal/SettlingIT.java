package io.kreislauf.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.book.Ledger;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What holds up settling, and so sealing: an open transaction of this database, and of no other one. */
@QuarkusTest
class SettlingIT {

    private final Book book = new Book(UUID.randomUUID());

    @Test
    void aLongTransactionHoldsUpItsOwnDatabaseOnly() throws Exception {
        try (var here = new OtherInstallation("settling"); var other = new OtherInstallation("neighbour")) {
            var ledger = new Ledger(here.application());
            ledger.open(book, BookKind.ORGANISATION);
            try (var neighbour = busy(other)) {
                deposit(ledger);
                Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(1, folded(here)));
                try (var own = busy(here)) {
                    deposit(ledger);
                    assertEquals(1, folded(here), "an entry with a lower transaction could still appear");
                    try (var statement = own.createStatement()) {
                        statement.execute("""
                                insert into ledger_entry (event, body, body_hash, idempotency_key, source_kind, source_id, books, commodities, accounts, amounts)
                                values ('Test', '{}', sha256('x'), 'late', 'test', gen_random_uuid(), '{%s,%s}', '{USD,USD}', '{CASH,CAPITAL}', '{1,-1}')
                                """.formatted(book, book));
                    }
                    own.commit();
                }
                Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(3, folded(here)));
                assertTrue(!neighbour.isClosed(), "the neighbour's transaction was open all the time");
                neighbour.commit();
            }
        }
    }

    @Test
    void foldingDoesNotWaitForWhoeverLowersAGuardedAccount() throws Exception {
        try (var here = new OtherInstallation("folding")) {
            var ledger = new Ledger(here.application());
            ledger.open(book, BookKind.ORGANISATION);
            for (int i = 0; i < 250; i++) {
                deposit(ledger);
            }
            try (var lowering = here.application().getConnection(); var lock = lowering.createStatement()) {
                lowering.setAutoCommit(false);
                lock.execute("select ledger_guard_lock('%s', 'CASH', 'USD')".formatted(book));
                assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertEquals(250, folded(here)));
                assertEquals(250, movements(here), "its turn comes when nobody has it");
                lowering.commit();
            }
            deposit(ledger);
            Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(251, folded(here)));
            assertEquals(1, movements(here));
        }
    }

    private static long movements(OtherInstallation installation) throws Exception {
        try (var connection = installation.application().getConnection(); var row = connection.createStatement().executeQuery("select count(*) from ledger_guard")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** A session with a transaction id and no end yet. */
    private static Connection busy(OtherInstallation installation) throws Exception {
        var connection = installation.application().getConnection();
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_current_xact_id()");
        }
        return connection;
    }

    private void deposit(Ledger ledger) {
        ledger.post(new CapitalAdvanced(UUID.randomUUID(), book, "USD", 100, "test"), null);
    }

    private static long folded(OtherInstallation installation) throws Exception {
        new Folding(installation.application()).untilSettled();
        try (var connection = installation.application().getConnection();
             var row = connection.createStatement().executeQuery("select coalesce(sum(legs), 0) from ledger_sum where account = 'CASH'")) {
            row.next();
            return row.getLong(1);
        }
    }
}
