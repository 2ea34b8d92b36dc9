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
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Checks the invariants, from the last audit that held or from zero, on the settled entries. */
@ApplicationScoped
public class Auditing {

    private static final int BREACHES_SHOWN_MAX = 20;

    private static final String RANGE = "with audit_range as materialized (select cast(? as bigint) as from_tx, cast(? as bigint) as to_tx) ";

    private final DataSource dataSource;
    private final Folding folding;
    private final ObjectMapper json;
    private final List<AuditCheck> checks;
    private final List<AuditProbe> probes;

    Auditing(DataSource dataSource, Folding folding, ObjectMapper json, @All List<AuditCheck> checks, @All List<AuditProbe> probes) {
        this.dataSource = dataSource;
        this.folding = folding;
        this.json = json;
        this.checks = checks.stream().sorted(Comparator.comparingInt(AuditCheck::invariant)).toList();
        this.probes = probes;
    }

    @Scheduled(every = "${kreislauf.ledger.audit-every:60s}", delayed = "${kreislauf.ledger.audit-every:60s}",
            concurrentExecution = ConcurrentExecution.SKIP)
    void regularly() {
        audit(false);
    }

    /**
     * @param fromZero look at every entry and every sealed leaf again, not only at what came after the last audit that held
     */
    public AuditResult audit(boolean fromZero) {
        var began = System.nanoTime();
        folding.untilSettled();
        try (var connection = dataSource.getConnection()) {
            var from = fromZero ? 0 : number(connection, "select coalesce((select max(to_tx) from ledger_audit where holds), 0)");
            var to = number(connection, "select ledger_folded_tx()");
            var findings = new ArrayList<Finding>();
            for (var check : checks) {
                findings.add(finding(check.invariant(), check.says(), breaches(connection, check, from, to)));
            }
            for (var probe : probes) {
                findings.add(finding(probe.invariant(), probe.says(), probe.breaches(fromZero)));
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
