package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.claimItem;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClaimRulesIT {

    private static final String RANKED = """
            key,text,priority
            a,one,1
            b,two,
            c,three,30
            d,four,-5
            e,five,2
            """;

    @Inject
    Sweeping sweeping;

    private static TestPerson requester() throws SQLException {
        UUID organisation = TestPeople.organisation("manufacturer");
        TestFunds.deposit(organisation, "USD", 1_000_000);
        return TestPeople.person("requester", organisation);
    }

    private static String published(TestPerson requester, String csv, String settings) {
        String projectId = as(requester).body("""
                {"title": "Sentiment", "purpose": "To test", "guidelines": "Choose.", "currency": "USD", "rewardMinor": 25, "estimateSeconds": 600,
                 "form": %s %s}
                """.formatted(WorkFixture.FORM, WorkFixture.named(settings))).post("/api/projects").then().statusCode(201).extract().path("projectId");
        given().auth().oauth2(requester.token()).contentType("text/csv; charset=UTF-8").body(csv).post("/api/projects/{id}/items", projectId).then().statusCode(201);
        as(requester).post("/api/projects/{id}/publish", projectId).then().statusCode(201);
        return projectId;
    }

    private static ValidatableResponse claim(TestPerson annotator, String projectId, int count) {
        return as(annotator).body("{\"projectId\": \"%s\", \"count\": %d}".formatted(projectId, count)).post("/api/claims").then();
    }


    @Test
    void aProjectThatOrdersByPriorityGivesItsMostUrgentItemsFirst() throws SQLException {
        String projectId = published(requester(), RANKED, "\"claimOrder\": \"priority\", \"labelsWanted\": 2");
        claim(TestPeople.annotator("KE"), projectId, 3).statusCode(201).body("claims.itemKey.sort()", equalTo(List.of("a", "c", "e")));
        claim(TestPeople.annotator("KE"), projectId, 3).statusCode(201).body("claims.itemKey.sort()", equalTo(List.of("a", "c", "e")));
        TestPerson anna = TestPeople.annotator("KE");
        claim(anna, projectId, 1).statusCode(201).body("claims.itemKey", equalTo(List.of("b")));
        claim(anna, projectId, 1).statusCode(201).body("claims.itemKey", equalTo(List.of("d")));
        claim(anna, projectId, 1).statusCode(201).body("claims", empty());
    }

    @Test
    void aProjectThatOrdersByConfidenceGivesUnlabelledItemsFirstAndThenThoseLeastAgreedUpon() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 3, \"claimOrder\": \"least_confident\", \"prefetchLimit\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        TestPerson ben = TestPeople.annotator("KE");
        for (String key : List.of("k1", "k2")) {
            submitNamed(work, anna, key, "pos");
            submitNamed(work, ben, key, key.equals("k1") ? "pos" : "neg");
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertEquals(List.of("k2=500000", "k1=0"), urgencies(work.projectId)));
        work.claim(TestPeople.annotator("KE"), 1).statusCode(201).body("claims[0].itemKey", equalTo("k2"));
    }

    private static void submitNamed(WorkFixture work, TestPerson annotator, String key, String value) {
        JsonPath claim = claimItem(annotator, work.projectId, key).statusCode(201).extract().jsonPath();
        work.submit(annotator, claim.getString("claims[0].claimId"), claim.get("claims[0].fencingVersion"), value).statusCode(200);
    }

    private static List<String> urgencies(String projectId) throws SQLException {
        return WorkFixture.counts("""
                select i.external_key, s.urgency from slot s join item i using (item_id) where s.project_id = ?::uuid and s.state = 'open'
                """, projectId).entrySet().stream().sorted((a, b) -> Long.compare(b.getValue(), a.getValue())).map(Object::toString).toList();
    }

    @Test
    void whoLacksASkillIsToldWhichAndMayClaimOnceItIsGranted() throws SQLException {
        TestPerson requester = requester();
        String skillId = as(requester).body("{\"name\": \"German\", \"levels\": [\"A1\", \"A2\", \"B1\", \"B2\", \"C1\", \"C2\"]}").post("/api/skills")
                .then().statusCode(201).extract().path("skillId");
        as(requester).body("{\"name\": \"German\"}").post("/api/skills").then().statusCode(409).body("code", equalTo("SKILL_EXISTS"));
        String projectId = published(requester, "key,text\na,eins\nb,zwei\n", "\"skills\": [{\"skill\": \"German\", \"level\": \"B2\"}]");
        TestPerson anna = TestPeople.annotator("KE");
        claim(anna, projectId, 1).statusCode(409).body("code", equalTo("NEEDS_SKILL")).body("detail", equalTo("The project needs German B2.")).body("remedy", notNullValue());
        claimItem(anna, projectId, "a").statusCode(409).body("code", equalTo("NEEDS_SKILL"));
        as(anna).get("/api/tasks/{id}", projectId).then().body("lacks.says", equalTo(List.of("needs German B2")));
        String pseudonym = TestPeople.pseudonym(requester.organisationId(), anna);
        as(requester).body("{\"level\": \"B1\"}").put("/api/skills/{id}/holders/{who}", skillId, pseudonym).then().statusCode(200);
        claim(anna, projectId, 1).statusCode(409).body("code", equalTo("NEEDS_SKILL"));
        as(requester).body("{\"level\": \"D7\"}").put("/api/skills/{id}/holders/{who}", skillId, pseudonym).then().statusCode(422).body("field", equalTo("level"));
        as(requester).body("{\"level\": \"C1\"}").put("/api/skills/{id}/holders/{who}", skillId, pseudonym).then().statusCode(200).body("level", equalTo("C1"));
        claim(anna, projectId, 1).statusCode(201).body("claims", hasSize(1));
        as(anna).get("/api/skills/mine").then().body("[0].skill", equalTo("German")).body("[0].level", equalTo("C1"));
        as(requester).get("/api/skills/{id}/holders", skillId).then().body("items.annotator", equalTo(List.of(pseudonym)));
        as(requester).delete("/api/skills/{id}/holders/{who}", skillId, pseudonym).then().statusCode(204);
        claimItem(anna, projectId, "a", "b").statusCode(409).body("code", equalTo("NEEDS_SKILL"));
        as(TestPeople.person("requester", TestPeople.organisation("manufacturer"))).put("/api/skills/{id}/holders/{who}", skillId, pseudonym).then().statusCode(404);
    }

    @Test
    void aProjectCannotAskForASkillThatThereIsNot() throws SQLException {
        TestPerson requester = requester();
        String draft = """
                {"title": "T", "currency": "USD", "rewardMinor": 1, "estimateSeconds": 9, "form": %s, "skills": [{"skill": "Welsh"}]}
                """.formatted(WorkFixture.FORM);
        as(requester).body(draft).post("/api/projects").then().statusCode(422).body("field", equalTo("skills[0].skill"));
        as(requester).body("{\"name\": \"Welsh\"}").post("/api/skills").then().statusCode(201).body("levels", equalTo(List.of("Welsh")));
        String projectId = as(requester).body(draft).post("/api/projects").then().statusCode(201).extract().path("projectId");
        as(requester).get("/api/projects/{id}", projectId).then().body("skills[0].skill", equalTo("Welsh"));
    }

    @Test
    void nobodyGetsMoreThanTheirShare() throws SQLException {
        var work = new WorkFixture(10, "\"labelsWanted\": 1, \"sharePercentMax\": 30, \"prefetchLimit\": 10");
        TestPerson anna = TestPeople.annotator("KE");
        work.label(anna, "pos");
        work.claim(anna, 5).statusCode(201).body("claims", hasSize(2));
        work.claim(anna, 1).statusCode(409).body("code", equalTo("SHARE_REACHED"));
        as(anna).get("/api/tasks/{id}", work.projectId).then().body("lacks.code", hasItem("SHARE_REACHED"));
        claimItem(anna, work.projectId, "k1", "k2", "k3", "k4", "k5", "k6", "k7", "k8", "k9", "k10").statusCode(409);
        work.claim(TestPeople.annotator("KE"), 3).statusCode(201).body("claims", hasSize(3));
        assertEquals(1L, work.slots().get("filled"));
        assertEquals(5L, work.slots().get("claimed"));
    }

    @Test
    void distressingContentIsLimitedByTheDayOverAllProjects() throws SQLException {
        TestPerson requester = requester();
        String csv = "key,text\na,one\nb,two\nc,three\nd,four\n";
        String first = published(requester, csv, "\"contentWarning\": \"Violence\", \"exposureMinutesMax\": 25");
        String second = published(requester, csv, "\"contentWarning\": \"Violence\", \"exposureMinutesMax\": 25");
        String harmless = published(requester, csv, "");
        TestPerson anna = TestPeople.annotator("KE");
        claim(anna, first, 2).statusCode(201).body("claims", hasSize(2));
        claim(anna, second, 4).statusCode(201).body("claims", hasSize(1));
        claim(anna, second, 1).statusCode(409).body("code", equalTo("EXPOSURE_REACHED")).body("remedy", notNullValue());
        as(anna).get("/api/tasks/{id}", second).then().body("lacks.code", equalTo(List.of("EXPOSURE_REACHED")));
        claim(anna, harmless, 1).statusCode(201).body("claims", hasSize(1));
        as(requester).get("/api/projects/{id}", published(requester, csv, "\"contentWarning\": \"Violence\"")).then().body("exposureMinutesMax", equalTo(120));
        TestClock.advance(Duration.ofHours(25));
        sweeping.endWhatIsOver();
        claim(anna, second, 2).statusCode(201).body("claims", hasSize(2));
    }

    @Test
    void oneCanAllowOneselfLessDistressingContentThanProjectsDo() throws SQLException {
        String projectId = published(requester(), "key,text\na,one\nb,two\nc,three\nd,four\n", "\"contentWarning\": \"Violence\"");
        TestPerson anna = TestPeople.annotator("KE");
        as(anna).body("{\"minutesADay\": 15}").put("/api/me/exposure-limit").then().statusCode(200).body("minutesADay", equalTo(15));
        as(anna).get("/api/me").then().body("exposureMinutesMax", equalTo(15));
        claim(anna, projectId, 4).statusCode(201).body("claims", hasSize(2));
        claim(anna, projectId, 1).statusCode(409).body("code", equalTo("OWN_EXPOSURE_REACHED"))
                .body("detail", equalTo("The project shows distressing content, and the 15 minutes of it a day that you allow yourself are used up."));
        as(anna).get("/api/tasks/{id}", projectId).then().body("lacks.code", equalTo(List.of("OWN_EXPOSURE_REACHED"))).body("lacks[0].what", equalTo("15"));
        claimItem(anna, projectId, "a").statusCode(409);
        as(anna).queryParam("mayDo", true).queryParam("limit", 200).get("/api/tasks").then().statusCode(200).body("items.findAll { it.projectId == '%s' }".formatted(projectId), empty());
        as(anna).body("{\"minutesADay\": 1000}").put("/api/me/exposure-limit").then().statusCode(200);
        claim(anna, projectId, 2).statusCode(201).body("claims", hasSize(2));
        TestPerson ben = TestPeople.annotator("KE");
        as(ben).body("{\"minutesADay\": 0}").put("/api/me/exposure-limit").then().statusCode(200);
        claim(ben, projectId, 1).statusCode(409).body("code", equalTo("OWN_EXPOSURE_REACHED"));
        as(ben).body("{}").put("/api/me/exposure-limit").then().statusCode(200);
        as(ben).get("/api/tasks/{id}", projectId).then().body("lacks", empty());
        as(ben).body("{\"minutesADay\": 1441}").put("/api/me/exposure-limit").then().statusCode(422).body("field", equalTo("minutesADay"));
        as(ben).body("{\"minutesADay\": -1}").put("/api/me/exposure-limit").then().statusCode(422);
    }

    @Test
    void aWarningThatComesLaterLimitsExposureAtOnce() throws SQLException {
        TestPerson requester = requester();
        String projectId = published(requester, "key,text\na,one\nb,two\nc,three\n", "");
        TestPerson anna = TestPeople.annotator("KE");
        claim(anna, projectId, 1).statusCode(201);
        as(requester).post("/api/projects/{id}/pause", projectId).then().statusCode(201);
        as(requester).body("{\"contentWarning\": \"Violence\"}").patch("/api/projects/{id}", projectId).then().statusCode(200).body("exposureMinutesMax", equalTo(120));
        as(requester).post("/api/projects/{id}/resume", projectId).then().statusCode(201);
        claim(anna, projectId, 1).statusCode(201).body("claims", hasSize(1));
    }

    @Test
    void aTaskPutAsideIsNotInTheWayAndComesBackBeforeItsDeadline() throws SQLException {
        var work = new WorkFixture(6, "\"prefetchLimit\": 2");
        TestPerson anna = TestPeople.annotator("KE");
        JsonPath claims = work.claimed(anna, 2);
        String claimId = claims.getString("claims[0].claimId");
        String later = "{\"fencingVersion\": %s}".formatted(claims.<Object>get("claims[0].fencingVersion"));
        as(anna).post("/api/claims/{id}/shown", claimId).then().statusCode(200);
        as(anna).body("{\"answer\": {\"sentiment\": \"neg\"}}").put("/api/claims/{id}/draft", claimId).then().statusCode(200);
        as(anna).body("{\"fencingVersion\": 0}").post("/api/claims/{id}/later", claimId).then().statusCode(409).body("code", equalTo("FENCED"));
        as(TestPeople.annotator("KE")).body(later).post("/api/claims/{id}/later", claimId).then().statusCode(404);
        String first = as(anna).body(later).post("/api/claims/{id}/later", claimId).then().statusCode(200).body("returnsAt", notNullValue()).extract().asString();
        assertEquals(first, as(anna).body(later).post("/api/claims/{id}/later", claimId).then().statusCode(200).extract().asString());
        work.claim(anna, 1).statusCode(201).body("claims", hasSize(1));
        work.claim(anna, 1).statusCode(409).body("code", equalTo("PREFETCH_LIMIT"));
        as(anna).get("/api/claims").then().body("claims", hasSize(3)).body("claims[2].claimId", equalTo(claimId)).body("claims[2].asideAt", notNullValue())
                .body("claims[2].draft.sentiment", equalTo("neg"));
        TestClock.advance(Duration.ofMinutes(54));
        as(anna).get("/api/claims").then().body("claims[0].claimId", equalTo(claimId));
        as(anna).post("/api/claims/{id}/shown", claimId).then().statusCode(200);
        assertTrue(as(anna).get("/api/claims").then().extract().jsonPath().getList("claims.asideAt").stream().allMatch(java.util.Objects::isNull));
        work.submit(anna, claimId, claims.get("claims[0].fencingVersion"), "neg").statusCode(200).body("state", equalTo("ACCEPTED"));
        as(anna).body(later).post("/api/claims/{id}/later", claimId).then().statusCode(409).body("code", equalTo("CLAIM_ENDED"));
    }

    @Test
    void aTaskPutAsideEndsAtItsDeadlineLikeAnyOtherAndOnlySoManyMayBePutAside() throws SQLException {
        var work = new WorkFixture(6, "\"labelsWanted\": 1, \"prefetchLimit\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        JsonPath one = work.claimed(anna, 1);
        aside(anna, one).statusCode(200);
        JsonPath other = work.claimed(anna, 1);
        aside(anna, other).statusCode(409).body("code", equalTo("ASIDE_LIMIT"));
        TestClock.advance(Duration.ofMinutes(61));
        sweeping.endWhatIsOver();
        as(anna).get("/api/claims").then().body("claims", empty());
        assertEquals(6L, work.slots().get("open"));
        work.submit(anna, one.getString("claims[0].claimId"), one.get("claims[0].fencingVersion"), "pos").statusCode(200).body("state", equalTo("ACCEPTED"));
    }

    /** Its time is over, and it can be handed in late: it holds no place, waits for nobody, and is there again when it is called. */
    @Test
    void whatTimedOutCanBePutAsideTooAndIsNotInTheWay() throws SQLException {
        var work = new WorkFixture(6, "\"labelsWanted\": 1, \"prefetchLimit\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        JsonPath held = work.claimed(anna, 1);
        String claimId = held.getString("claims[0].claimId");
        aside(anna, held).statusCode(200).body("returnsAt", notNullValue());
        as(anna).body("{\"answer\": {\"sentiment\": \"neg\"}}").put("/api/claims/{id}/draft", claimId).then().statusCode(200);
        TestClock.advance(Duration.ofMinutes(61));
        sweeping.endWhatIsOver();
        as(anna).get("/api/claims").then().body("claims.state", contains("expired")).body("claims[0].asideAt", nullValue());
        String later = "{\"fencingVersion\": %s}".formatted(held.<Object>get("claims[0].fencingVersion"));
        String first = as(anna).body(later).post("/api/claims/{id}/later", claimId).then().statusCode(200).body("asideAt", notNullValue())
                .body("returnsAt", nullValue()).extract().asString();
        assertEquals(first, as(anna).body(later).post("/api/claims/{id}/later", claimId).then().statusCode(200).extract().asString());
        work.claim(anna, 1).statusCode(201).body("claims", hasSize(1));
        as(anna).get("/api/claims").then().body("claims", hasSize(2)).body("claims[1].claimId", equalTo(claimId)).body("claims[1].asideAt", notNullValue())
                .body("claims[1].draft.sentiment", equalTo("neg"));
        work.submit(anna, claimId, held.get("claims[0].fencingVersion"), "neg").statusCode(200).body("state", equalTo("ACCEPTED"));
        as(anna).body(later).post("/api/claims/{id}/later", claimId).then().statusCode(409).body("code", equalTo("CLAIM_ENDED"));
    }

    private static ValidatableResponse aside(TestPerson annotator, JsonPath claim) {
        as(annotator).post("/api/claims/{id}/shown", claim.getString("claims[0].claimId")).then().statusCode(200);
        return as(annotator).body("{\"fencingVersion\": %s}".formatted(claim.<Object>get("claims[0].fencingVersion")))
                .post("/api/claims/{id}/later", claim.getString("claims[0].claimId")).then();
    }
}
