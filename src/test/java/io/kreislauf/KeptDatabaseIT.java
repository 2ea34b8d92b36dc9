package io.kreislauf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.KeptDatabase;
import io.kreislauf.testing.OtherApplication;
import io.kreislauf.testing.TestUsers;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each database in {@code src/test/resources/kept} was the demo's of an earlier commit (its name). Today's application migrates it, seals on where its ledger
 * stopped although the cluster is another one, and finds every invariant from zero.
 */
@QuarkusTest
class KeptDatabaseIT {

    private static final Path KEPT = Path.of("src/test/resources/kept");

    static List<Path> files() throws IOException {
        try (var files = Files.list(KEPT)) {
            var found = files.sorted().toList();
            assertTrue(!found.isEmpty(), "no database is kept in " + KEPT);
            return found;
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aDatabaseOfAnEarlierCommitIsMigratedAndItsAuditHolds(Path file) throws Exception {
        var operator = TestUsers.withRoles("operator");
        try (var application = OtherApplication.onEmptyDatabase("kept")) {
            long leaves;
            try (var superuser = application.superuser(); var statement = superuser.createStatement()) {
                application.migrate(KeptDatabase.version(file));
                KeptDatabase.load(superuser, file);
                // The people of the kept database have their passwords in a Keycloak that is gone.
                assertEquals(1, statement.executeUpdate("update person set subject = '%s' where login_name = 'otto'".formatted(operator.subject())));
                leaves = number(statement, "select count(*) from ledger_leaf");
                assertTrue(leaves > 1_000);
            }
            application.start();
            var audit = RestAssured.given().baseUri(application.url()).auth().oauth2(operator.token()).post("/api/ledger/audit?fromZero=true")
                    .then().statusCode(200).extract().jsonPath();
            assertEquals(List.of(), audit.getList("invariants.findAll { !it.holds }"), audit.prettify());
            assertTrue(audit.getBoolean("holds"));
            assertEquals(0, audit.getLong("fromTx"), audit.prettify());
            try (var superuser = application.superuser(); var statement = superuser.createStatement()) {
                assertEquals(leaves, number(statement, "select count(*) from ledger_leaf l join ledger_entry e using (entry_id)"));
            }
        }
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
