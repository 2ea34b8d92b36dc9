package io.kreislauf.work;

import static io.kreislauf.work.Verdicts.appeal;
import static io.kreislauf.work.Verdicts.approve;
import static io.kreislauf.work.Verdicts.decideAppeal;
import static io.kreislauf.work.Verdicts.reject;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.outside;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
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
    Sweeping sweeping;

    @Inject
    TakingQualification qualification;

    @Test
    void theHazardSupplementIsHeldForEachLabelAndPaidWithEachApprovedOne() throws SQLException {
        TestClock.notBeforeMidnight(Duration.ofMinutes(10));
        var work = new WorkFixture(4, "\"labelsWanted\": 1, \"extraPay\": {\"hazardMinor\": 10, \"bonusTerms\": \"The clearest tenth\"}");
        TestPerson anna = TestPeople.annotator("KE");
        as(anna).get("/api/tasks/{id}", work.projectId).then().statusCode(200).body("extraPay.hazardMinor", equalTo(10))
                .body("extraPay.bonusTerms", equalTo("The clearest tenth")).body("hazardMinor", equalTo(10))
                .body("advertisedMinorPerHour", equalTo(840)).body("rankedMinorPerHour", equalTo(840));
        as(work.requester).get("/api/projects/{id}", work.projectId).then().body("advertisedMinorPerHour", equalTo(840));
        assertEquals(140, work.books.escrowMinor());
        String approved = work.label(anna, "pos");
        String lost = work.label(anna, "neg");
        String won = work.label(anna, "pos");
        earnedToday(105, anna);
        approve(work.reviewer, approved).statusCode(200);
        approve(work.reviewer, approved).statusCode(200);
        assertEquals(35, work.books.dueMinor(anna));
        earnedToday(105, anna);
        for (String rejected : new String[] {lost, won}) {
            reject(work.reviewer, rejected, "Wrong").statusCode(200);
        }
        earnedToday(35, anna);
        PayRulesIT.escrowHolds(work);
        String appeal = appeal(anna, won, "Right").statusCode(201).extract().path("appealId");
        decideAppeal(work.requester, appeal, true, "So it is").statusCode(200);
        assertEquals(70, work.books.dueMinor(anna));
        earnedToday(70, anna);
        TestClock.advance(Duration.ofDays(15));
        sweeping.decideBySilence();
        assertEquals(105, work.books.escrowMinor(), "two paid next, one not asked yet: the rejected one's 35 went back");
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
        assertEquals(214, work.books.escrowMinor());
        String submission = worked(work, anna, 30);
        long wage = work.books.dueMinor(anna);
        sweeping.releaseEstimates();
        assertEquals(107 + wage + 7, work.books.escrowMinor());
        approve(work.reviewer, submission).statusCode(200);
        assertEquals(wage + 7, work.books.dueMinor(anna));
        PayRulesIT.escrowHolds(work);
    }

    @Test
    void returnedTimeAndTestsArePaidAtTheRatesDeclaredFromTheReserve() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1, \"reserveMinor\": 10000, \"extraPay\": {\"returnedMinorPerHour\": 36000, \"qualificationMinorPerHour\": 72000}");
        TestPerson anna = TestPeople.annotator("KE");
        JsonPath claim = work.claimed(anna, 1);
        String claimId = claim.getString("claims[0].claimId");
        PageInUse.work(anna, claimId, 30);
        long returned = as(anna).body("{\"fencingVersion\": %s}".formatted(claim.getString("claims[0].fencingVersion"))).post("/api/claims/{id}/return", claimId)
                .then().statusCode(200).extract().jsonPath().getLong("bookedMillis");
        assertTrue(returned >= 30_000);
        long forReturned = 36_000 * returned / 3_600_000;
        assertEquals(forReturned, work.books.dueMinor(anna));
        UUID tab = UUID.randomUUID();
        for (int i = 0; i < 3; i++) {
            heartbeat(anna, tab, outside("qualification", work.projectId)).statusCode(200);
            TestClock.advance(Duration.ofSeconds(15));
        }
        heartbeat(anna, tab, state("hidden", null, 0)).statusCode(200);
        long tested = qualification.handedIn(new Caller(anna.personId(), null, Set.of("annotator")), UUID.fromString(work.projectId), UUID.randomUUID())
                .observedMillis();
        assertTrue(tested >= 45_000);
        assertEquals(forReturned + 72_000 * tested / 3_600_000, work.books.dueMinor(anna));
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201);
        assertEquals(10_000 - forReturned - 72_000 * tested / 3_600_000, work.books.minor(Account.reserve(UUID.fromString(work.projectId))));
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

    private static String worked(WorkFixture work, TestPerson annotator, int seconds) {
        JsonPath claim = work.claimed(annotator, 1);
        PageInUse.work(annotator, claim.getString("claims[0].claimId"), seconds);
        return work.submit(annotator, claim.getString("claims[0].claimId"), claim.get("claims[0].fencingVersion"), "pos").statusCode(200).extract().path("submissionId");
    }
}
