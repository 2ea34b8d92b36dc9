package io.kreislauf.market;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.WorkedExample;
import io.kreislauf.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The worked example through the use cases of data set and market: every leg of the CSV, to the cent and the millisecond. */
@QuarkusTest
class WorkedCircuitIT {

    private static final String LEGS = """
            select e.event, cast(cast(e.effective_at at time zone 'UTC' as date) as text), cast(leg.book as text), leg.commodity, leg.account, leg.amount
              from ledger_entry e cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
             where e.books && cast(? as uuid[])
            """;

    @Test
    void theWholeCircuitBooksWhatTheSpecificationSays() throws Exception {
        WorkedCircuit circuit = new WorkedCircuit().whole();

        List<String> expected = new ArrayList<>(WorkedExample.expected().stream()
                .map(l -> String.join(",", l.event(), l.effectiveAt(), l.book(), l.commodity(), l.account(), Long.toString(l.amount()))).sorted().toList());
        assertEquals(String.join("\n", expected), String.join("\n", booked(circuit)));
    }

    private static List<String> booked(WorkedCircuit circuit) throws SQLException {
        Map<UUID, String> names = Map.of(circuit.maker.organisationId(), "D", circuit.modelMaker.organisationId(), "A", circuit.annotator.personId(), "W",
                circuit.projectId, "project", circuit.version.versionId(), "dataset", circuit.licence.licenceId(), "licence", circuit.model.modelId(), "model");
        List<String> legs = new ArrayList<>();
        try (var connection = TestDatabase.asApplication(); var select = connection.prepareStatement(LEGS)) {
            select.setArray(1, connection.createArrayOf("uuid", new Object[] {circuit.maker.organisationId(), circuit.modelMaker.organisationId()}));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    String leg = String.join(",", row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5), row.getString(6));
                    for (var name : names.entrySet()) {
                        leg = leg.replace(name.getKey().toString(), name.getValue());
                    }
                    legs.add(leg);
                }
            }
        }
        legs.sort(null);
        return legs;
    }
}
