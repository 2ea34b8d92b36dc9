package io.kreislauf.ledger.book;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.Wage;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Each hot question goes by its index, whatever lies behind the watermark: no table that grows is read whole. */
@QuarkusTest
class PlansIT {

    @Inject
    Ledger ledger;
    @Inject
    Folding folding;

    private final Book org = new Book(UUID.randomUUID());
    private final Book anna = new Book(UUID.randomUUID());
    private final UUID project = UUID.randomUUID();
    private int posted;

    @Test
    void hotQuestionsGoByTheirIndexes() throws Exception {
        ledger.open(org, BookKind.ORGANISATION);
        ledger.open(anna, BookKind.PERSON);
        for (var i = 0; i < 3; i++) {
            ledger.postAll(IntStream.range(0, 1_000).mapToObj(n -> Posting.of(new WorkSubmitted(UUID.randomUUID(), n % 2 == 0 ? project : UUID.randomUUID(), org, anna,
                    LabourMillis.observed(1_000), Wage.none("USD")))).toList());
        }
        folding.untilSettled();
        try (var owner = TestDatabase.asOwner(); var sql = owner.createStatement()) {
            sql.execute("analyze ledger_entry, ledger_leg, ledger_day, ledger_sum, ledger_fold");
        }
        var account = Account.production(project, TimeClass.DIRECT).text();
        try (var connection = TestDatabase.asApplication()) {
            goesBy(plan(connection, Balances.NOW, org.id(), account, account + " ", Commodity.LABOUR.text()), "ledger_sum_pkey", "ledger_entry_order");
            goesBy(plan(connection, Balances.NOW, org.id(), "", "~", null), "ledger_sum", "ledger_entry_order");
            goesBy(plan(connection, Balances.THEN, org.id(), account, account + " ", Commodity.LABOUR.text(), "2026-01-01T00:00:00Z", null),
                    "ledger_day_pkey", "ledger_leg_pkey", "ledger_entry_order");
            goesBy(plan(connection, LegSql.PAGE_OF_ACCOUNTS, org.id(), account, account + "~", Commodity.LABOUR.text(), null, 0, null, null, 0L, 0L, 0, 50),
                    "ledger_leg_pkey", "ledger_entry_pkey", "ledger_entry_order");
            goesBy(plan(connection, LegSql.PAGE_OF_BOOK, org.id(), "", "~", null, null, 0, null, null, 0L, 0L, 0, 50),
                    "ledger_leg_book", "ledger_entry_pkey", "ledger_entry_order");
            var then = "2026-01-01T00:00:00Z";
            goesBy(plan(connection, LegSqlThen.PAGE_OF_ACCOUNTS, org.id(), account, account + "~", Commodity.LABOUR.text(), null, 0, null, null, then, then, 0L, 0L, 0, 50),
                    "ledger_day_pkey", "ledger_leg_pkey", "ledger_entry_pkey", "ledger_entry_order");
            goesBy(plan(connection, LegSqlThen.PAGE_OF_BOOK, org.id(), "", "~", null, null, 0, null, null, null, then, 0L, 0L, 0, 50),
                    "ledger_day", "ledger_leg_book", "ledger_entry_pkey", "ledger_entry_order");
            goesBy(plan(connection, LegSqlThen.TOTAL_OF_ACCOUNTS, org.id(), account, account + "~", Commodity.LABOUR.text(), null, 0, null, null, then, null),
                    "ledger_day_pkey", "ledger_leg_pkey", "ledger_entry_order");
            goesBy(plan(connection, LegSqlThen.TOTAL, org.id(), account, account + "~", Commodity.LABOUR.text(), null, 1, null, null, then, null),
                    "ledger_day_pkey", "ledger_leg_pkey", "ledger_entry_order");
            goesBy(plan(connection, LegSql.TOTAL_OF_ACCOUNTS, org.id(), account, account + "~", Commodity.LABOUR.text(), null, 0, null, null),
                    "ledger_sum", "ledger_entry_order");
        }
    }

    /** As of a moment long ago: what was posted between then and an entry that came late is not read. */
    @Test
    void anEntryThatCameLateDoesNotMakeAStatementReadWhatLiesBetween() throws Exception {
        ledger.open(org, BookKind.ORGANISATION);
        ledger.open(anna, BookKind.PERSON);
        worked(20, null);
        var then = TestClock.now();
        TestClock.advance(Duration.ofDays(1));
        worked(3_000, null);
        TestClock.advance(Duration.ofDays(1));
        worked(1, then.minusSeconds(1));
        var account = Account.production(project, TimeClass.DIRECT).text();
        var at = then.toString();
        try (var connection = TestDatabase.asApplication()) {
            connection.setAutoCommit(false);
            assertRead(21, 100, connection, LegSqlThen.PAGE_OF_ACCOUNTS, org.id(), account, account + "~", Commodity.LABOUR.text(), null, 0, null, null, at, null, 0L, 0L, 0, 50);
            assertRead(42, 200, connection, LegSqlThen.PAGE_OF_BOOK, org.id(), "", "~", null, null, 0, null, null, at, null, 0L, 0L, 0, 50);
            assertRead(1, 100, connection, LegSqlThen.TOTAL, org.id(), account, account + "~", Commodity.LABOUR.text(), null, 1, null, null, at, null);
        }
    }

    private void worked(int entries, Instant at) {
        for (var left = entries; left > 0; left -= 1_000) {
            ledger.postAll(IntStream.range(0, Math.min(left, 1_000)).mapToObj(n -> Posting.of(new WorkSubmitted(UUID.randomUUID(), project, org, anna,
                    LabourMillis.observed(1), Wage.none("USD")), at)).toList());
        }
        posted += entries;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            folding.untilSettled();
            try (var connection = TestDatabase.asApplication(); var select = connection.createStatement();
                 var row = select.executeQuery("select coalesce(sum(legs), 0) from ledger_sum where book_id = '" + org + "'")) {
                return row.next() && row.getLong(1) == 2L * posted;
            }
        });
    }

    private static void assertRead(int found, long legsMax, Connection connection, String question, Object... values) throws Exception {
        var before = legsRead(connection);
        try (var select = connection.prepareStatement(question)) {
            for (var i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            try (var row = select.executeQuery()) {
                for (var i = 0; i < found; i++) {
                    assertTrue(row.next(), i + " of " + found);
                }
                assertFalse(row.next(), "more than " + found);
            }
        }
        var read = legsRead(connection) - before;
        assertTrue(read >= found && read <= legsMax, read + " legs read");
    }

    private static long legsRead(Connection connection) throws Exception {
        try (var select = connection.createStatement();
             var row = select.executeQuery("select seq_tup_read + idx_tup_fetch from pg_stat_xact_user_tables where relname = 'ledger_leg'")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void goesBy(String plan, String... indexes) {
        for (var index : indexes) {
            assertTrue(plan.contains(index), index + " is not used:\n" + plan);
        }
        for (var table : new String[] {"ledger_entry", "ledger_leg"}) {
            assertFalse(plan.contains("Seq Scan on " + table), table + " is read whole:\n" + plan);
        }
    }

    /** The values stand in a table of one row of the question itself: the plan is the same for all. */
    private static String plan(Connection connection, String question, Object... values) throws Exception {
        try (var explain = connection.prepareStatement("explain " + question)) {
            for (var i = 0; i < values.length; i++) {
                explain.setObject(i + 1, values[i]);
            }
            var lines = new ArrayList<String>();
            try (var row = explain.executeQuery()) {
                while (row.next()) {
                    lines.add(row.getString(1));
                }
            }
            return String.join("\n", lines);
        }
    }
}
