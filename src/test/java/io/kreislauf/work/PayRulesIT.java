package io.kreislauf.work;

import static io.kreislauf.work.Verdicts.appeal;
import static io.kreislauf.work.Verdicts.reject;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.state;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Pay beyond the reward, pay that did not arrive, and the escrow behind it all. */
@QuarkusTest
class PayRulesIT {

    private static final String TWO_QUESTIONS = """
            "labelsWanted": 1, "rewardMinor": 25, "form": {"questions": [
              {"name": "tone", "title": "Tone?", "choices": [{"value": "good", "title": "Good"}, {"value": "bad", "title": "Bad"}]},
              {"name": "topic", "title": "Topic?", "choices": [{"value": "price", "title": "Price"}, {"value": "taste", "title": "Taste"}]}]}
            """;

    @Inject
    Sweeping sweeping;

    private long money(UUID book, String currency, Account account) {
        return ProjectBooks.of(book, Commodity.money(currency), account);
    }

    private long cash(WorkFixture work) {
        return work.books.minor(Account.CASH);
    }

    private static RequestSpecification once(TestPerson person, String key) {
        return as(person).header("Idempotency-Key", key);
    }

    private static String pseudonym(WorkFixture work, String submissionId) {
        return as(work.requester).get("/api/projects/{id}/submissions", work.projectId).jsonPath()
                .getString("items.find { it.submissionId == '%s' }.annotator".formatted(submissionId));
    }

    /** Escrow and reserve of this organisation's projects are what the rules say. */
    static void escrowHolds(WorkFixture work) throws SQLException {
        var checks = new WorkChecks();
        List<String> breaches = Breaches.of(checks.escrowCoversWhatCanStillBeEarned(), checks.theReserveIsWhatWasDeclaredLessWhatWasPaid());
        assertEquals(List.of(), breaches.stream().filter(b -> b.contains(work.projectId)).toList());
    }

    @Test
    void aBonusIsSetAsideWhenItIsGrantedAndGrantedOnceHoweverOftenItIsSent() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        String submission = work.label(anna, "pos");
        long before = cash(work);
        String bonus = "{\"submissionId\": \"%s\", \"amountMinor\": 500, \"reason\": \"The clearest of all\"}".formatted(submission);
        String key = UUID.randomUUID().toString();
        String id = once(work.requester, key).body(bonus).post("/api/projects/{id}/bonuses", work.projectId).then().statusCode(201)
                .body("annotator", equalTo(pseudonym(work, submission))).extract().path("bonusId");
        once(work.requester, key).body(bonus).post("/api/projects/{id}/bonuses", work.projectId).then().statusCode(201).body("bonusId", equalTo(id));
        once(work.requester, key).body(bonus.replace("500", "501")).post("/api/projects/{id}/bonuses", work.projectId).then().statusCode(409)
                .body("code", equalTo("KEY_REUSED"));
        as(work.requester).body(bonus.replace("500", "5000000")).post("/api/projects/{id}/bonuses", work.projectId).then().statusCode(409)
                .body("code", equalTo("NO_FUNDS"));
        as(work.requester).body(bonus.replace("500", "0")).post("/api/projects/{id}/bonuses", work.projectId).then().statusCode(422)
                .body("field", equalTo("amountMinor"));
        assertEquals(before - 500, cash(work));
        escrowHolds(work);
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).body("totalMinor", equalTo(500)).body("runs", hasSize(1));
        as(anna).get("/api/me/payslips").then().statusCode(200).body("items[0].lines.kind", equalTo(List.of("bonus"))).body("items[0].totalMinor", equalTo(500));
        escrowHolds(work);
    }

    @Test
    void aPayoutThatDidNotArriveIsDueAgainAndPaidOnce() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        TestPerson bob = TestPeople.annotator("IN");
        String annas = work.label(anna, "pos");
        work.label(bob, "neg");
        as(work.requester).post("/api/projects/{id}/approve-rest", work.projectId).then().statusCode(200);
        as(work.requester).post("/api/projects/{id}/close", work.projectId).then().statusCode(201);
        String payout = as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).body("people", equalTo(2)).extract().path("payoutId");
        String name = pseudonym(work, annas);
        as(work.requester).get("/api/payouts/{id}/people", payout).then().statusCode(200).body("items", hasSize(2)).body("items.annotator", hasItem(name));
        String failure = "{\"annotator\": \"%s\"}".formatted(name);
        for (int told = 0; told < 2; told++) {
            as(work.requester).body(failure).post("/api/payouts/{id}/failures", payout).then().statusCode(201).body("amountMinor", equalTo(25))
                    .body("failedAt", notNullValue());
        }
        assertEquals(0, money(anna.personId(), "USD", Account.CASH));
        assertEquals(25, money(bob.personId(), "USD", Account.CASH));
        assertEquals(25, work.books.dueMinor(anna));
        assertEquals(25, work.books.escrowMinor());
        escrowHolds(work);
        as(anna).get("/api/me/payslips").then().body("items[0].failedAt", notNullValue()).body("items[0].lines", hasSize(1));
        as(anna).get("/api/me/work").then().body("pay[0].dueMinor", equalTo(25)).body("pay[0].paidMinor", equalTo(0));
        as(work.requester).get("/api/payouts").then().statusCode(200).body("items[0].failed", equalTo(1));
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).body("people", equalTo(1)).body("totalMinor", equalTo(25));
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).body("totalMinor", equalTo(0));
        assertEquals(25, money(anna.personId(), "USD", Account.CASH));
        assertEquals(0, work.books.escrowMinor());
        escrowHolds(work);
        TestPerson other = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        as(other).body(failure).post("/api/payouts/{id}/failures", payout).then().statusCode(404);
        as(other).get("/api/payouts/{id}/people", payout).then().statusCode(404);
    }

    @Test
    void whatCameFromTheReserveOfAProjectThatIsOverGoesBackToItAndIsPaidFromItAgain() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1, \"floorMinorPerHour\": 360000, \"reserveMinor\": 100000");
        TestPerson anna = TestPeople.annotator("KE");
        String submission = worked(work, anna, 60, "{\"sentiment\": \"pos\"}");
        as(work.requester).post("/api/projects/{id}/approve-rest", work.projectId).then().statusCode(200);
        as(work.requester).post("/api/projects/{id}/close", work.projectId).then().statusCode(201);
        sweeping.topUp();
        JsonPath paid = as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).extract().jsonPath();
        long total = paid.getLong("totalMinor");
        assertTrue(total > 25);
        escrowHolds(work);
        as(work.requester).body("{\"annotator\": \"%s\"}".formatted(pseudonym(work, submission))).post("/api/payouts/{id}/failures", paid.getString("payoutId"))
                .then().statusCode(201);
        assertEquals(total - 25, work.books.minor(Account.reserve(UUID.fromString(work.projectId))));
        escrowHolds(work);
        as(work.requester).body("{}").post("/api/payouts").then().body("totalMinor", equalTo((int) total));
        assertEquals(0, work.books.minor(Account.reserve(UUID.fromString(work.projectId))));
        assertEquals(1_000_000 - total, cash(work));
        escrowHolds(work);
    }

    @Test
    void duesInTwoCurrenciesArePaidInTwoRunsOfOneRequest() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestFunds.deposit(work.requester.organisationId(), "EUR", 10_000);
        String euros = as(work.requester).body("""
                {"title": "In euros", "currency": "EUR", "rewardMinor": 40, "estimateSeconds": 60, "labelsWanted": 1, "form": %s}
                """.formatted(WorkFixture.FORM)).post("/api/projects").then().statusCode(201).extract().path("projectId");
        as(work.requester).contentType("text/csv; charset=UTF-8").body("key,text\na,one\n").post("/api/projects/{id}/items", euros).then().statusCode(201);
        as(work.requester).post("/api/projects/{id}/publish", euros).then().statusCode(201);
        TestPerson anna = TestPeople.annotator("KE");
        work.label(anna, "pos");
        JsonPath claim = as(anna).body(Map.of("projectId", euros)).post("/api/claims").then().statusCode(201).extract().jsonPath();
        work.submit(anna, claim.getString("claims[0].claimId"), claim.get("claims[0].fencingVersion"), "neg").statusCode(200);
        for (String project : List.of(work.projectId, euros)) {
            as(work.requester).post("/api/projects/{id}/approve-rest", project).then().statusCode(200);
        }
        String key = UUID.randomUUID().toString();
        for (int sent = 0; sent < 2; sent++) {
            once(work.requester, key).body("{}").post("/api/payouts").then().statusCode(201).body("runs.currency", equalTo(List.of("EUR", "USD")))
                    .body("runs.totalMinor", equalTo(List.of(40, 25)));
        }
        assertEquals(25, money(anna.personId(), "USD", Account.CASH));
        assertEquals(40, money(anna.personId(), "EUR", Account.CASH));
    }

    @Test
    void aWonAppealMayBringMoreThanWasPromisedAndTheReservePaysIt() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1, \"reserveMinor\": 100");
        TestPerson anna = TestPeople.annotator("KE");
        String submission = work.label(anna, "pos");
        reject(work.reviewer, submission, "Wrong").statusCode(200);
        String appeal = appeal(anna, submission, "It took ten times the estimate").statusCode(201).extract().path("appealId");
        as(work.requester).body("{\"won\": false, \"reason\": \"No\", \"adjustmentMinor\": 5}").post("/api/appeals/{id}/decide", appeal).then().statusCode(422)
                .body("field", equalTo("adjustmentMinor"));
        String decision = "{\"won\": true, \"reason\": \"Right, and harder than told\", \"adjustmentMinor\": 40}";
        as(work.requester).body(decision).post("/api/appeals/{id}/decide", appeal).then().statusCode(200).body("state", equalTo("won"));
        as(work.requester).body(decision).post("/api/appeals/{id}/decide", appeal).then().statusCode(409).body("code", equalTo("ALREADY_DECIDED"));
        assertEquals(65, work.books.dueMinor(anna));
        escrowHolds(work);
        as(work.requester).body("{}").post("/api/payouts").then().body("totalMinor", equalTo(65));
        assertEquals(60, work.books.minor(Account.reserve(UUID.fromString(work.projectId))));
        escrowHolds(work);
    }

    @Test
    void onlyTheAcceptedPartsArePaidAndUsed() throws SQLException {
        var work = new WorkFixture(1, TWO_QUESTIONS);
        TestPerson anna = TestPeople.annotator("KE");
        String submission = worked(work, anna, 30, "{\"tone\": \"good\", \"topic\": \"taste\"}");
        accept(work, submission, "[\"colour\"]").statusCode(422).body("field", equalTo("questions"));
        as(work.reviewer).body("{\"questions\": [\"tone\"]}").post("/api/submissions/{id}/approve", submission).then().statusCode(422).body("field", equalTo("reason"));
        accept(work, submission, "[\"tone\"]").statusCode(200).body("appealUntil", notNullValue());
        accept(work, submission, "[\"tone\"]").statusCode(200);
        accept(work, submission, "[\"topic\"]").statusCode(409).body("code", equalTo("ALREADY_DECIDED"));
        assertEquals(12, work.books.dueMinor(anna), "the first of two parts of 25");
        as(anna).get("/api/me/work").then().statusCode(200).body("month.earnedMinor", equalTo(12));
        escrowHolds(work);
        assertTrue(work.books.millis(TimeClass.DIRECT) > 0, "the time stays direct");
        agreedIs(work, "{\"tone\": \"good\"}");
        as(work.requester).post("/api/projects/{id}/close", work.projectId).then().statusCode(201);
        TestClock.advance(Duration.ofDays(15));
        sweeping.decideBySilence();
        assertEquals(12, work.books.escrowMinor(), "what was not accepted is final and went back");
        escrowHolds(work);
        released(work, "good", null);
    }

    @Test
    void anAppealOverThePartsThatWereNotAcceptedPaysThemAndBringsThemBack() throws SQLException {
        var work = new WorkFixture(1, TWO_QUESTIONS);
        TestPerson anna = TestPeople.annotator("KE");
        String submission = worked(work, anna, 30, "{\"tone\": \"good\", \"topic\": \"taste\"}");
        accept(work, submission, "[\"topic\"]").statusCode(200);
        agreedIs(work, "{\"topic\": \"taste\"}");
        String appeal = appeal(anna, submission, "It is friendly").statusCode(201).extract().path("appealId");
        String decision = "{\"won\": true, \"reason\": \"So it is\"}";
        as(work.reviewer).body(decision).post("/api/appeals/{id}/decide", appeal).then().statusCode(403).body("code", equalTo("FIRST_REVIEWER"));
        as(work.requester).body(decision).post("/api/appeals/{id}/decide", appeal).then().statusCode(200);
        assertEquals(25, work.books.dueMinor(anna));
        escrowHolds(work);
        agreedIs(work, "{\"tone\": \"good\", \"topic\": \"taste\"}");
        released(work, "good", "taste");
    }

    @Test
    void whatALabelByTheHourDidNotUseOfItsEstimateGoesBackBeforeTheProjectIsOver() throws SQLException {
        var work = new WorkFixture(3, "\"payRule\": \"hour\", \"rewardMinor\": 3600, \"estimateSeconds\": 600, \"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        assertEquals(1_800, work.books.escrowMinor());
        worked(work, anna, 60, "{\"sentiment\": \"pos\"}");
        long wage = work.books.dueMinor(anna);
        assertTrue(wage >= 60 && wage < 600, () -> wage + " for a minute and the way there");
        sweeping.releaseEstimates();
        assertEquals(1_200 + wage, work.books.escrowMinor(), "two labels that can still be asked for, and the wage due");
        sweeping.releaseEstimates();
        assertEquals(1_200 + wage, work.books.escrowMinor());
        escrowHolds(work);
        as(work.requester).body("{}").post("/api/payouts").then().body("totalMinor", equalTo((int) wage));
        assertEquals(1_200, work.books.escrowMinor());
        escrowHolds(work);
    }

    /** Shown for so many seconds and submitted; the submission's id. */
    private static String worked(WorkFixture work, TestPerson annotator, int seconds, String answer) {
        JsonPath claim = work.claimed(annotator, 1);
        String claimId = claim.getString("claims[0].claimId");
        PageInUse.work(annotator, claimId, seconds);
        return as(annotator).body("{\"fencingVersion\": %s, \"formVersion\": 1, \"answer\": %s}".formatted(claim.get("claims[0].fencingVersion"), answer))
                .post("/api/claims/{id}/submit", claimId).then().statusCode(200).extract().path("submissionId");
    }

    private static io.restassured.response.ValidatableResponse accept(WorkFixture work, String submission, String questions) {
        return as(work.reviewer).body("{\"questions\": %s, \"reason\": \"The other is off\"}".formatted(questions))
                .post("/api/submissions/{id}/approve", submission).then();
    }

    private static void agreedIs(WorkFixture work, String answer) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(Map.of("same", 1L), WorkFixture.counts("""
                select case when answer = cast(? as jsonb) then 'same' else cast(answer as text) end, count(*) from item_label where project_id = ? group by 1
                """, answer, UUID.fromString(work.projectId))));
    }

    private static void awaitRow(WorkFixture work) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(Map.of("row", 1L), WorkFixture.counts(
                "select 'row', count(*) from working_row where project_id = ? group by 1", UUID.fromString(work.projectId))));
    }

    /** A release holds these answers in its labels, and no other. */
    private static void released(WorkFixture work, String tone, String topic) {
        awaitRow(work);
        String version = await().atMost(Duration.ofSeconds(30)).until(() -> as(work.requester).body("{\"name\": \"Parts\", \"licences\": 1}")
                .post("/api/projects/{id}/releases", work.projectId).jsonPath().getString("versionId"), id -> id != null);
        String labels = List.of("train", "test").stream()
                .map(split -> as(work.requester).get("/api/datasets/{id}/files/labels/{split}.jsonl", version, split).asString()).reduce("", String::concat);
        assertEquals(tone != null, labels.contains("\"tone\":\"" + tone + "\""), labels);
        assertEquals(topic != null, labels.contains("\"topic\":\"" + topic + "\""), labels);
        assertTrue(topic != null || !labels.contains("taste"), labels);
    }
}
