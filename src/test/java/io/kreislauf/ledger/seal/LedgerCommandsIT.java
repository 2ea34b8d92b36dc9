package io.kreislauf.ledger.seal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.testing.OtherApplication;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that move a ledger from one running system to another and audit it there, and the endpoint below them. */
@QuarkusTest
class LedgerCommandsIT {

    private record Said(int exit, String out, String err) {
        String lastLine() {
            return out.strip().lines().reduce((first, second) -> second).orElse("");
        }
    }

    @TestHTTPResource("/")
    String address;

    @Inject
    Ledger ledger;

    @TempDir
    Path files;

    private TestPerson operator;
    private UUID work;

    @BeforeEach
    void somethingBooked() throws Exception {
        operator = TestPeople.person("operator", null);
        var org = TestPeople.organisation("manufacturer");
        ledger.post(new CapitalAdvanced(UUID.randomUUID(), new Book(org), "USD", 10_000, "test"), null);
        work = ledger.post(new WorkSubmitted(UUID.randomUUID(), UUID.randomUUID(), new Book(org), new Book(TestPeople.annotator("KE").personId()),
                LabourMillis.observed(150_000), Wage.none("USD")), null).orElseThrow().entryId();
    }

    private Said run(String url, String... command) throws Exception {
        var out = files.resolve(UUID.randomUUID() + ".out");
        var err = files.resolve(UUID.randomUUID() + ".err");
        var builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("KREISLAUF_URL", url);
        builder.environment().put("KREISLAUF_TOKEN", operator.token());
        var process = builder.start();
        assertTrue(process.waitFor(3, TimeUnit.MINUTES));
        return new Said(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private String exported() throws Exception {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            var said = run(address.replaceFirst("/$", ""), "deploy/export-ledger", "--format", "csv", "--book", "all");
            assertEquals(0, said.exit(), said.err());
            return said.out();
        }, csv -> csv.contains(work.toString()));
    }

    private Path written(String csv) throws Exception {
        return Files.writeString(files.resolve(UUID.randomUUID() + ".csv"), csv);
    }

    private void knownThere(OtherApplication other) throws Exception {
        try (var there = other.superuser();
             var insert = there.prepareStatement("insert into person (subject, login_name, display_name, roles) values (?, ?, ?, array['operator'])")) {
            insert.setString(1, operator.user().subject());
            insert.setString(2, operator.user().login());
            insert.setString(3, operator.user().login());
            insert.executeUpdate();
        }
    }

    private static long one(OtherApplication other, String sql) throws Exception {
        try (var there = other.superuser(); var row = there.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long rows(OtherApplication other) throws Exception {
        return one(other, "select (select count(*) from ledger_entry) + (select count(*) from ledger_book) + (select count(*) from ledger_era)");
    }

    @Test
    void aLedgerMovesIsAuditedAndATamperedEntryIsNamed() throws Exception {
        var csv = exported();
        var lines = csv.lines().count() - 1;
        try (var other = OtherApplication.onEmptyDatabase("commands")) {
            other.start();
            knownThere(other);

            var before = rows(other);
            var faulty = run(other.url(), "deploy/import-ledger", written(csv.replaceFirst("\\|LABOUR\\|EXPENDED:direct\\|-", "|LABOUR|EXPENDED:direct|-9")).toString());
            assertEquals(1, faulty.exit(), faulty.out());
            assertTrue(faulty.err().matches("(?s).*Line [0-9]+, legs: do not balance: LABOUR of book .*"), faulty.err());
            assertTrue(faulty.lastLine().contains("\"code\":\"FAULTY_ROWS\""), faulty.out());
            assertEquals(before, rows(other), "nothing half written");

            var taken = run(other.url(), "deploy/import-ledger", written(csv).toString());
            assertEquals(0, taken.exit(), taken.out() + taken.err());
            assertEquals("{\"entries\":" + lines + "}", taken.lastLine());
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> one(other, "select count(*) from ledger_leaf") == lines);
            ownKeySigns(other);

            var audited = run(other.url(), "deploy/audit");
            assertEquals(0, audited.exit(), audited.out() + audited.err());
            assertTrue(audited.lastLine().startsWith("{\"holds\":true,"), audited.out());
            assertEquals(0, run(other.url(), "deploy/audit", "--new-only").exit());

            try (var there = other.superuser(); var statement = there.createStatement()) {
                statement.execute("set session_replication_role = replica");
                assertEquals(1, statement.executeUpdate("update ledger_entry set occurred_at = occurred_at - interval '1 second' where entry_id = '" + work + "'"));
            }
            var broken = run(other.url(), "deploy/audit");
            assertEquals(1, broken.exit(), broken.out());
            assertTrue(broken.lastLine().startsWith("{\"holds\":false,"), broken.out());
            assertTrue(broken.lastLine().contains("entry " + work), broken.out());
            var again = run(other.url(), "deploy/import-ledger", written(csv).toString());
            assertEquals(1, again.exit());
            assertTrue(again.out().contains("NOT_EMPTY"), again.out());
        }
    }

    /** The heads there are not those that were signed here. */
    private static void ownKeySigns(OtherApplication other) {
        var here = given().get("/api/ledger/keys").then().statusCode(200).extract().jsonPath().getList("keyId");
        var there = given().baseUri(other.url()).port(Integer.parseInt(other.url().replaceFirst(".*:", ""))).get("/api/ledger/keys").then().statusCode(200)
                .body("$", hasSize(1)).extract().jsonPath().getString("[0].keyId");
        assertTrue(!here.contains(there), there + " is the key of the exporting installation");
        given().baseUri(other.url()).port(Integer.parseInt(other.url().replaceFirst(".*:", ""))).get("/api/ledger/heads?limit=1").then().statusCode(200)
                .body("items[0].keyId", equalTo(there));
    }

    @Test
    void theEndpointNamesWhatItRefuses() throws Exception {
        var exported = exported();
        var csv = exported.getBytes(StandardCharsets.UTF_8);
        var requester = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        given().auth().oauth2(requester.token()).contentType("text/csv").body(csv).post("/api/ledger/import").then().statusCode(403);
        given().auth().oauth2(operator.token()).contentType("text/csv").body(csv).post("/api/ledger/import").then().statusCode(409)
                .contentType(startsWith("application/problem+json")).body("code", equalTo("NOT_EMPTY"));
        var unknown = exported.replaceFirst("\\|USD\\|CASH\\|", "|GOLD!|CASH|").getBytes(StandardCharsets.UTF_8);
        given().auth().oauth2(operator.token()).contentType("text/csv").body(unknown).post("/api/ledger/import").then().statusCode(422)
                .contentType(startsWith("application/problem+json")).body("code", equalTo("FAULTY_ROWS")).body("field", startsWith("line "))
                .body("detail", containsString("unknown commodity")).body("errors[0].column", equalTo("legs")).body("errors[0].line", not(equalTo(0)));
    }

    @Test
    void badArgumentsAreNamed() throws Exception {
        for (var command : List.of(List.of("deploy/export-ledger", "--format", "csv"), List.of("deploy/import-ledger", "no-such-file"), List.of("deploy/audit", "--all"))) {
            var said = run("http://127.0.0.1:1", command.toArray(String[]::new));
            assertEquals(1, said.exit(), command + said.err());
            assertTrue(said.err().contains("usage: " + command.getFirst()), said.err());
        }
    }
}
