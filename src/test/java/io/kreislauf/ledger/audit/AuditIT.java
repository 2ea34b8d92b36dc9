package io.kreislauf.ledger.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.WorkedExample;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.seal.Sealing;
import io.kreislauf.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditIT {

    @Inject
    Auditing auditing;
    @Inject
    Ledger ledger;
    @Inject
    Sealing sealing;

    private void tamper(String sql) throws Exception {
        try (var connection = TestDatabase.asSuperuser(); var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            assertTrue(statement.executeUpdate(sql) > 0, "nothing was tampered with: " + sql);
        }
    }

    /** A tampered row that is sealed as it stands would stay broken for every later audit of this database, also after it is put right. */
    private void untilSealed(WorkedExample example) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            sealing.now();
            try (var connection = TestDatabase.asOwner(); var statement = connection.createStatement(); var row = statement.executeQuery("""
                    select count(*) from ledger_entry e
                     where e.books && cast('{%s,%s,%s}' as uuid[]) and not exists (select from ledger_leaf l where l.entry_id = e.entry_id)
                    """.formatted(example.d, example.a, example.w))) {
                row.next();
                return row.getLong(1) == 0;
            }
        });
    }

    @Test
    void theWorkedExampleHoldsAndWhatASuperuserChangesIsFoundAndNamed() throws Exception {
        var example = new WorkedExample();
        ledger.open(example.d, BookKind.ORGANISATION);
        ledger.open(example.a, BookKind.ORGANISATION);
        ledger.open(example.w, BookKind.PERSON);
        for (var step : example.steps()) {
            ledger.post(step.event(), step.effectiveAt());
        }
        assertEquals(List.of(), about(example, auditing.audit(true)));
        assertEquals(List.of(), about(example, auditing.audit(false)));

        untilSealed(example);
        tamper("update ledger_entry set amounts = '{1000001,-1000001}' where event = 'CapitalAdvanced' and books[1] = '" + example.d + "'");
        var broken = auditing.audit(true);
        assertFalse(broken.holds());
        assertTrue(about(example, broken).toString().contains("book " + example.d + " CASH"), broken.toString());
        tamper("update ledger_entry set amounts = '{1000000,-1000000}' where event = 'CapitalAdvanced' and books[1] = '" + example.d + "'");
        assertEquals(List.of(), about(example, auditing.audit(true)));
    }

    /** Other tests leave rows of their own in this database; what is asked here is what is said of the example's books. */
    private static List<Breach> about(WorkedExample example, AuditResult result) {
        return result.invariants().stream().flatMap(finding -> finding.breaches().stream())
                .filter(breach -> Stream.of(example.d, example.a, example.w).anyMatch(book -> breach.toString().contains(book.toString()))).toList();
    }
}
