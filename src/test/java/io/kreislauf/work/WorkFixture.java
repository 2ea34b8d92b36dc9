package io.kreislauf.work;

import static io.restassured.RestAssured.given;

import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A published project of one choice question, done through the front door, and what its people do. */
final class WorkFixture {

    static final String FORM = """
            {"questions": [{"name": "sentiment", "title": "How does it sound?", "choices": [
                {"value": "pos", "title": "Positive", "key": "1"}, {"value": "neg", "title": "Negative", "key": "2"}]}]}
            """;

    final TestPerson requester;
    final TestPerson reviewer;
    final String projectId;
    final ProjectBooks books;

    /** @param settings further fields of the project, as {@code "floorMinorPerHour": 420} */
    WorkFixture(int items, String settings) throws SQLException {
        UUID organisation = TestPeople.organisation("manufacturer");
        requester = TestPeople.person("requester", organisation);
        reviewer = TestPeople.person("reviewer", organisation);
        TestFunds.deposit(organisation, "USD", 1_000_000);
        projectId = as(requester).body("""
                {"title": "Sentiment", "purpose": "To test", "guidelines": "Choose.", "currency": "USD", "rewardMinor": 25, "estimateSeconds": 150,
                 "labelsWanted": 2, "form": %s %s}
                """.formatted(FORM, named(settings))).post("/api/projects").then().statusCode(201).extract().path("projectId");
        books = new ProjectBooks(organisation, UUID.fromString(projectId));
        String csv = IntStream.rangeClosed(1, items).mapToObj(i -> "k%d,text %d".formatted(i, i)).collect(Collectors.joining("\n", "key,text\n", "\n"));
        given().auth().oauth2(requester.token()).contentType("text/csv; charset=UTF-8").body(csv).post("/api/projects/{id}/items", projectId).then().statusCode(201);
        doing("publish").statusCode(201);
    }

    /** Unless they say who names items, annotators do. */
    static String named(String settings) {
        return (settings.isEmpty() ? "" : ", " + settings) + (settings.contains("itemsNamedBy") || settings.contains("goldPercent") ? "" : ", \"itemsNamedBy\": \"annotators\"");
    }

    static RequestSpecification as(TestPerson person) {
        return given().auth().oauth2(person.token()).contentType("application/json");
    }

    ValidatableResponse doing(String what) {
        return as(requester).post("/api/projects/{id}/" + what, projectId).then();
    }

    ValidatableResponse claim(TestPerson annotator, int count) {
        return as(annotator).body("{\"projectId\": \"%s\", \"count\": %d}".formatted(projectId, count)).post("/api/claims").then();
    }

    /** The claims' JSON, as a list of objects. */
    JsonPath claimed(TestPerson annotator, int count) {
        return claim(annotator, count).statusCode(201).extract().jsonPath();
    }

    /** A task somebody holds: its claim, and what submitting it needs. */
    record Held(String id, Object version) {}

    /** Claims one task. */
    Held take(TestPerson annotator) {
        JsonPath claims = claimed(annotator, 1);
        return new Held(claims.getString("claims[0].claimId"), claims.get("claims[0].fencingVersion"));
    }

    ValidatableResponse submit(TestPerson annotator, Held held, String value) {
        return submit(annotator, held.id, held.version, value);
    }

    static ValidatableResponse claimItem(TestPerson annotator, String projectId, String... keys) {
        return as(annotator).body(Map.of("projectId", projectId, "itemKeys", keys)).post("/api/claims").then();
    }

    ValidatableResponse submit(TestPerson annotator, String claimId, Object fencingVersion, String value) {
        return as(annotator).body("{\"fencingVersion\": %s, \"formVersion\": 1, \"answer\": {\"sentiment\": \"%s\"}}".formatted(fencingVersion, value))
                .post("/api/claims/{id}/submit", claimId).then();
    }

    /** Submits it; the milliseconds that are booked with it. */
    long handIn(TestPerson annotator, Held held) {
        return submit(annotator, held, "pos").statusCode(200).extract().jsonPath().getLong("bookedMillis");
    }

    /** Claims one task and submits it; the submission's id. */
    String label(TestPerson annotator, String value) {
        return submit(annotator, take(annotator), value).statusCode(200).extract().path("submissionId");
    }

    static ValidatableResponse heartbeat(TestPerson annotator, UUID tab, String states) {
        return as(annotator).body("{\"tab\": \"%s\", \"states\": [%s]}".formatted(tab, states)).post("/api/observations").then();
    }

    static String state(String kind, String claimId, long agoMillis) {
        return "{\"kind\": \"%s\", %s \"agoMillis\": %d}".formatted(kind, claimId == null ? "" : "\"claimId\": \"%s\",".formatted(claimId), agoMillis);
    }

    /** What a page outside tasks is for, now; {@code projectId} null: for no project. */
    static String outside(String kind, String projectId) {
        return "{\"kind\": \"%s\", %s \"agoMillis\": 0}".formatted(kind, projectId == null ? "" : "\"projectId\": \"%s\",".formatted(projectId));
    }

    Map<String, Long> slots() throws SQLException {
        return counts("select state, count(*) from slot where project_id = ? group by state", UUID.fromString(projectId));
    }

    static Map<String, Long> counts(String sql, Object... values) throws SQLException {
        try (var connection = TestDatabase.asApplication(); var select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            Map<String, Long> counts = new TreeMap<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    counts.put(rows.getString(1), rows.getLong(2));
                }
            }
            return counts;
        }
    }
}
