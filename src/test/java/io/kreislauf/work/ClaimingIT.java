package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.claimItem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ClaimingIT {

    @Inject
    Sweeping sweeping;

    @Test
    void aClaimTellsWhatTheAnnotatorNeedsToWork() throws SQLException {
        var work = new WorkFixture(3, "");
        work.claim(TestPeople.annotator("KE"), 2).statusCode(201).body("claims", hasSize(2)).body("claims[0].content.text", notNullValue())
                .body("claims[0].rewardMinor", equalTo(25)).body("claims[0].estimateMillis", equalTo(150_000)).body("claims[0].formVersion", equalTo(1))
                .body("claims[0].fencingVersion", notNullValue()).body("claims[0].deadlineAt", notNullValue()).body("claims[0].gold", nullValue());
        assertEquals(Map.of("claimed", 2L, "open", 4L), work.slots());
    }

    @Test
    void nobodyGetsAnItemTwice() throws SQLException {
        var work = new WorkFixture(3, "");
        TestPerson anna = TestPeople.annotator("KE");
        var keys = new HashSet<>(work.claimed(anna, 3).<String>getList("claims.itemKey"));
        assertEquals(3, keys.size());
        work.claim(anna, 1).statusCode(201).body("claims", hasSize(0));
        claimItem(anna, work.projectId, "k1").statusCode(409).body("code", equalTo("ALREADY_CLAIMED")).body("remedy", notNullValue());
    }

    @Test
    void namedItemsAreClaimedAllOrNone() throws SQLException {
        var work = new WorkFixture(3, "");
        TestPerson anna = TestPeople.annotator("KE");
        claimItem(anna, work.projectId, "k1", "nowhere").statusCode(404).body("code", equalTo("NOT_FOUND"));
        claimItem(anna, work.projectId, "k1", "k3").statusCode(201).body("claims.itemKey", containsInAnyOrder("k1", "k3"));
        claimItem(TestPeople.annotator("KE"), work.projectId, "k1").statusCode(201);
        claimItem(TestPeople.annotator("KE"), work.projectId, "k2", "k1").statusCode(409).body("code", equalTo("NO_SLOT"));
        assertEquals(Map.of("claimed", 3L, "open", 3L), work.slots());
    }

    @Test
    void whoMayNotWorkIsToldWhy() throws SQLException {
        var work = new WorkFixture(2, "\"regions\": [\"KE\"], \"languages\": [\"sw\"]");
        TestPerson unasked = TestPeople.person("annotator", null);
        work.claim(unasked, 1).statusCode(409).body("code", equalTo("CONSENT_REQUIRED"));
        work.claim(TestPeople.annotator("DE"), 1).statusCode(409).body("code", equalTo("NEEDS_REGION")).body("detail", equalTo("The project is for KE."));
        TestPerson kenyan = TestPeople.annotator("KE");
        work.claim(kenyan, 1).statusCode(409).body("code", equalTo("NEEDS_LANGUAGE")).body("detail", equalTo("The project needs sw.")).body("remedy", notNullValue());
        as(kenyan).get("/api/tasks/{id}", work.projectId).then().statusCode(200).body("lacks.says", equalTo(List.of("needs sw")))
                .body("lacks.code", equalTo(List.of("NEEDS_LANGUAGE")));
        as(kenyan).body("{\"projectId\": \"00000000-0000-0000-0000-000000000000\"}").post("/api/claims").then().statusCode(404);
        work.doing("pause").statusCode(201);
        work.claim(kenyan, 1).statusCode(409).body("code", equalTo("NOT_OPEN"));
    }

    @Test
    void nobodyHoldsMoreThanThePrefetchLimit() throws SQLException {
        var work = new WorkFixture(9, "\"prefetchLimit\": 3");
        TestPerson anna = TestPeople.annotator("KE");
        work.claim(anna, 4).statusCode(409).body("code", equalTo("PREFETCH_LIMIT"));
        work.claim(anna, 2).statusCode(201);
        work.claim(anna, 2).statusCode(409).body("code", equalTo("PREFETCH_LIMIT"));
        as(anna).get("/api/claims").then().statusCode(200).body("claims", hasSize(2));
        assertEquals(2L, work.slots().get("claimed"));
    }

    @Test
    void aTaskFetchedAheadIsFreeAgainAfterItsLeaseAndOneThatWasShownOnlyAfterTheDeadline() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        JsonPath claims = work.claimed(anna, 2);
        String shown = claims.getString("claims[0].claimId");
        as(anna).post("/api/claims/{id}/shown", shown).then().statusCode(200);
        TestClock.advance(Duration.ofMinutes(11));
        sweeping.endWhatIsOver();
        assertEquals(Map.of("claimed", 1L, "open", 1L), work.slots());
        as(anna).get("/api/claims").then().body("claims.claimId", equalTo(List.of(shown)));
        work.claim(anna, 1).statusCode(201).body("claims", hasSize(1));
        TestClock.advance(Duration.ofMinutes(50));
        sweeping.endWhatIsOver();
        assertEquals(Map.of("open", 2L), work.slots());
    }

    @Test
    void whatIsGivenBackIsForOthers() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        JsonPath claim = work.claimed(anna, 1);
        String claimId = claim.getString("claims[0].claimId");
        as(anna).body("{\"fencingVersion\": 0}").post("/api/claims/{id}/return", claimId).then().statusCode(409).body("code", equalTo("FENCED"));
        as(anna).body("{\"fencingVersion\": %s, \"reason\": \"unclear\"}".formatted(claim.<Object>get("claims[0].fencingVersion")))
                .post("/api/claims/{id}/skip", claimId).then().statusCode(200).body("state", equalTo("skipped"));
        work.claim(anna, 1).statusCode(201).body("claims", hasSize(0));
        work.submit(anna, claimId, claim.get("claims[0].fencingVersion"), "pos").statusCode(409).body("code", equalTo("CLAIM_ENDED"));
        work.claim(TestPeople.annotator("KE"), 1).statusCode(201).body("claims", hasSize(1));
    }

    @Test
    void manyAtOnceTakeEachSlotOnce() throws Exception {
        var work = new WorkFixture(40, "\"labelsWanted\": 3, \"prefetchLimit\": 40");
        var people = List.of(TestPeople.annotator("KE"), TestPeople.annotator("KE"), TestPeople.annotator("KE"), TestPeople.annotator("KE"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> turns = new ArrayList<>();
            for (int turn = 0; turn < 40; turn++) {
                TestPerson person = people.get(turn % people.size());
                String token = person.token();
                turns.add(() -> given().auth().oauth2(token).contentType("application/json")
                        .body("{\"projectId\": \"%s\", \"count\": 3}".formatted(work.projectId)).post("/api/claims").then().statusCode(201)
                        .extract().<List<?>>path("claims").size());
            }
            int taken = 0;
            for (var turn : threads.invokeAll(turns)) {
                taken += turn.get();
            }
            assertEquals((long) taken, work.slots().get("claimed"));
        }
        Map<String, Long> perItem = WorkFixture.counts("select item_id::text, count(*) from claim where project_id = ?::uuid group by 1", work.projectId);
        assertTrue(perItem.values().stream().allMatch(n -> n <= 3), perItem.toString());
        assertFalse(perItem.isEmpty());
    }
}
