package io.kreislauf.ledger.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.ledger.audit.AuditResult.Finding;
import io.kreislauf.ledger.book.Folding;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Checks the invariants on the settled entries: what came since the last audit that held, or everything from zero. What was found broken stays in what
 * the next audit looks at, until it holds again.
 */
@ApplicationScoped
public class Auditing {

    private static final int BREACHES_SHOWN_MAX = 20;

    /** Not materialized, so that the plan is made for the range: a short one goes by indexes, and what is asked from zero only is left out. */
    private static final String RANGE = "with audit_range as not materialized (select cast(? as bigint) as from_tx, cast(? as bigint) as to_tx) ";

    /** Where the next audit begins: behind the last one, unless that one found something. */
    private static final String NEXT_FROM = """
            select coalesce((select case when holds then to_tx else from_tx end from ledger_audit order by audit_id desc limit 1), 0)
            """;

    private final DataSource dataSource;
    private final Folding folding;
    private final ObjectMapper json;
    private final List<AuditCheck> checks;
    private final List<AuditProbe> probes;
    private final Duration fromZeroEvery;

    /** @param fromZeroEvery how old the last audit from zero may get before the one that runs regularly is from zero again */
    Auditing(DataSource dataSource, Folding folding, ObjectMapper json, @All List<AuditCheck> checks, @All List<AuditProbe> probes,
             @ConfigProperty(name = "kreislauf.ledger.audit-from-zero-every", defaultValue = "24h") Duration fromZeroEvery) {
        this.dataSource = dataSource;
        this.folding = folding;
        this.json = json;
        this.checks = checks.stream().sorted(Comparator.comparingInt(AuditCheck::invariant)).toList();
        this.probes = probes;
        this.fromZeroEvery = fromZeroEvery;
    }

    @Scheduled(every = "${kreislauf.ledger.audit-every:60s}", delayed = "${kreislauf.ledger.audit-every:60s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void regularly() {
        if (!isRepeatedTooSoon()) {
            audit(isDueFromZero());
        }
    }

    /** What is broken stays so until somebody acts, and looking at all of it again and again would cost more than it tells: a fiftieth of one core. */
    boolean isRepeatedTooSoon() {
        try (var connection = dataSource.getConnection()) {
            return number(connection, """
                    select count(*) from (select holds, audited_at, result from ledger_audit order by audit_id desc limit 1) last
                     where not holds and audited_at + cast(result ->> 'elapsedMillis' as bigint) * interval '50 milliseconds' > clock_now()
                    """) > 0;
        } catch (SQLException failure) {
            throw new IllegalStateException("The last audit could not be read.", failure);
        }
    }

    /** Whether the last audit from zero is longer ago than it may be. */
    boolean isDueFromZero() {
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement("""
                select count(*) from ledger_audit where from_tx = 0 and audited_at > clock_now() - make_interval(secs => ?)
                """)) {
            select.setDouble(1, fromZeroEvery.toMillis() / 1_000.0);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getLong(1) == 0;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The last audit could not be read.", failure);
        }
    }

    /**
     * @param fromZero look at every entry and every sealed leaf again, not only at what came after the last audit, if that held; what it looked at
     *                 otherwise
     */
    public AuditResult audit(boolean fromZero) {
        var began = System.nanoTime();
        folding.untilSettled();
        try (var connection = dataSource.getConnection()) {
            var from = fromZero ? 0 : number(connection, NEXT_FROM);
            var to = number(connection, "select ledger_folded_tx()");
            var findings = new ArrayList<Finding>();
            for (var check : checks) {
                findings.add(finding(check.invariant(), check.says(), breaches(connection, check, from, to)));
            }
            for (var probe : probes) {
                findings.add(finding(probe.invariant(), probe.says(), breaches(probe, from == 0)));
            }
            findings.sort(Comparator.comparingInt(Finding::invariant));
            var entries = number(connection, "select count(*) from ledger_entry where tx >= " + from + " and tx < " + to);
            var now = connection.createStatement().executeQuery("select clock_now()");
            now.next();
            var result = new AuditResult(findings.stream().allMatch(Finding::holds), now.getObject(1, OffsetDateTime.class).toInstant(), from, to,
                    entries, findings, (System.nanoTime() - began) / 1_000_000);
            keep(connection, result);
            return result;
        } catch (SQLException failure) {
            throw new IllegalStateException("The ledger could not be audited: " + failure.getMessage(), failure);
        }
    }

    /** The latest audit, if there was one. */
    public Optional<AuditResult> latest() {
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(
                "select cast(result as text) from ledger_audit order by audit_id desc limit 1"); var row = select.executeQuery()) {
            return row.next() ? Optional.of(json.readValue(row.getString(1), AuditResult.class)) : Optional.empty();
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException("The last audit could not be read.", failure);
        }
    }

    private static Finding finding(int invariant, String says, List<Breach> breaches) {
        return new Finding(invariant, says, breaches.isEmpty(), breaches);
    }

    /** Who changes rows past the rules may make them unreadable: then that is what is broken, and the other invariants are asked all the same. */
    private static List<Breach> breaches(AuditProbe probe, boolean fromZero) {
        try {
            return probe.breaches(fromZero);
        } catch (RuntimeException unreadable) {
            if (unreadable.getCause() instanceof SQLException cause && !isOfTheRows(cause)) {
                throw unreadable;
            }
            return unreadable(unreadable);
        }
    }

    private static List<Breach> unreadable(Exception why) {
        return List.of(new Breach("ledger", "cannot be read: " + why.getMessage()));
    }

    /** A wrong value or a broken rule (SQLSTATE classes 22, 23 and P0), and not a database that does not answer, about which no audit can say anything. */
    private static boolean isOfTheRows(SQLException failure) {
        return failure.getSQLState() != null && List.of("22", "23", "P0").contains(failure.getSQLState().substring(0, 2));
    }

    private static List<Breach> breaches(Connection connection, AuditCheck check, long from, long to) throws SQLException {
        try (var select = connection.prepareStatement(RANGE + "select * from (" + check.breaches() + ") found limit " + BREACHES_SHOWN_MAX)) {
            select.setLong(1, from);
            select.setLong(2, to);
            var breaches = new ArrayList<Breach>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    breaches.add(new Breach(row.getString(1), row.getString(2)));
                }
            }
            return breaches;
        } catch (SQLException failure) {
            if (!isOfTheRows(failure)) {
                throw failure;
            }
            return unreadable(failure);
        }
    }

    private void keep(Connection connection, AuditResult result) throws SQLException {
        try (var insert = connection.prepareStatement("insert into ledger_audit (from_tx, to_tx, holds, result) values (?, ?, ?, cast(? as jsonb))")) {
            insert.setLong(1, result.fromTx());
            insert.setLong(2, result.toTx());
            insert.setBoolean(3, result.holds());
            insert.setString(4, json.writeValueAsString(result));
            insert.executeUpdate();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
