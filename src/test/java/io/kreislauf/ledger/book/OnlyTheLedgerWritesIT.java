package io.kreislauf.ledger.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.seal.Sealing;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestFunds;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** Each plain statement on each table of the ledger, as the catalogue lists them, of the application and of the owner: what is refused, and by what. */
@QuarkusTest
class OnlyTheLedgerWritesIT {

    /** What the application may add, because it is checked when it is added, or found by the audit when it is wrong. */
    private static final Set<String> ADDED_PLAINLY = Set.of("ledger_book", "ledger_entry", "ledger_key", "ledger_leaf", "ledger_node", "ledger_head", "ledger_look",
            "ledger_audit");
    /** Written anew by the ledger's own functions; all others are never changed by anyone. */
    private static final Set<String> CHANGED_BY_FUNCTIONS = Set.of("ledger_book", "ledger_day", "ledger_firm_candidate", "ledger_fold", "ledger_guard", "ledger_leg",
            "ledger_sum");

    private static final String NO_PRIVILEGE = "42501";

    @Inject
    Ledger ledger;
    @Inject
    Folding folding;
    @Inject
    Sealing sealing;

    private final UUID org = UUID.randomUUID();

    @BeforeEach
    void somethingIsInEachTable() {
        TestFunds.deposit(org, "USD", 100);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            sealing.now();
            return !texts("select 1 from ledger_leaf limit 1").isEmpty();
        });
    }

    private static List<String> texts(String sql) throws SQLException {
        try (var connection = TestDatabase.asOwner(); var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        }
    }

    private static List<String> tables() throws SQLException {
        return texts("select relname from pg_class where relname like 'ledger\\_%' and relkind = 'r' and relnamespace = 'public'::regnamespace order by 1");
    }

    /** The hint of our own refusals, else PostgreSQL's code; nothing if it was not refused. What was not refused is rolled back. */
    private static String refusal(Callable<Connection> asker, String sql) throws Exception {
        try (var connection = asker.call(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("set local lock_timeout = '20s'");
            try {
                statement.execute(sql);
                return "";
            } catch (PSQLException refused) {
                var said = refused.getServerErrorMessage();
                return said.getSQLState().equals("KL001") ? said.getHint() : said.getSQLState();
            } finally {
                connection.rollback();
            }
        }
    }

    @Test
    void changesRemovalsAndTruncationsOfEveryTable() throws Exception {
        var found = new TreeSet<String>();
        var expected = new TreeSet<String>();
        for (var table : tables()) {
            var column = texts("select column_name from information_schema.columns where table_name = '%s' and is_identity = 'NO' order by ordinal_position desc".formatted(table))
                    .getFirst();
            for (var sql : List.of("update %1$s set %2$s = %2$s", "delete from %1$s", "delete from %1$s where false", "truncate %1$s", "truncate %1$s cascade",
                    "merge into %1$s using (select 1) as one on true when matched then delete",
                    "do $do$ begin delete from %1$s; end $do$")) {
                var statement = sql.formatted(table, column);
                // What others refer to PostgreSQL does not truncate alone, whoever asks.
                var referredTo = sql.equals("truncate %1$s") && Set.of("ledger_book", "ledger_key").contains(table);
                expected.add("owner: " + statement + ": " + (referredTo ? "0A000" : CHANGED_BY_FUNCTIONS.contains(table) ? "LEDGER_ONLY" : "APPEND_ONLY"));
                found.add("owner: " + statement + ": " + refusal(TestDatabase::asOwner, statement));
                expected.add("application: " + statement + ": " + NO_PRIVILEGE);
                found.add("application: " + statement + ": " + refusal(TestDatabase::asApplication, statement));
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", found));
    }

    @Test
    void additionsToWhatOnlyFunctionsWrite() throws Exception {
        for (var table : tables()) {
            if (!ADDED_PLAINLY.contains(table)) {
                assertEquals("LEDGER_ONLY", refusal(TestDatabase::asOwner, "insert into " + table + " default values"), table);
                assertEquals(NO_PRIVILEGE, refusal(TestDatabase::asApplication, "insert into " + table + " default values"), table);
            }
        }
        assertEquals("LEDGER_ONLY", refusal(TestDatabase::asOwner, "insert into ledger_guard (book_id, commodity, account, amount) values ('%s', 'USD', 'CASH', 5)".formatted(org)));
        assertEquals(NO_PRIVILEGE, refusal(TestDatabase::asApplication, "insert into ledger_errand (errand, number) values ('fold', 1)"));
    }

    @Test
    void theFunctionsWorkAroundTheirTrigger() throws Exception {
        assertEquals("LEDGER_ONLY", refusal(TestDatabase::asOwner, "select ledger_project(0, 1, true)"));
        assertEquals("LEDGER_ONLY", refusal(TestDatabase::asOwner, "select ledger_close_period_inside('%s', current_date - 3)".formatted(org)));
        for (var function : List.of("ledger_project(0, 1, true)", "ledger_fold_settled_inside(1)", "ledger_fold_guards_inside(1)", "ledger_begin_era_inside()",
                "ledger_close_period_inside('%s', current_date - 3)".formatted(org))) {
            assertEquals(NO_PRIVILEGE, refusal(TestDatabase::asApplication, "select " + function), function);
        }
    }

    @Test
    void theFunctionsThemselvesWork() throws Exception {
        for (Callable<Connection> asker : List.<Callable<Connection>>of(TestDatabase::asApplication, TestDatabase::asOwner)) {
            for (var function : List.of("ledger_fold_settled(10)", "ledger_fold_guards(2)", "ledger_begin_era()", "ledger_close_period('%s', current_date - 30)".formatted(org))) {
                assertEquals("", refusal(asker, "select " + function), function);
            }
        }
        for (var i = 0; i < 3; i++) {
            TestFunds.deposit(org, "USD", 10);
        }
        assertEquals(1, texts("select ledger_fold_guards(3)").size());
        assertEquals(List.of("130"), texts("select amount from ledger_guard where book_id = '%s' and account = 'CASH'".formatted(org)), "one row of what were four");
        ledger.close(new Book(org), LocalDate.now(ZoneOffset.UTC).minusDays(60));
        assertThrows(RuntimeException.class, () -> ledger.close(new Book(org), LocalDate.now(ZoneOffset.UTC).minusDays(61)));
        assertEquals(1, texts("select closed_through from ledger_closing where book_id = '%s'".formatted(org)).size());
    }
}
