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
import io.kreislauf.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.UUID;
import java.util.stream.IntStream;
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
