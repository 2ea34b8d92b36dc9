package io.kreislauf.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.UUID;

/** What the database says of a replayed project, by SQL. */
record Measured(long items, long annotators, long labels, double elapsedSeconds, long observedMillis, long declaredMillis, long wagesMinor) {

    private static final String CHAIN = """
            select (select count(*) from item where project_id = ?),
                   (select count(distinct annotator_id) from submission where project_id = ?),
                   (select count(*) from submission where project_id = ? and not late_kept),
                   (select min(claimed_at) from claim where project_id = ?),
                   (select max(updated_at) from working_row join item using (item_id) where item.project_id = ?)
            """;
    private static final String BOOKED = """
            select coalesce(sum(leg.amount) filter (where leg.commodity = 'LABOUR'), 0),
                   coalesce(sum(leg.amount) filter (where leg.commodity = 'LABOUR_DECLARED'), 0),
                   coalesce(sum(leg.amount) filter (where leg.commodity = ? and leg.account like '%:v'), 0)
              from ledger_entry e cross join unnest(e.commodities, e.accounts, e.amounts) as leg (commodity, account, amount)
             where e.event = 'DatasetReleased' and e.source_id = ? and leg.account like 'COMMODITY:%' and leg.amount > 0
            """;

    static Measured of(Installation installation, UUID projectId, UUID versionId, String currency) {
        try (Connection connection = DriverManager.getConnection(installation.jdbcUrl(), installation.databaseUser(), installation.databasePassword());
             var chain = connection.prepareStatement(CHAIN); var booked = connection.prepareStatement(BOOKED)) {
            for (int i = 1; i <= 5; i++) {
                chain.setObject(i, projectId);
            }
            booked.setString(1, currency);
            booked.setObject(2, versionId);
            try (var row = chain.executeQuery(); var sums = booked.executeQuery()) {
                row.next();
                sums.next();
                Timestamp first = row.getTimestamp(4);
                Timestamp last = row.getTimestamp(5);
                double elapsed = first == null || last == null ? 0 : (last.getTime() - first.getTime()) / 1000.0;
                return new Measured(row.getLong(1), row.getLong(2), row.getLong(3), elapsed, sums.getLong(1), sums.getLong(2), sums.getLong(3));
            }
        } catch (SQLException failure) {
            throw new ReplayFailure("The database cannot be measured: " + failure.getMessage(), failure);
        }
    }

    void into(ObjectNode json) {
        json.put("items", items).put("annotators", annotators).put("labelsInDatabase", labels).put("elapsedSeconds", elapsedSeconds)
                .put("labelsPerSecond", elapsedSeconds == 0 ? 0 : Math.round(labels / elapsedSeconds * 10) / 10.0)
                .put("hoursObserved", observedMillis / 3_600_000.0).put("hoursDeclared", Math.round(declaredMillis / 3600.0) / 1000.0)
                .put("wagesMinor", wagesMinor);
    }
}
