package io.kreislauf.ledger.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.WorkedExample;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AuditIT {

    @Inject
    Auditing auditing;
    @Inject
    Ledger ledger;
    @Inject
    Folding folding;

    private void tamper(String sql) throws Exception {
        try (var connection = TestDatabase.asSuperuser(); var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            assertTrue(statement.executeUpdate(sql) > 0, "nothing was tampered with: " + sql);
        }
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
        var whole = auditing.audit(true);
        assertTrue(whole.holds(), whole.toString());
        assertTrue(auditing.audit(false).holds());
        assertEquals(0, auditing.audit(false).entries(), "only what is new is looked at");

        tamper("update ledger_entry set amounts = '{1000001,-1000001}' where event = 'CapitalAdvanced' and books[1] = '" + example.d + "'");
        var broken = auditing.audit(true);
        assertFalse(broken.holds());
        var found = broken.invariants().stream().filter(finding -> !finding.holds()).toList();
        assertTrue(found.toString().contains("book " + example.d + " CASH"), found.toString());
        tamper("update ledger_entry set amounts = '{1000000,-1000000}' where event = 'CapitalAdvanced' and books[1] = '" + example.d + "'");
        var healed = auditing.audit(true);
        assertTrue(healed.holds(), healed.toString());
    }
}
