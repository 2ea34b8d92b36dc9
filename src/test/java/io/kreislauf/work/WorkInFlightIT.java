package io.kreislauf.work;

import static io.kreislauf.work.PageInUse.work;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.claimItem;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.TimeClass;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A requester extends, pauses, resumes, closes or cancels while annotators have its tasks before them: no work is lost. */
@QuarkusTest
class WorkInFlightIT {

    private static final long REWARD_MINOR = 25;

    @Inject
    Sweeping sweeping;

    private WorkFixture work;
    private TestPerson anna;
    private String shown;
    private Object shownVersion;

    /** Four items wanted once; Anna holds two tasks and has worked half a minute on one of them. */
    @BeforeEach
    void annaIsAtWork() throws SQLException {
        work = new WorkFixture(4, "\"labelsWanted\": 1");
        anna = TestPeople.annotator("KE");
        JsonPath claims = work.claimed(anna, 2);
        shown = claims.getString("claims[0].claimId");
        shownVersion = claims.get("claims[0].fencingVersion");
        UUID tab = work(anna, shown, 30);
        heartbeat(anna, tab, state("hidden", shown, 0)).statusCode(200);
    }

    private void hours(long expectedSeconds, TimeClass timeClass) {
        assertEquals(expectedSeconds * 1000, work.books.millis(timeClass), 8_000, timeClass + " milliseconds, beside what the requests took");
    }

    private void later(int minutes) {
        TestClock.advance(Duration.ofMinutes(minutes));
        sweeping.endWhatIsOver();
    }

    private void approved() {
        as(work.requester).post("/api/projects/{id}/approve-rest", work.projectId).then().statusCode(200).body("approved", equalTo(1));
        as(anna).get("/api/me/work").then().body("pay[0].dueMinor", equalTo((int) REWARD_MINOR));
    }

    @Test
    void aPausedProjectGivesNothingOutAndTakesWhatWasShownUntilItsDeadline() throws SQLException {
        work.doing("pause").statusCode(201);
        work.claim(TestPeople.annotator("KE"), 1).statusCode(409).body("code", equalTo("NOT_OPEN"));
        later(11);
        assertEquals(Map.of("claimed", 1L, "open", 3L), work.slots());
        work.doing("resume").statusCode(201);
        TestPerson ben = TestPeople.annotator("KE");
        work.claim(ben, 4).statusCode(201).body("claims", hasSize(3));
        work.doing("pause").statusCode(201);
        work.submit(anna, shown, shownVersion, "pos").statusCode(200).body("state", equalTo("ACCEPTED"));
        hours(30, TimeClass.DIRECT);
        approved();
    }

    @Test
    void aLateLabelToAPausedProjectIsANormalOneForNobodyElseCouldHaveTakenItsSlot() throws SQLException {
        work.doing("pause").statusCode(201);
        later(61);
        hours(30, TimeClass.RETURNED);
        assertEquals(Map.of("open", 4L), work.slots());
        work.submit(anna, shown, shownVersion, "pos").statusCode(200).body("state", equalTo("ACCEPTED"));
        hours(30, TimeClass.DIRECT);
        hours(0, TimeClass.RETURNED);
        approved();
    }

    @Test
    void aClosedProjectGivesBackWhatNobodyHoldsAndTakesAndPaysWhatSomebodyDoes() throws SQLException {
        long before = work.books.escrowMinor();
        work.doing("close").statusCode(201);
        assertEquals(Map.of("claimed", 2L, "closed", 2L), work.slots());
        assertEquals(before - 2 * REWARD_MINOR, work.books.escrowMinor());
        later(11);
        assertEquals(Map.of("claimed", 1L, "closed", 3L), work.slots());
        work.submit(anna, shown, shownVersion, "pos").statusCode(200).body("state", equalTo("ACCEPTED")).body("rewardMinor", equalTo((int) REWARD_MINOR));
        assertEquals(Map.of("filled", 1L, "closed", 3L), work.slots());
        assertEquals(REWARD_MINOR, work.books.escrowMinor());
        approved();
    }

    @Test
    void aLateLabelToAClosedProjectIsKeptAndItsTimeStaysBooked() throws SQLException {
        work.doing("close").statusCode(201);
        later(61);
        assertEquals(Map.of("closed", 4L), work.slots());
        assertEquals(0, work.books.escrowMinor());
        work.submit(anna, shown, shownVersion, "pos").statusCode(200).body("state", equalTo("LATE_KEPT"));
        hours(30, TimeClass.RETURNED);
        as(anna).get("/api/me/submissions").then().body("items[0].lateKept", equalTo(true)).body("items[0].bookedMillis >= 27000", equalTo(true));
    }

    @Test
    void aCancelledProjectTakesWhatWasShownAndItsTasksCanBeReturned() throws SQLException {
        work.doing("cancel").statusCode(201);
        work.claim(anna, 1).statusCode(409).body("code", equalTo("NOT_OPEN"));
        as(anna).body("{\"fencingVersion\": %s, \"reason\": \"cancelled\"}".formatted(shownVersion)).post("/api/claims/{id}/return", shown).then().statusCode(200)
                .body("bookedMillis >= 27000", equalTo(true));
        hours(30, TimeClass.RETURNED);
        assertEquals(Map.of("claimed", 1L, "closed", 3L), work.slots());
        JsonPath held = as(anna).get("/api/claims").then().body("claims", hasSize(1)).extract().jsonPath();
        work.submit(anna, held.getString("claims[0].claimId"), held.get("claims[0].fencingVersion"), "neg").statusCode(200).body("state", equalTo("ACCEPTED"));
        assertEquals(REWARD_MINOR, work.books.escrowMinor());
        approved();
    }

    @Test
    void anExtensionIsFundedFirstAndLeavesWhatIsHeldAlone() throws SQLException {
        given().auth().oauth2(work.requester.token()).contentType("text/csv; charset=UTF-8").body("key,text\nk5,five\n").post("/api/projects/{id}/items", work.projectId)
                .then().statusCode(201);
        claimItem(anna, work.projectId, "k5").statusCode(409).body("code", equalTo("NO_SLOT"));
        assertEquals(4 * REWARD_MINOR, work.books.escrowMinor());
        as(work.requester).body("{\"labelsWanted\": 2, \"reserveMinor\": 100000000}").post("/api/projects/{id}/extend", work.projectId).then().statusCode(409)
                .body("code", equalTo("NO_FUNDS"));
        assertEquals(Map.of("claimed", 2L, "open", 2L), work.slots(), "nothing changed");
        as(work.requester).get("/api/projects/{id}", work.projectId).then().body("labelsWanted", equalTo(1));
        work.doing("pause").statusCode(201);
        as(work.requester).body("{\"labelsWanted\": 2}").post("/api/projects/{id}/extend", work.projectId).then().statusCode(201).body("labelsWanted", equalTo(2));
        assertEquals(Map.of("claimed", 2L, "open", 8L), work.slots());
        assertEquals(10 * REWARD_MINOR, work.books.escrowMinor());
        work.doing("resume").statusCode(201);
        claimItem(anna, work.projectId, "k5").statusCode(201);
        work.submit(anna, shown, shownVersion, "pos").statusCode(200).body("state", equalTo("ACCEPTED"));
        as(work.requester).body("{\"labelsWanted\": 1}").post("/api/projects/{id}/extend", work.projectId).then().statusCode(422).body("field", equalTo("labelsWanted"));
        work.claim(TestPeople.annotator("KE"), 5).statusCode(201).body("claims", hasSize(5));
    }

    @Test
    void wrongRequestsWhileATaskIsShownTakeNoSecondOfIt() throws SQLException {
        TestPerson ben = TestPeople.annotator("KE");
        UUID tab = UUID.randomUUID();
        work.claim(anna, 200).statusCode(409).body("code", equalTo("PREFETCH_LIMIT"));
        work.claim(anna, 0).statusCode(422).body("field", equalTo("count"));
        heartbeat(ben, tab, state("shown", shown, 0)).statusCode(404);
        heartbeat(anna, tab, state("shown", shown, -1)).statusCode(422);
        heartbeat(anna, tab, state("shown", shown, 10) + "," + state("active", shown, 20)).statusCode(422);
        heartbeat(anna, tab, state("shown", shown, 25_000) + "," + state("active", shown, 20_000) + "," + state("hidden", shown, 10_000)).statusCode(200);
        as(anna).body("{\"answer\": {\"a\": \"%s\"}}".formatted("x".repeat(70_000))).put("/api/claims/{id}/draft", shown).then().statusCode(413);
        as(anna).body("{\"fencingVersion\": %s, \"formVersion\": 7, \"answer\": {\"sentiment\": \"pos\"}}".formatted(shownVersion))
                .post("/api/claims/{id}/submit", shown).then().statusCode(409).body("code", equalTo("FORM_VERSION"));
        work.submit(anna, shown, shownVersion, "pos").statusCode(200);
        hours(30, TimeClass.DIRECT);
    }
}
