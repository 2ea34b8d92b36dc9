package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class QualifyingIT {

    @Inject
    Balances balances;

    private TestPerson requester;
    private String projectId;
    private String qualificationId;

    @BeforeEach
    void anOrganisationAsksForASkillThatATestEarns() throws SQLException {
        UUID organisation = TestPeople.organisation("manufacturer");
        TestFunds.deposit(organisation, "USD", 100_000);
        requester = TestPeople.person("requester", organisation);
        as(requester).body("{\"name\": \"German\", \"levels\": [\"B1\", \"B2\"]}").post("/api/skills").then().statusCode(201);
        qualificationId = as(requester).body(test(60, 2)).post("/api/qualifications").then().statusCode(201)
                .body("tasks", equalTo(3)).body("level", equalTo("B2")).extract().path("qualificationId");
        projectId = as(requester).body("""
                {"title": "T", "currency": "USD", "rewardMinor": 5, "estimateSeconds": 60, "form": %s, "skills": [{"skill": "German", "level": "B2"}]}
                """.formatted(WorkFixture.FORM)).post("/api/projects").then().statusCode(201).extract().path("projectId");
        given().auth().oauth2(requester.token()).contentType("text/csv; charset=UTF-8").body("text\neins\nzwei\n").post("/api/projects/{id}/items", projectId)
                .then().statusCode(201);
        as(requester).post("/api/projects/{id}/publish", projectId).then().statusCode(201);
    }

    private static String test(int threshold, int tries) {
        return """
                {"title": "German B2", "skill": "German", "level": "B2", "form": %s, "thresholdPercent": %d, "triesMax": %d, "tasks": [
                  {"content": {"text": "gut"}, "answer": {"sentiment": "pos"}}, {"content": {"text": "schlecht"}, "answer": {"sentiment": "neg"}},
                  {"content": {"text": "prima"}, "answer": {"sentiment": "pos"}}]}
                """.formatted(WorkFixture.FORM, threshold, tries);
    }

    private static String answers(String... values) {
        return java.util.Arrays.stream(values).map("{\"sentiment\": \"%s\"}"::formatted).collect(java.util.stream.Collectors.joining(",", "{\"answers\": [", "]}"));
    }

    private String begin(TestPerson annotator) {
        return as(annotator).body("{\"projectId\": \"%s\"}".formatted(projectId)).post("/api/qualifications/{id}/attempts", qualificationId).then().statusCode(201)
                .body("tasks", hasSize(3)).body("tasks[0].content.text", equalTo("gut")).body("tasks[0].answer", nullValue()).extract().path("attemptId");
    }

    @Test
    void whoPassesATestHoldsItsSkillAndMayClaim() throws SQLException {
        TestPerson anna = TestPeople.annotator("KE");
        String claim = "{\"projectId\": \"%s\"}".formatted(projectId);
        as(anna).body(claim).post("/api/claims").then().statusCode(409).body("code", equalTo("NEEDS_SKILL"));
        as(anna).get("/api/tasks/{id}", projectId).then().body("lacks[0].qualificationId", equalTo(qualificationId)).body("lacks[0].remedy", notNullValue());
        as(anna).get("/api/qualifications/offered").then().body("findAll { it.qualificationId == '%s' }".formatted(qualificationId), hasSize(1));
        String attempt = begin(anna);
        assertEquals(attempt, begin(anna), "an attempt that was begun goes on");
        as(anna).body(answers("pos", "pos", "pos")).post("/api/qualifications/attempts/{id}/submit", attempt).then().statusCode(200)
                .body("right", equalTo(2)).body("of", equalTo(3)).body("passed", equalTo(true)).body("triesLeft", equalTo(1));
        as(anna).body(answers("neg", "neg", "neg")).post("/api/qualifications/attempts/{id}/submit", attempt).then().statusCode(200)
                .body("right", equalTo(2)).body("passed", equalTo(true));
        as(anna).body(claim).post("/api/claims").then().statusCode(201).body("claims", hasSize(1));
        as(anna).get("/api/qualifications/offered").then().body("findAll { it.qualificationId == '%s' }".formatted(qualificationId), empty());
        as(requester).get("/api/qualifications").then().body("items[0].handedIn", equalTo(1)).body("items[0].passed", equalTo(1));
    }

    @Test
    void itsTimeIsBookedToTheProjectItIsFor() throws SQLException {
        TestPerson anna = TestPeople.annotator("KE");
        String attempt = begin(anna);
        UUID tab = UUID.randomUUID();
        String state = "{\"kind\": \"%s\", \"projectId\": \"%s\", \"agoMillis\": 0}";
        WorkFixture.heartbeat(anna, tab, state.formatted("qualification", projectId)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(15));
        WorkFixture.heartbeat(anna, tab, state.formatted("qualification", projectId)).statusCode(200);
        as(anna).body(answers("neg", "pos", "neg")).post("/api/qualifications/attempts/{id}/submit", attempt).then().statusCode(200).body("passed", equalTo(false));
        assertEquals(15_000, balances.of(new Book(requester.organisationId()), Commodity.LABOUR,
                Account.production(UUID.fromString(projectId), TimeClass.QUALIFICATION)), 8_000);
    }

    @Test
    void oneMayTryOnlySoOften() throws SQLException {
        TestPerson anna = TestPeople.annotator("KE");
        for (int left = 1; left >= 0; left--) {
            as(anna).body(answers("neg", "pos", "neg")).post("/api/qualifications/attempts/{id}/submit", begin(anna)).then().statusCode(200)
                    .body("passed", equalTo(false)).body("triesLeft", equalTo(left));
        }
        as(anna).post("/api/qualifications/{id}/attempts", qualificationId).then().statusCode(409).body("code", equalTo("NO_TRIES_LEFT"));
    }

    @Test
    void whatDoesNotFitIsRefused() throws SQLException {
        TestPerson anna = TestPeople.annotator("KE");
        String attempt = begin(anna);
        as(anna).body(answers("pos")).post("/api/qualifications/attempts/{id}/submit", attempt).then().statusCode(422).body("field", equalTo("answers"));
        as(anna).body(answers("pos", "meh", "pos")).post("/api/qualifications/attempts/{id}/submit", attempt).then().statusCode(422);
        as(TestPeople.annotator("KE")).body(answers("pos", "pos", "pos")).post("/api/qualifications/attempts/{id}/submit", attempt).then().statusCode(404);
        as(TestPeople.person("annotator", null)).post("/api/qualifications/{id}/attempts", qualificationId).then().statusCode(409).body("code", equalTo("CONSENT_REQUIRED"));
        as(requester).body(test(101, 2)).post("/api/qualifications").then().statusCode(422).body("field", equalTo("thresholdPercent"));
        as(requester).body(test(50, 2).replace("\"level\": \"B2\"", "\"level\": \"C9\"")).post("/api/qualifications").then().statusCode(422).body("field", equalTo("qualification.level"));
        as(requester).post("/api/qualifications/{id}/close", qualificationId).then().statusCode(201).body("open", equalTo(false));
        as(TestPeople.annotator("KE")).post("/api/qualifications/{id}/attempts", qualificationId).then().statusCode(404);
        as(anna).body(answers("pos", "neg", "pos")).post("/api/qualifications/attempts/{id}/submit", attempt).then().statusCode(200).body("passed", equalTo(true));
    }
}
