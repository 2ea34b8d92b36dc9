package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PayIT {

    @Inject
    Sweeping sweeping;

    private static long worked(WorkFixture work, TestPerson annotator, int minutes) {
        JsonPath claim = work.claimed(annotator, 1);
        String claimId = claim.getString("claims[0].claimId");
        UUID tab = UUID.randomUUID();
        heartbeat(annotator, tab, state("shown", claimId, 0)).statusCode(200);
        for (int i = 0; i < minutes * 2; i++) {
            TestClock.advance(Duration.ofSeconds(30));
            heartbeat(annotator, tab, state("active", claimId, 0)).statusCode(200);
        }
        return work.submit(annotator, claimId, claim.get("claims[0].fencingVersion"), "pos").statusCode(200).extract().jsonPath().getLong("bookedMillis");
    }

    @Test
    void payIsToppedUpToTheFloorOnceTheMonthIsOverAndAllIsDecided() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1, \"floorMinorPerHour\": 2000, \"reserveMinor\": 1000");
        TestPerson anna = TestPeople.annotator("KE");
        long millis = worked(work, anna, 3);
        sweeping.topUp();
        assertEquals(0, work.books.dueMinor(anna), "nothing before the work is decided");
        as(work.requester).post("/api/projects/{id}/approve-rest", work.projectId).then().statusCode(200);
        sweeping.topUp();
        assertEquals(25, work.books.dueMinor(anna), "nothing before the month is over");
        as(work.requester).post("/api/projects/{id}/close", work.projectId).then().statusCode(201);
        sweeping.topUp();
        long floor = Math.ceilDiv(2000 * millis, 3_600_000L);
        assertTrue(floor > 25);
        assertEquals(floor, work.books.dueMinor(anna));
        sweeping.topUp();
        assertEquals(floor, work.books.dueMinor(anna), "once");
        as(work.requester).body("{\"projectId\": \"%s\"}".formatted(work.projectId)).post("/api/payouts").then().statusCode(201)
                .body("totalMinor", equalTo((int) floor));
        assertEquals(floor, ProjectBooks.of(anna.personId(), ProjectBooks.USD, Account.CASH));
        assertEquals(0, work.books.minor(Account.reserve(UUID.fromString(work.projectId))),
                "the rest of the reserve of a closed project is back");
        assertEquals(0, work.books.escrowMinor());
        assertEquals(1_000_000 - floor, work.books.minor(Account.CASH));
    }

    @Test
    void whatTheReserveCannotCoverIsOwedAllTheSameAndNewClaimsStop() throws SQLException {
        var work = new WorkFixture(3, "\"payRule\": \"hour\", \"rewardMinor\": 6000, \"estimateSeconds\": 60, \"labelsWanted\": 1, \"reserveMinor\": 10");
        TestPerson anna = TestPeople.annotator("KE");
        long millis = worked(work, anna, 2);
        long wage = 6000 * millis / 3_600_000;
        assertEquals(wage, work.books.dueMinor(anna), "a time wage is due with the time");
        sweeping.measurePace();
        work.claim(anna, 1).statusCode(409).body("code", equalTo("RESERVE_EXHAUSTED"));
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).body("totalMinor", equalTo((int) wage));
        assertEquals(wage, ProjectBooks.of(anna.personId(), ProjectBooks.USD, Account.CASH));
        assertEquals(0, work.books.minor(Account.reserve(UUID.fromString(work.projectId))));
    }

    @Test
    void searchIsBookedWithTheNextClaimAndLostWithoutOne() throws SQLException {
        var work = new WorkFixture(2, "");
        TestPerson anna = TestPeople.annotator("KE");
        UUID tab = UUID.randomUUID();
        TestClock.notBeforeMidnight(Duration.ofHours(1));
        heartbeat(anna, tab, state("search", null, 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(20));
        heartbeat(anna, tab, state("search", null, 0)).statusCode(200);
        work.claim(anna, 1).statusCode(201);
        long searched = work.books.millis(TimeClass.SEARCH);
        assertEquals(20_000, searched, 8_000);
        heartbeat(anna, tab, state("search", null, 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(30));
        heartbeat(anna, tab, state("hidden", null, 0)).statusCode(200);
        TestClock.advance(Duration.ofMinutes(31));
        sweeping.endWhatIsOver();
        assertEquals(30_000, ProjectBooks.of(anna.personId(), Commodity.LABOUR, Account.lost(TimeClass.SEARCH)), 4_000);
        as(anna).get("/api/me/intervals").then().statusCode(200).body("items.timeClass", hasItem("search"));
    }

    @Test
    void theListOfTasksTellsTheRealWageBesideTheAdvertisedOne() throws SQLException {
        var work = new WorkFixture(2, "\"estimateSeconds\": 60");
        TestPerson anna = TestPeople.annotator("KE");
        worked(work, anna, 2);
        as(work.requester).post("/api/projects/{id}/approve-rest", work.projectId).then().statusCode(200);
        sweeping.measurePace();
        as(anna).get("/api/tasks/{id}", work.projectId).then().statusCode(200).body("advertisedMinorPerHour", equalTo(1500))
                .body("medianMillis >= 120000", equalTo(true)).body("advertisedNowMinorPerHour <= 750", equalTo(true))
                .body("ownEffectiveMinorPerHour <= 750", equalTo(true)).body("medianEffectiveMinorPerHour <= 750", equalTo(true))
                .body("form.questions[0].name", equalTo("sentiment")).body("guidelines", equalTo("Choose.")).body("lacks", equalTo(List.of()));
        String own = as(anna).get("/api/tasks/{id}", work.projectId).then().body("rankedBy", equalTo("OWN")).extract().jsonPath().getString("rankedMinorPerHour");
        as(anna).queryParam("currency", "USD").queryParam("minMinorPerHour", own).queryParam("limit", 200).queryParam("text", "sentiment").get("/api/tasks")
                .then().statusCode(200).body("items.find { it.rankedBy == 'OWN' }.projectId", equalTo(work.projectId));
    }
}
