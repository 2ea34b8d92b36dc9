package io.kreislauf;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.testing.EmittedEvents;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The main job from capital advanced to a model's revenue, through the front door alone. */
@QuarkusTest
class CircuitJourneyIT {

    private static final int ITEMS = 10;
    private static final int LABELS = 3;
    private static final Duration PER_TASK = Duration.ofSeconds(12);

    private record Handed(String submissionId, long bookedMillis) {}

    @Test
    void everyLabelAndEverySecondArrivesInTheModel() throws Exception {
        UUID dataHouse = TestPeople.organisation("manufacturer");
        UUID modelHouse = TestPeople.organisation("model-maker");
        String operator = TestPeople.person("operator", null).token();
        String requester = TestPeople.person("requester", dataHouse).token();
        String reviewer = TestPeople.person("reviewer", dataHouse).token();
        String maker = TestPeople.person("requester", modelHouse).token();
        String stranger = TestPeople.person("requester", TestPeople.organisation("model-maker")).token();
        List<TestPerson> annotators = new ArrayList<>();
        for (int i = 0; i < LABELS; i++) {
            annotators.add(TestPeople.annotator("KE"));
        }

        Map<UUID, String> tokens = annotators.stream().collect(Collectors.toMap(TestPerson::personId, TestPerson::token));

        post(operator, "/api/organisations/%s/deposits".formatted(dataHouse), Map.of("currency", "USD", "amountMinor", 100_00, "bankReference", "a" + dataHouse));
        post(operator, "/api/organisations/%s/deposits".formatted(modelHouse), Map.of("currency", "USD", "amountMinor", 900_00, "bankReference", "a" + modelHouse));

        String project = post(requester, "/api/projects", Map.ofEntries(Map.entry("title", "Sentiment"), Map.entry("purpose", "A test"),
                Map.entry("guidelines", "Read, then choose."), Map.entry("currency", "USD"), Map.entry("payRule", "piece"),
                Map.entry("rewardMinor", 25), Map.entry("estimateSeconds", 60), Map.entry("labelsWanted", LABELS), Map.entry("reserveMinor", 500),
                Map.entry("floorMinorPerHour", 100), Map.entry("prefetchLimit", 3),
                Map.entry("form", Map.of("questions", List.of(Map.of("name", "mood", "title", "Mood?", "type", "choice", "required", true,
                        "choices", List.of(Map.of("value", "good", "title", "Good", "key", "1"), Map.of("value", "bad", "title", "Bad", "key", "2"))))))))
                .extract().path("projectId");
        call(stranger).get("/api/projects/" + project).then().statusCode(404);
        StringBuilder csv = new StringBuilder("key,text\n");
        for (int i = 0; i < ITEMS; i++) {
            csv.append("k%02d,\"Sentence number %d, with a comma\"%n".formatted(i, i));
        }
        call(requester).contentType("text/csv").body(csv.toString()).post("/api/projects/%s/items".formatted(project)).then().statusCode(201)
                .body("imported", equalTo(ITEMS));
        call(requester).get("/api/projects/%s/cost".formatted(project)).then().body("rewardsMinor", equalTo(ITEMS * LABELS * 25)).body("totalMinor", equalTo(ITEMS * LABELS * 25 + 500));
        post(requester, "/api/projects/%s/publish".formatted(project), Map.of());

        List<String> submissions = new ArrayList<>();
        long bookedMillis = 0;
        for (int round = 0; round < ITEMS; round++) {
            for (TestPerson annotator : annotators) {
                Handed handed = label(tokens.get(annotator.personId()), project, "good");
                submissions.add(handed.submissionId());
                bookedMillis += handed.bookedMillis();
            }
        }
        assertEquals(ITEMS * LABELS, new HashSet<>(submissions).size());
        call(annotators.getFirst().token()).get("/api/me/work").then().statusCode(200);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                call(requester).get("/api/projects/%s/dataset".formatted(project)).then().body("rows", equalTo(ITEMS)));
        Map<String, Object> release = Map.of("name", "Moods", "licences", 2);
        call(requester).contentType(ContentType.JSON).body(release).post("/api/projects/%s/releases".formatted(project)).then().statusCode(409)
                .contentType("application/problem+json").body("code", equalTo("UNREVIEWED_WORK")).body("remedy", notNullValue());

        post(reviewer, "/api/submissions/%s/reject".formatted(submissions.getFirst()), Map.of("reason", "Read it again."), 200);
        post(reviewer, "/api/projects/%s/approve-rest".formatted(project), Map.of(), 200).body("approved", equalTo(ITEMS * LABELS - 1));
        post(requester, "/api/payouts", Map.of("projectId", project)).body("people", equalTo(LABELS)).body("totalMinor", equalTo((ITEMS * LABELS - 1) * 25));
        post(requester, "/api/payouts", Map.of("projectId", project)).body("totalMinor", equalTo(0));

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() ->
                call(requester).get("/api/projects/%s/labels?limit=200".formatted(project)).then().body("items.labels", hasItem(LABELS - 1)));
        String version = post(requester, "/api/projects/%s/releases".formatted(project), release).body("trainRows", not(equalTo(0))).extract().path("versionId");
        JsonPath released = call(requester).get("/api/datasets/" + version).then().statusCode(200).extract().jsonPath();
        assertEquals(ITEMS, released.getInt("trainRows") + released.getInt("testRows"));
        long hours = released.getLong("millisByClass.direct") + released.getLong("millisByClass.rejected");
        assertEquals(bookedMillis, hours, "the release holds each second that was booked");
        assertTrue(hours >= ITEMS * LABELS * PER_TASK.toMillis(), "and each second that was worked");
        assertEquals((ITEMS * LABELS - 1) * 25, released.getLong("vMinor"));

        String train = "/api/datasets/%s/files/data/train.jsonl".formatted(version);
        call(maker).get(train).then().statusCode(403).body("code", equalTo("NOT_LICENSED"));
        String offer = post(requester, "/api/licences/offers", Map.of("versionId", version, "buyerOrganisationId", modelHouse, "priceMinor", 300_00,
                "currency", "USD", "runsTotal", 1)).extract().path("offerId");
        String licence = post(maker, "/api/licences/offers/%s/accept".formatted(offer), Map.of()).extract().path("licenceId");
        String rows = call(maker).get(train).then().statusCode(200).extract().asString() + call(maker).get(train.replace("train", "test")).asString();
        assertEquals(ITEMS, rows.lines().count());
        call(stranger).get(train).then().statusCode(not(200));
        for (TestPerson annotator : annotators) {
            assertFalse(rows.contains(annotator.personId().toString()), "a released file names a person's id");
        }

        String model = post(maker, "/api/models", Map.of("name", "Mood model", "months", 2, "currency", "USD")).extract().path("modelId");
        post(maker, "/api/models/%s/runs".formatted(model), Map.of("licences", List.of(licence), "means", List.of()));
        post(maker, "/api/models/%s/release".formatted(model), Map.of("months", 2));
        post(maker, "/api/models/%s/months".formatted(model), Map.of("month", 1, "revenueMinor", 200_00, "servingCostMinor", 0));
        post(maker, "/api/models/%s/months".formatted(model), Map.of("month", 2, "revenueMinor", 250_00, "servingCostMinor", 0));

        assertTrue(call(maker).get("/api/circuit/models/" + model).then().statusCode(200).extract().asString().length() > 500);
        call(stranger).get("/api/circuit/models/" + model).then().statusCode(404);
        whatWasToldFitsItsSchemas(project);
    }

    /** Every message about this project, of every type that the journey causes. */
    private static void whatWasToldFitsItsSchemas(String project) throws Exception {
        Set<String> types = new TreeSet<>();
        for (String topic : List.of("labels", "items", "datasets")) {
            for (JsonNode event : EmittedEvents.of(topic)) {
                if (event.at("/data/projectId").asText().equals(project)) {
                    types.add(event.required("type").asText());
                    assertEquals(List.of(), EmittedEvents.faults(event).toList(), event.toString());
                }
            }
        }
        assertEquals(Set.of("io.kreislauf.label.submitted.v1", "io.kreislauf.label.approved.v1", "io.kreislauf.label.rejected.v1",
                "io.kreislauf.item.resolved.v1", "io.kreislauf.dataset.released.v1"), types);
    }

    /** Claims one task, works on it for twelve seconds, and hands it in twice: the second time is the same answer. */
    private static Handed label(String annotator, String project, String mood) throws Exception {
        JsonPath claim = post(annotator, "/api/claims", Map.of("projectId", project, "count", 1)).extract().jsonPath();
        String id = claim.getString("claims[0].claimId");
        String tab = UUID.randomUUID().toString();
        observe(annotator, tab, id, "shown");
        TestClock.advance(PER_TASK);
        observe(annotator, tab, id, "active");
        Map<String, Object> answer = Map.of("fencingVersion", claim.getLong("claims[0].fencingVersion"), "formVersion", claim.getInt("claims[0].formVersion"),
                "answer", Map.of("mood", mood));
        ValidatableResponse first = post(annotator, "/api/claims/%s/submit".formatted(id), answer, 200).body("state", equalTo("ACCEPTED"));
        String submission = first.extract().path("submissionId");
        post(annotator, "/api/claims/%s/submit".formatted(id), answer, 200).body("submissionId", equalTo(submission));
        return new Handed(submission, first.extract().jsonPath().getLong("bookedMillis"));
    }

    private static void observe(String annotator, String tab, String claim, String kind) {
        post(annotator, "/api/observations", Map.of("tab", tab, "states", List.of(Map.of("kind", kind, "claimId", claim, "agoMillis", 0))), 200);
    }

    private static ValidatableResponse post(String token, String path, Object body) {
        return post(token, path, body, 201);
    }

    private static ValidatableResponse post(String token, String path, Object body, int status) {
        ValidatableResponse answer = call(token).contentType(ContentType.JSON).body(body).post(path).then();
        assertTrue(Set.of(status, status == 201 ? 200 : 201).contains(answer.extract().statusCode()),
                () -> "%s %s: %s".formatted(path, answer.extract().statusCode(), answer.extract().asString()));
        return answer;
    }

    private static io.restassured.specification.RequestSpecification call(String token) {
        return given().auth().oauth2(token);
    }
}
