package io.kreislauf.work;

import io.kreislauf.ledger.audit.AuditCheck;
import io.kreislauf.ledger.audit.FromZero;
import io.kreislauf.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the audit finds when it looks from the beginning: place and what is wrong there. */
final class Breaches {

    private Breaches() {}

    static List<String> of(AuditCheck... checks) throws SQLException {
        try (var connection = TestDatabase.asOwner()) {
            return of(connection, checks);
        }
    }

    static List<String> of(Connection connection, AuditCheck... checks) throws SQLException {
        List<String> breaches = new ArrayList<>();
        for (AuditCheck check : checks) {
            try (var select = connection.createStatement(); var rows = select.executeQuery(FromZero.of(check))) {
                while (rows.next()) {
                    breaches.add(rows.getString(1) + " " + rows.getString(2));
                }
            }
        }
        return breaches;
    }
}
