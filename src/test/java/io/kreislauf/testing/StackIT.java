package io.kreislauf.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StackIT {

    @Test
    void aTokenCarriesItsUsersSubjectAndRoles() {
        var user = TestUsers.withRoles("annotator", "reviewer");
        var claims = new String(Base64.getUrlDecoder().decode(user.token().split("\\.")[1]), StandardCharsets.UTF_8);
        assertTrue(claims.contains("\"sub\":\"" + user.subject() + "\""), claims);
        assertTrue(claims.contains("\"annotator\"") && claims.contains("\"reviewer\"") && !claims.contains("\"operator\""), claims);
    }

    @Test
    void theApplicationsRoleOwnsNothingAndCannotMakeTables() throws SQLException {
        try (var connection = TestDatabase.asApplication(); var statement = connection.createStatement()) {
            var refusal = assertThrows(SQLException.class, () -> statement.execute("create table mine (id int)"));
            assertEquals("42501", refusal.getSQLState());
            try (var owned = statement.executeQuery("select from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = current_user")) {
                assertFalse(owned.next());
            }
        }
    }

    @Test
    void theDatabaseIsMarkedAsATests() throws SQLException {
        try (var connection = TestDatabase.asSuperuser(); var statement = connection.createStatement();
                var mark = statement.executeQuery("select shobj_description(oid, 'pg_database') from pg_database where datname = current_database()")) {
            mark.next();
            assertEquals("made by a Kreislauf test", mark.getString(1));
        }
    }
}
