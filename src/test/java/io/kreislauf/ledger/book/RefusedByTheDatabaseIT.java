package io.kreislauf.ledger.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;

/** Plain SQL, as the application's role and as the owner of the tables: whoever asks, what is wrong is refused. */
@QuarkusTest
class RefusedByTheDatabaseIT {

    private record Asker(String name, Callable<Connection> connect) {}

    private static final List<Asker> ASKERS = List.of(
            new Asker("application", TestDatabase::asApplication), new Asker("owner", TestDatabase::asOwner));

    private final UUID org = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();
    private final UUID anna = UUID.randomUUID();
    private final UUID ben = UUID.randomUUID();

    @BeforeEach
    void books() throws Exception {
        try (var connection = TestDatabase.asApplication(); var sql = connection.createStatement()) {
            sql.execute("insert into ledger_book (book_id, kind) values ('%s','organisation'), ('%s','organisation'), ('%s','person'), ('%s','person')"
                    .formatted(org, other, anna, ben));
        }
    }

    private String insert(String key, String books, String commodities, String accounts, String amounts, String more) {
        var columns = more.isEmpty() ? "" : ", " + more.substring(0, more.indexOf('='));
        var values = more.isEmpty() ? "" : ", " + more.substring(more.indexOf('=') + 1);
        return """
                insert into ledger_entry (event, body, body_hash, idempotency_key, source_kind, source_id, books, commodities, accounts, amounts%s)
                values ('Test', '{}', sha256('x'), '%s', 'test', gen_random_uuid(), '{%s}', '{%s}', '{%s}', '{%s}'%s)
                """.formatted(columns, key, books, commodities, accounts, amounts, values);
    }

    private String deposit(String key, long amount) {
        return insert(key, org + "," + org, "USD,USD", "CASH,CAPITAL", amount + "," + -amount, "");
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static void run(Asker asker, String sql) throws Exception {
        try (var connection = asker.connect().call(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Of both, and for the same reason: a hint, a constraint or, where PostgreSQL itself refuses, the message. */
    private void refused(String why, String sql) {
        ASKERS.forEach(asker -> refused(asker, why, sql));
    }

    private static void refused(Asker asker, String why, String sql) {
        var failure = assertThrows(SQLException.class, () -> run(asker, sql), asker.name() + ": " + sql);
        var said = ((PSQLException) failure).getServerErrorMessage();
        assertTrue((said.getHint() + " " + said.getConstraint() + " " + said.getMessage()).contains(why), asker.name() + ": " + said);
    }

    /** The application has not even the privilege; the owner meets the trigger. */
    private static void refusedChange(String sql) {
        refused(ASKERS.getFirst(), "permission denied for table ledger_entry", sql);
        refused(ASKERS.getLast(), "APPEND_ONLY", sql);
    }

    @Test
    void anUnbalancedEntryInABookOrInACommodity() {
        refused("ledger_entry_balanced", insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "10,-9", ""));
        refused("ledger_entry_balanced", insert(key(), org + "," + other, "USD,USD", "CASH,CAPITAL", "10,-10", ""));
        refused("ledger_entry_balanced", insert(key(), org + "," + org, "USD,EUR", "CASH,CAPITAL", "10,-10", ""));
        refused("ledger_entry_balanced", insert(key(), org + "," + org, "LABOUR,LABOUR_DECLARED", "LOST:search,EXPENDED:search", "10,-10", ""));
    }

    @Test
    void legsThatAreMissingOrNoLegs() {
        refused("ledger_entry_legs", insert(key(), "", "", "", "", ""));
        refused("ledger_entry_legs", insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "0,0", ""));
        refused("ledger_entry_legs", insert(key(), org.toString(), "USD,USD", "CASH,CAPITAL", "5,-5", ""));
        refused("ledger_entry_legs", insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "5,null", ""));
        refused("ledger_entry_amounts", insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "1000000000000001,-1000000000000001", ""));
        refused("out of range", insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "9223372036854775808,-9223372036854775808", ""));
        refused("ledger_entry_commodities", insert(key(), org + "," + org, "dollars,dollars", "CASH,CAPITAL", "5,-5", ""));
        refused("ledger_entry_accounts", insert(key(), org + "," + org, "USD,USD", "CASH,PIGGYBANK", "5,-5", ""));
    }

    @Test
    void changingRemovingOrEmptying() throws Exception {
        var key = key();
        run(ASKERS.getFirst(), deposit(key, 10));
        refusedChange("update ledger_entry set amounts = '{20,-20}' where idempotency_key = '" + key + "'");
        refusedChange("update ledger_entry set accounts = accounts || '{CASH}' where idempotency_key = '" + key + "'");
        refusedChange("delete from ledger_entry where idempotency_key = '" + key + "'");
        refusedChange("truncate ledger_entry cascade");
        refusedChange(deposit(key, 10).strip() + " on conflict (idempotency_key) do update set amounts = '{1,-1}'");
    }

    @Test
    void aKeyUsedTwice() throws Exception {
        var key = key();
        run(ASKERS.getFirst(), deposit(key, 10));
        refused("ledger_entry_key", deposit(key, 11));
    }

    /** Type names are looked up in the temporary schema first: whoever could make types there would blind the checks. */
    @Test
    void aTypeThatTakesTheNameOfABuiltInOne() throws Exception {
        for (String type : List.of("create type pg_temp.record as (x boolean, guarded boolean, y boolean, wrong boolean, reversing boolean)",
                "create domain pg_temp.date as timestamp")) {
            try (var connection = TestDatabase.asApplication(); var sql = connection.createStatement()) {
                assertSaid("permission denied to create temporary tables", assertThrows(SQLException.class, () -> sql.execute(type)));
                var nobody = UUID.randomUUID();
                assertSaid("does not exist", assertThrows(SQLException.class, () -> sql.execute(insert(key(), nobody + "," + nobody, "USD,USD", "CASH,CAPITAL", "5,-5", ""))));
            }
            try (var connection = TestDatabase.asOwner(); var sql = connection.createStatement()) {
                sql.execute(type);
                var nobody = UUID.randomUUID();
                assertSaid("does not exist", assertThrows(SQLException.class, () -> sql.execute(insert(key(), nobody + "," + nobody, "USD,USD", "CASH,CAPITAL", "5,-5", ""))));
            }
        }
    }

    @Test
    void aSpaceInAName() {
        refused("ledger_entry_accounts", insert(key(), org + "," + org, "USD,USD", "CASH:x FOO,CAPITAL", "5,-5", ""));
        refused("ledger_entry_commodities", insert(key(), org + "," + org, "USD EUR,USD EUR", "CASH,CAPITAL", "5,-5", ""));
    }

    @Test
    void twoPeopleInOneEntry() {
        refused("TWO_PEOPLE", insert(key(), "%s,%s,%s,%s".formatted(anna, anna, ben, ben), "LABOUR,LABOUR,LABOUR,LABOUR",
                "LOST:search,EXPENDED:search,LOST:search,EXPENDED:search", "5,-5,5,-5", ""));
    }

    @Test
    void aBookThatDoesNotExist() {
        var nobody = UUID.randomUUID();
        refused("UNKNOWN_BOOK", insert(key(), nobody + "," + nobody, "USD,USD", "CASH,CAPITAL", "5,-5", ""));
    }

    @Test
    void aSecondReversalAndOneThatIsNotTheNegative() throws Exception {
        var key = key();
        run(ASKERS.getFirst(), deposit(key, 10));
        UUID entry;
        try (var connection = TestDatabase.asApplication(); var sql = connection.createStatement();
             var row = sql.executeQuery("select entry_id from ledger_entry where idempotency_key = '" + key + "'")) {
            row.next();
            entry = row.getObject(1, UUID.class);
        }
        refused("NOT_REVERSIBLE", insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "-9,9", "reverses='" + entry + "'"));
        refused("NOT_REVERSIBLE", insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "-10,10", "reverses='" + UUID.randomUUID() + "'"));
        run(ASKERS.getFirst(), insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "-10,10", "reverses='" + entry + "'"));
        refused("ledger_entry_reversed", insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "-10,10", "reverses='" + entry + "'"));
    }

    @Test
    void aClosedPeriodAndTheFuture() throws Exception {
        run(ASKERS.getFirst(), "select ledger_close_period('" + org + "', (now() at time zone 'UTC')::date - 10)");
        refused("CLOSED_PERIOD", insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "5,-5",
                "effective_at, occurred_at=now() - interval '12 days', now() - interval '12 days'"));
        refused("ledger_entry_not_in_the_future", insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "5,-5",
                "effective_at=now() + interval '1 day'"));
    }

    @Test
    void aGuardedAccountBelowZeroAtAnyIsolation() throws Exception {
        run(ASKERS.getFirst(), deposit(key(), 10));
        var spend = insert(key(), org + "," + org, "USD,USD", "MEANS:compute,CASH", "11,-11", "");
        refused("OVERDRAWN", spend);
        refused("OVERDRAWN", insert(key(), anna + "," + anna, "USD,USD", "EXPENSES:connection,CASH", "1,-1", ""));
        refused("OVERDRAWN", insert(key(), org + "," + org, "USD,USD", "CASH,ESCROW:" + UUID.randomUUID(), "1,-1", ""));
        for (var asker : ASKERS) {
            try (var connection = asker.connect().call(); var sql = connection.createStatement()) {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                assertSaid("at isolation read committed only",
                        assertThrows(SQLException.class, () -> sql.execute(insert(key(), org + "," + org, "USD,USD", "MEANS:compute,CASH", "1,-1", ""))));
            }
        }
    }

    @Test
    void aGuardedAccountBelowZeroUnderConcurrency() throws Exception {
        run(ASKERS.getFirst(), deposit(key(), 100));
        var spent = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var i = 0; i < 200; i++) {
                threads.submit(() -> {
                    try {
                        run(ASKERS.getFirst(), insert(key(), org + "," + org, "USD,USD", "MEANS:compute,CASH", "1,-1", ""));
                        spent.incrementAndGet();
                    } catch (Exception refused) {
                        // Counted by what went through.
                    }
                });
            }
        }
        assertEquals(100, spent.get());
    }

    /** An entry put into the past or the future of the order would be sealed too late, or hold up nothing and be in no answer. */
    @Test
    void aTransactionAPlaceAnIdAPostingTimeOrASaltOfOnesOwn() {
        for (var own : List.of("tx=9000000000000000000", "tx=1", "posted_at=now() + interval '10 years'", "posted_at=now() - interval '1 day'",
                "entry_id=gen_random_uuid()", "salt=sha256('x')", "seq=7")) {
            var insert = insert(key(), org + "," + org, "USD,USD", "CASH,CAPITAL", "5,-5", own);
            refused("permission denied for table ledger_entry", own.startsWith("seq") ? insert.replace("values", "overriding system value values") : insert);
        }
    }

    private static void assertSaid(String what, SQLException failure) {
        assertTrue(failure.getMessage().contains(what), failure.getMessage());
    }
}
