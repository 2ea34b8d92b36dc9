package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.people.Caller;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Pay beyond the reward that is told before the claim: supplement, returned time, tests. */
@QuarkusTest
class ExtraPayIT {

    @Inject
    Balances balances;

    @Inject
    Sweeping sweeping;

    @Inject
    TakingQualification qualification;

    private long due(WorkFixture work, TestPerson annotator) {
        return -money(work, Account.wagesDue(new Book(annotator.personId())));
    }

    private long money(WorkFixture work, Account account) {
        return balances.of(new Book(work.requester.organisationId()), Commodity.money("USD"), account);
    }

    private long escrow(WorkFixture work) {
        return money(work, Account.escrow(UUID.fromString(work.projectId)));
    }

    @Test
    void theHazardSupplementIsHeldForEachLabelAndPaidWithEachApprovedOne() throws SQLException {
        TestClock.notBeforeMidnight(Duration.ofMinutes(10));
        var work = new WorkFixture(4, "\"labelsWanted\": 1, \"extraPay\": {\"hazardMinor\": 10, \"bonusTerms\": \"The clearest tenth\"}");
        TestPerson anna = TestPeople.annotator("KE");
        as(anna).get("/api/tasks/{id}", work.projectId).then().statusCode(200).body("extraPay.hazardMinor", equalTo(10))
                .body("extraPay.bonusTerms", equalTo("The clearest tenth")).body("hazardMinor", equalTo(10))
                .body("advertisedMinorPerHour", equalTo(840)).body("rankedMinorPerHour", equalTo(840));
        as(work.requester).get("/api/projects/{id}", work.projectId).then().body("advertisedMinorPerHour", equalTo(840));
        assertEquals(140, escrow(work));
        String approved = work.label(anna, "pos");
        String lost = work.label(anna, "neg");
        String won = work.label(anna, "pos");
        earnedToday(105, anna);
        as(work.reviewer).post("/api/submissions/{id}/approve", approved).then().statusCode(200);
        as(work.reviewer).post("/api/submissions/{id}/approve", approved).then().statusCode(200);
        assertEquals(35, due(work, anna));
        earnedToday(105, anna);
        for (String rejected : new String[] {lost, won}) {
            as(work.reviewer).body("{\"reason\": \"Wrong\"}").post("/api/submissions/{id}/reject", rejected).then().statusCode(200);
        }
        earnedToday(35, anna);
        PayRulesIT.escrowHolds(work);
        String appeal = as(anna).body("{\"reason\": \"Right\"}").post("/api/submissions/{id}/appeal", won).then().statusCode(201).extract().path("appealId");
        as(work.requester).body("{\"won\": true, \"reason\": \"So it is\"}").post("/api/appeals/{id}/decide", appeal).then().statusCode(200);
        assertEquals(70, due(work, anna));
        earnedToday(70, anna);
        TestClock.advance(Duration.ofDays(15));
        sweeping.decideBySilence();
        assertEquals(105, escrow(work), "two paid next, one not asked yet: the rejected one's 35 went back");
        PayRulesIT.escrowHolds(work);
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).body("totalMinor", equalTo(70));
        as(anna).get("/api/me/payslips").then().body("items[0].lines.kind", hasItems("reward", "supplement"));
        PayRulesIT.escrowHolds(work);
    }

    /** What the line above a task says, and the page of one's pay: with the supplement, decided or not. */
    private static void earnedToday(int minor, TestPerson annotator) {
        as(annotator).get("/api/me/work").then().statusCode(200).body("today.earnedMinor", equalTo(minor)).body("today.currency", equalTo("USD"));
        as(annotator).get("/api/me/projects").then().statusCode(200).body("items[0].earnedMinor", equalTo(minor));
    }

    @Test
    void byTheHourTheSupplementIsThePiecesAndTheRestOfTheEstimateGoesBack() throws SQLException {
        var work = new WorkFixture(2, "\"payRule\": \"hour\", \"rewardMinor\": 3600, \"estimateSeconds\": 100, \"labelsWanted\": 1, \"extraPay\": {\"hazardMinor\": 7}");
        TestPerson anna = TestPeople.annotator("KE");
        as(anna).get("/api/tasks/{id}", work.projectId).then().body("advertisedMinorPerHour", equalTo(3852)).body("rankedMinorPerHour", equalTo(3852));
        assertEquals(214, escrow(work));
        String submission = worked(work, anna, 30);
        long wage = due(work, anna);
        sweeping.releaseEstimates();
        assertEquals(107 + wage + 7, escrow(work));
        as(work.reviewer).post("/api/submissions/{id}/approve", submission).then().statusCode(200);
        assertEquals(wage + 7, due(work, anna));
        PayRulesIT.escrowHolds(work);
    }

    @Test
    void returnedTimeAndTestsArePaidAtTheRatesDeclaredFromTheReserve() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1, \"reserveMinor\": 10000, \"extraPay\": {\"returnedMinorPerHour\": 36000, \"qualificationMinorPerHour\": 72000}");
        TestPerson anna = TestPeople.annotator("KE");
        JsonPath claim = work.claimed(anna, 1);
        String claimId = claim.getString("claims[0].claimId");
        present(anna, claimId, 30);
        long returned = as(anna).body("{\"fencingVersion\": %s}".formatted(claim.getString("claims[0].fencingVersion"))).post("/api/claims/{id}/return", claimId)
                .then().statusCode(200).extract().jsonPath().getLong("bookedMillis");
        assertTrue(returned >= 30_000);
        long forReturned = 36_000 * returned / 3_600_000;
        assertEquals(forReturned, due(work, anna));
        UUID tab = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            heartbeat(anna, tab, "{\"kind\": \"qualification\", \"projectId\": \"%s\", \"agoMillis\": 0}".formatted(work.projectId)).statusCode(200);
            TestClock.advance(Duration.ofSeconds(15));
        }
        heartbeat(anna, tab, "{\"kind\": \"hidden\", \"agoMillis\": 0}").statusCode(200);
        long tested = qualification.handedIn(new Caller(anna.personId(), null, Set.of("annotator")), UUID.fromString(work.projectId), UUID.randomUUID())
                .observedMillis();
        assertTrue(tested >= 45_000);
        assertEquals(forReturned + 72_000 * tested / 3_600_000, due(work, anna));
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201);
        assertEquals(10_000 - forReturned - 72_000 * tested / 3_600_000, money(work, Account.reserve(UUID.fromString(work.projectId))));
        as(anna).get("/api/me/payslips").then().body("items[0].lines.kind", hasItems("returned", "qualification"));
        PayRulesIT.escrowHolds(work);
    }

    @Test
    void whatCannotBePaidIsNotPromised() throws SQLException {
        var work = new WorkFixture(1, "");
        as(work.requester).body("""
                {"title": "Free", "currency": "USD", "payRule": "none", "rewardMinor": 0, "estimateSeconds": 60, "form": %s, "extraPay": {"hazardMinor": 1}}
                """.formatted(WorkFixture.FORM)).post("/api/projects").then().statusCode(422).body("field", equalTo("extraPay.hazardMinor"));
        as(work.requester).body("{\"extraPay\": {\"hazardMinor\": 1}}").patch("/api/projects/{id}", work.projectId).then().statusCode(409);
    }

    private static void present(TestPerson annotator, String claimId, int seconds) {
        UUID tab = UUID.randomUUID();
        heartbeat(annotator, tab, state("shown", claimId, 0)).statusCode(200);
        for (int passed = 0; passed < seconds; passed += 15) {
            TestClock.advance(Duration.ofSeconds(15));
            heartbeat(annotator, tab, state("active", claimId, 0)).statusCode(200);
        }
    }

    private static String worked(WorkFixture work, TestPerson annotator, int seconds) {
        JsonPath claim = work.claimed(annotator, 1);
        present(annotator, claim.getString("claims[0].claimId"), seconds);
        return work.submit(annotator, claim.getString("claims[0].claimId"), claim.get("claims[0].fencingVersion"), "pos").statusCode(200).extract().path("submissionId");
    }
}
