package io.kreislauf.ledger.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.WorkedExample;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.ledger.seal.OtherInstallation;
import io.kreislauf.ledger.seal.Sealing;
import io.kreislauf.stream.Outbox;
import io.quarkus.arc.ClientProxy;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;

/**
 * A database of its own with the worked example, sealed under two heads, in which one who is bound by no rule changes rows; what each change made of it is taken
 * back. One connection does it all, so that the audit sees what is not committed.
 */
final class TamperedLedger implements AutoCloseable {

    /** What the audit said of the same rows, going on from before they were changed, from zero, and going on from that. */
    record Audited(AuditResult incremental, AuditResult fromZero, AuditResult next) {}

    /** Makes what the triggers, the folding and nobody else would have made of new entries. */
    private static final List<String> FOLDED = List.of("""
            insert into ledger_guard (book_id, commodity, account, amount)
            select leg.book, leg.commodity, leg.account, leg.amount from ledger_entry e
             cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
             where e.tx = ledger_folded_tx() and (leg.account = 'CASH' or leg.account like 'ESCROW:%')
            """, "select ledger_project(ledger_folded_tx(), ledger_folded_tx() + 1, false)", """
            insert into ledger_fold (tx, firm_at, folded_at, entries) select tx + 1, firm_at, clock_timestamp(), 1 from ledger_fold order by tx desc limit 1
            """);

    final WorkedExample example = new WorkedExample();
    /** A project with an hour of W's that no release has taken. */
    final UUID unreleased = UUID.randomUUID();

    private final OtherInstallation installation;
    private final Connection connection;
    private final DataSource single;
    private final ObjectMapper json;
    private final List<AuditCheck> checks;
    private final List<AuditProbe> probes;
    private final Path key;

    TamperedLedger(String suffix, ObjectMapper json, List<AuditCheck> checks, List<AuditProbe> probes, Path files) throws Exception {
        this.json = json;
        this.checks = checks;
        this.probes = probes;
        this.key = files.resolve("key");
        installation = new OtherInstallation(suffix);
        var ledger = new Ledger(installation.application());
        ledger.open(example.d, BookKind.ORGANISATION);
        ledger.open(example.a, BookKind.ORGANISATION);
        ledger.open(example.w, BookKind.PERSON);
        for (var step : example.steps()) {
            ledger.post(step.event(), step.effectiveAt());
        }
        sealed();
        ledger.post(new WorkSubmitted(UUID.randomUUID(), unreleased, example.d, example.w, LabourMillis.observed(3_600_000), Wage.none("USD")), null);
        sealed();

        connection = installation.superuser();
        connection.setAutoCommit(false);
        connection.unwrap(PGConnection.class).setAutosave(AutoSave.ALWAYS);
        single = alwaysThe(connection);
    }

    private void sealed() {
        var folding = new Folding(installation.application());
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            folding.untilSettled();
            return installation.inTransaction(joined -> {
                new Sealing(joined, new Outbox(joined, json), folding, key).seal();
                try (var open = joined.getConnection(); var row = open.createStatement().executeQuery(
                        "select (select count(*) from ledger_entry) = (select count(*) from ledger_leaf)")) {
                    return row.next() && row.getBoolean(1);
                }
            });
        });
    }

    /**
     * Changes rows, audits them, takes the changes back.
     *
     * @param folded whether the entries of the transaction {@code ledger_folded_tx()} among them are to be folded in, with what guards them
     */
    Audited after(List<String> changes, boolean folded) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set local session_replication_role = replica");
            var auditing = auditing();
            assertEquals(List.of(), auditing.audit(true).invariants().stream().filter(finding -> !finding.holds()).toList(), "before anything was changed");
            for (var change : changes) {
                statement.execute(change);
            }
            for (var made : folded ? FOLDED : List.<String>of()) {
                statement.execute(made);
            }
            return new Audited(auditing.audit(false), auditing.audit(true), auditing.audit(false));
        } finally {
            connection.rollback();
        }
    }

    /** Whether an audit from zero is due after one, a day after it, and after another that goes on from it a day later. */
    List<Boolean> dueFromZero() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set local session_replication_role = replica");
            var auditing = auditing();
            auditing.audit(true);
            var first = auditing.isDueFromZero();
            statement.execute("update ledger_audit set audited_at = audited_at - interval '24 hours 1 second'");
            auditing.audit(false);
            var second = auditing.isDueFromZero();
            auditing.audit(true);
            return List.of(first, second, auditing.isDueFromZero());
        } finally {
            connection.rollback();
        }
    }

    /** How many rows of which tables two audits read: one of everything, and one that goes on from it when ten entries more are sealed. */
    record Read(Map<String, Long> fromZero, Map<String, Long> incremental) {

        private static Map<String, Long> between(Map<String, Long> before, Map<String, Long> after) {
            var read = new TreeMap<String, Long>();
            after.forEach((table, rows) -> read.put(table, rows - before.getOrDefault(table, 0L)));
            return read;
        }

        static long sum(Map<String, Long> read) {
            return read.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** @param entries so many more are posted and sealed before the first of the two */
    Read readAfter(int entries) throws SQLException {
        var auditing = auditing();
        worked(entries);
        var before = read();
        assertTrue(auditing.audit(true).holds());
        var between = read();
        connection.commit();
        worked(10);
        var after = read();
        assertTrue(auditing.audit(false).holds());
        var read = new Read(Read.between(before, between), Read.between(after, read()));
        connection.commit();
        return read;
    }

    private void worked(int entries) throws SQLException {
        var ledger = new Ledger(installation.application());
        for (var left = entries; left > 0; left -= 1_000) {
            ledger.postAll(IntStream.range(0, Math.min(left, 1_000)).mapToObj(n -> Posting.of(new WorkSubmitted(UUID.randomUUID(), unreleased, example.d, example.w,
                    LabourMillis.observed(1), Wage.none("USD")))).toList());
        }
        sealed();
        try (var statement = connection.createStatement()) {
            statement.execute("analyze");
        }
        connection.commit();
    }

    /** In this transaction so far. */
    private Map<String, Long> read() throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery("""
                select relname, seq_tup_read + coalesce(idx_tup_fetch, 0) from pg_stat_xact_user_tables where seq_tup_read + coalesce(idx_tup_fetch, 0) > 0
                """)) {
            var rows = new TreeMap<String, Long>();
            while (row.next()) {
                rows.put(row.getString(1), row.getLong(2));
            }
            return rows;
        }
    }

    private Auditing auditing() {
        return new Auditing(single, new Folding(single), json, checks, probes.stream().map(this::here).toList(), Duration.ofDays(1));
    }

    /** Text of the first column of each row. */
    List<String> texts(String sql) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            var texts = new ArrayList<String>();
            while (row.next()) {
                texts.add(row.getString(1));
            }
            return texts;
        } finally {
            connection.rollback();
        }
    }

    /** The same probe on this database, and with the key of this ledger. */
    private AuditProbe here(AuditProbe probe) {
        try {
            var constructor = Stream.of(ClientProxy.unwrap(probe).getClass().getDeclaredConstructors()).max(Comparator.comparingInt(Constructor::getParameterCount)).orElseThrow();
            constructor.setAccessible(true);
            return (AuditProbe) constructor.newInstance(Stream.of(constructor.getParameterTypes()).map(type -> type == Path.class ? key : single).toArray());
        } catch (ReflectiveOperationException different) {
            throw new IllegalStateException(different);
        }
    }

    private static DataSource alwaysThe(Connection connection) {
        var loader = TamperedLedger.class.getClassLoader();
        var open = Proxy.newProxyInstance(loader, new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
            try {
                return method.getName().equals("close") ? null : method.invoke(connection, arguments);
            } catch (InvocationTargetException failure) {
                throw failure.getCause();
            }
        });
        return (DataSource) Proxy.newProxyInstance(loader, new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> open);
    }

    @Override
    public void close() throws Exception {
        connection.close();
        installation.close();
    }
}
