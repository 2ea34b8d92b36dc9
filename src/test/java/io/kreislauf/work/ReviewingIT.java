package io.kreislauf.work;

import static io.kreislauf.work.Verdicts.appeal;
import static io.kreislauf.work.Verdicts.approve;
import static io.kreislauf.work.Verdicts.decideAppeal;
import static io.kreislauf.work.Verdicts.reject;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ReviewingIT {

    @Inject
    DatabaseClock clock;

    @Inject
    Sweeping sweeping;

    private WorkFixture work;
    private TestPerson anna;

    @BeforeEach
    void aProjectAndAnAnnotator() throws SQLException {
        work = new WorkFixture(4, "\"labelsWanted\": 1");
        anna = TestPeople.annotator("KE");
    }

    /** Twenty seconds of work, submitted. */
    private String submitted() {
        JsonPath claim = work.claimed(anna, 1);
        String claimId = claim.getString("claims[0].claimId");
        heartbeat(anna, UUID.randomUUID(), state("shown", claimId, 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(20));
        return work.submit(anna, claimId, claim.get("claims[0].fencingVersion"), "pos").statusCode(200).extract().path("submissionId");
    }

    @Test
    void anApprovalMakesTheWageDueAndAPayoutPaysItOnce() {
        String submissionId = submitted();
        as(work.requester).get("/api/projects/{id}/submissions?state=submitted", work.projectId).then().statusCode(200).body("items", hasSize(1))
                .body("items[0].annotator", not(equalTo(anna.personId().toString()))).body("items[0].answer.sentiment", equalTo("pos"));
        approve(work.reviewer, submissionId).statusCode(200).body("state", equalTo("approved"));
        approve(work.reviewer, submissionId).statusCode(200);
        assertEquals(25, work.books.dueMinor(anna));
        reject(work.reviewer, submissionId, "Too late").statusCode(409).body("code", equalTo("ALREADY_DECIDED"));
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).body("people", equalTo(1)).body("totalMinor", equalTo(25));
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).body("people", equalTo(0)).body("totalMinor", equalTo(0));
        assertEquals(25, ProjectBooks.of(anna.personId(), ProjectBooks.USD, Account.CASH));
        assertEquals(75, work.books.escrowMinor());
        as(anna).get("/api/me/payslips").then().statusCode(200).body("items[0].totalMinor", equalTo(25)).body("items[0].lines[0].kind", equalTo("reward"));
        as(anna).get("/api/me/work").then().body("pay[0].paidMinor", equalTo(25)).body("pay[0].dueMinor", equalTo(0));
    }

    @Test
    void aRejectionNeedsAReasonMovesTheTimeAndTakesNoneAway() {
        String submissionId = submitted();
        reject(work.reviewer, submissionId, "").statusCode(422).body("field", equalTo("reason"));
        long worked = work.books.millis(TimeClass.DIRECT);
        reject(work.reviewer, submissionId, "Not read").statusCode(200).body("appealUntil", notNullValue());
        assertEquals(0, work.books.millis(TimeClass.DIRECT));
        assertEquals(worked, work.books.millis(TimeClass.REJECTED));
        as(anna).get("/api/me/submissions").then().body("items[0].state", equalTo("rejected")).body("items[0].reason", equalTo("Not read"));
        assertEquals(100, work.books.escrowMinor(), "until it is final the reward stays");
        TestClock.advance(Duration.ofDays(15));
        sweeping.decideBySilence();
        assertEquals(75, work.books.escrowMinor());
        appeal(anna, submissionId, "I did").statusCode(409).body("code", equalTo("TOO_LATE"));
        assertEquals(worked, work.books.millis(TimeClass.REJECTED));
    }

    @Test
    void aRejectionThatIsSaidToBeOldTakesNothingFromTheTimeToContestIt() {
        String submissionId = submitted();
        as(work.reviewer).body("{\"reason\": \"Not read\", \"effectiveAt\": \"2020-01-01T00:00:00Z\"}").post("/api/submissions/{id}/reject", submissionId)
                .then().statusCode(422).body("field", equalTo("effectiveAt"));
        Instant then = clock.now();
        TestClock.advance(Duration.ofDays(6));
        String until = as(work.reviewer).body("{\"reason\": \"Not read\", \"effectiveAt\": \"%s\"}".formatted(then))
                .post("/api/submissions/{id}/reject", submissionId).then().statusCode(200).extract().path("appealUntil");
        assertTrue(Instant.parse(until).isAfter(then.plus(Duration.ofDays(19))), until);
        TestClock.advance(Duration.ofDays(10));
        appeal(anna, submissionId, "I did").statusCode(201);
    }

    @Test
    void anAppealIsDecidedByAnotherAndAWonOnePays() throws SQLException {
        String submissionId = submitted();
        reject(work.reviewer, submissionId, "Not read").statusCode(200);
        String appealId = appeal(anna, submissionId, "I did").statusCode(201).extract().path("appealId");
        appeal(anna, submissionId, "I did").statusCode(409).body("code", equalTo("ALREADY_APPEALED"));
        String won = "{\"won\": true, \"reason\": \"Right\"}";
        as(work.reviewer).body(won).post("/api/appeals/{id}/decide", appealId).then().statusCode(403).body("code", equalTo("FIRST_REVIEWER"));
        as(TestPeople.person("operator", null)).body(won).post("/api/appeals/{id}/decide", appealId).then().statusCode(403).body("code", equalTo("ORGANISATION_DECIDES"));
        as(work.requester).body(won).post("/api/appeals/{id}/decide", appealId).then().statusCode(200).body("state", equalTo("won"));
        as(work.requester).body(won).post("/api/appeals/{id}/decide", appealId).then().statusCode(409).body("code", equalTo("ALREADY_DECIDED"));
        assertEquals(25, work.books.dueMinor(anna));
        assertEquals(0, work.books.millis(TimeClass.REJECTED));
    }

    @Test
    void anAppealNotDecidedInTimeIsWonAndALostOneIsFinal() {
        String first = submitted();
        String second = submitted();
        reject(work.reviewer, first, "No").statusCode(200);
        reject(work.reviewer, second, "No").statusCode(200);
        appeal(anna, first, "Yes").statusCode(201);
        String lost = appeal(anna, second, "Yes").extract().path("appealId");
        decideAppeal(work.requester, lost, false, "No").statusCode(200).body("state", equalTo("lost"));
        assertEquals(75, work.books.escrowMinor());
        TestClock.advance(Duration.ofDays(15));
        sweeping.decideBySilence();
        as(anna).get("/api/me/submissions").then().body("items.find { it.submissionId == '%s' }.state".formatted(first), equalTo("approved"))
                .body("items.find { it.submissionId == '%s' }.state".formatted(second), equalTo("rejection_final"));
    }

    @Test
    void theRestIsApprovedInOneGoAndSilenceApprovesToo() {
        submitted();
        submitted();
        as(work.requester).post("/api/projects/{id}/approve-rest", work.projectId).then().statusCode(200).body("approved", equalTo(2));
        as(work.requester).post("/api/projects/{id}/approve-rest", work.projectId).then().statusCode(200).body("approved", equalTo(0));
        String third = submitted();
        TestClock.advance(Duration.ofDays(8));
        sweeping.decideBySilence();
        as(anna).get("/api/me/submissions").then().body("items.find { it.submissionId == '%s' }.state".formatted(third), equalTo("approved"));
        assertEquals(75, work.books.dueMinor(anna));
    }

    @Test
    void aForeignOrganisationSeesNothing() throws SQLException {
        String submissionId = submitted();
        TestPerson stranger = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        approve(stranger, submissionId).statusCode(404);
        reject(stranger, submissionId, "Mine").statusCode(404);
        as(stranger).get("/api/projects/{id}/submissions", work.projectId).then().statusCode(404);
        as(stranger).post("/api/projects/{id}/approve-rest", work.projectId).then().statusCode(404);
        as(stranger).body("[]").post("/api/projects/{id}/worklog", work.projectId).then().statusCode(404);
    }
}
