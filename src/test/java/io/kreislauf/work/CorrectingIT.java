package io.kreislauf.work;

import static io.kreislauf.work.Verdicts.decideDeclared;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.audit.AuditCheck;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time that is declared beside what was observed, and the audit of both. */
@QuarkusTest
class CorrectingIT {

    @Inject
    Sweeping sweeping;

    private WorkFixture work;
    private TestPerson anna;
    private String claimId;

    @BeforeEach
    void twentySecondsSeenOfFiveMinutes() throws SQLException {
        work = new WorkFixture(2, "\"labelsWanted\": 1");
        anna = TestPeople.annotator("KE");
        JsonPath claim = work.claimed(anna, 1);
        claimId = claim.getString("claims[0].claimId");
        TestClock.advance(Duration.ofSeconds(280));
        heartbeat(anna, UUID.randomUUID(), state("shown", claimId, 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(20));
        work.submit(anna, claimId, claim.get("claims[0].fencingVersion"), "pos").statusCode(200);
    }

    private ValidatableResponse correct(long millis, String reason) {
        return Verdicts.correct(anna, claimId, millis, reason);
    }

    @Test
    void moreIsBookedOnceAReviewerApprovesItAndNeverBeyondWhatWasFree() {
        correct(600_000, "I read for ten minutes").statusCode(409).body("code", equalTo("MORE_THAN_FREE"));
        correct(60_000, "").statusCode(422).body("field", equalTo("reason"));
        correct(0, "Nothing").statusCode(422).body("field", equalTo("millis"));
        correct(Long.MAX_VALUE, "All there is").statusCode(409).body("code", equalTo("MORE_THAN_FREE"));
        String id = correct(60_000, "I read on paper").statusCode(201).body("state", equalTo("pending")).extract().path("declarationId");
        correct(270_000, "And more").statusCode(409).body("code", equalTo("MORE_THAN_FREE"));
        assertEquals(0, work.books.declaredMillis(TimeClass.DIRECT));
        as(work.reviewer).get("/api/projects/{id}/declarations", work.projectId).then().statusCode(200).body("items", hasSize(1));
        decideDeclared(work.reviewer, id, true).statusCode(200)
                .body("state", equalTo("approved")).body("bookedMillis", equalTo(60_000));
        decideDeclared(work.reviewer, id, false).statusCode(409).body("code", equalTo("ALREADY_DECIDED"));
        assertEquals(60_000, work.books.declaredMillis(TimeClass.DIRECT));
        as(anna).get("/api/me/submissions").then().body("items[0].declaredMillis", equalTo(60_000));
    }

    @Test
    void nobodyCorrectsAnothersTimeOrATaskThatIsStillOpen() throws SQLException {
        TestPerson ben = TestPeople.annotator("KE");
        String correction = "{\"millis\": 1000, \"reason\": \"I read\"}";
        as(ben).body(correction).post("/api/claims/{id}/corrections", claimId).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        String open = work.take(ben).id();
        as(ben).body(correction).post("/api/claims/{id}/corrections", open).then().statusCode(409).body("code", equalTo("NOT_ENDED"));
    }

    /** People are under other names in the books of each organisation; the order of what is booked at once may not tell who is who. */
    @Test
    void whatIsBookedAtOnceStandsInTheBooksInTheOrderInWhichItCameAboutAndNotInThatOfPeople() throws SQLException {
        var many = new WorkFixture(6, "\"labelsWanted\": 1");
        List<TestPerson> people = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            people.add(TestPeople.annotator("KE"));
        }
        people.sort(Comparator.comparing((TestPerson person) -> person.personId().toString()).reversed());
        for (TestPerson person : people) {
            WorkFixture.Held task = many.take(person);
            TestClock.advance(Duration.ofSeconds(200));
            heartbeat(person, UUID.randomUUID(), state("shown", task.id(), 0)).statusCode(200);
            many.submit(person, task, "pos").statusCode(200);
            Verdicts.correct(person, task.id(), 60_000, "I read on paper").statusCode(201);
        }
        many.doing("approve-rest").statusCode(200);
        as(many.requester).body("{}").post("/api/payouts").then().statusCode(201);
        List<UUID> inOrder = people.stream().map(TestPerson::personId).toList();
        assertEquals(inOrder, booked(many, "TimeDeclared"));
        assertEquals(inOrder, booked(many, "WagesPaid"));
    }

    /** Whose book an event of the organisation stands in too, in the order of the entries. */
    private static List<UUID> booked(WorkFixture work, String event) throws SQLException {
        List<UUID> others = new ArrayList<>();
        try (Connection connection = TestDatabase.asOwner(); var select = connection.prepareStatement("""
                select (select b from unnest(books) b where b <> ? limit 1) from ledger_entry where event = ? and ? = any (books) order by seq
                """)) {
            select.setObject(1, work.requester.organisationId());
            select.setString(2, event);
            select.setObject(3, work.requester.organisationId());
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    others.add(row.getObject(1, UUID.class));
                }
            }
        }
        return others;
    }

    @Test
    void silenceApprovesAndARefusalBooksNothing() {
        String refused = correct(10_000, "I read").statusCode(201).extract().path("declarationId");
        decideDeclared(work.reviewer, refused, false).statusCode(200).body("state", equalTo("refused"));
        correct(20_000, "I read twice").statusCode(201);
        TestClock.advance(Duration.ofDays(8));
        sweeping.decideBySilence();
        assertEquals(20_000, work.books.declaredMillis(TimeClass.DIRECT));
    }

    @Test
    void havingBeenAwayIsNotedBesideWhatWasObserved() {
        correct(-10_000, "The phone rang").statusCode(201).body("state", equalTo("noted")).body("askedMillis", equalTo(-10_000));
        correct(-100_000, "All of it").statusCode(409).body("code", equalTo("MORE_THAN_BOOKED"));
        correct(Long.MIN_VALUE, "For ever").statusCode(409).body("code", equalTo("MORE_THAN_BOOKED"));
        correct(-19_000, "And again").statusCode(409).body("code", equalTo("MORE_THAN_BOOKED")).body("remedy", startsWith("Say 1"));
        as(anna).get("/api/me/submissions").then().body("items[0].bookedMillis >= 20000", equalTo(true));
        as(anna).get("/api/me/declarations").then().statusCode(200).body("items", hasSize(1));
    }

    @Test
    void theAuditSeesAMissingSlotAndAChangedTime() throws SQLException {
        var checks = new WorkChecks();
        try (Connection connection = TestDatabase.asSuperuser()) {
            for (AuditCheck check : List.of(checks.escrowCoversWhatCanStillBeEarned(), checks.theReserveIsWhatWasDeclaredLessWhatWasPaid(), checks.noDayIsLongerThanADay(),
                    checks.whatIsBookedHasItsIntervals(), checks.aSubmissionsTimeIsThatOfItsIntervals())) {
                assertFalse(mentions(connection, check, work.projectId, claimId), check.says());
            }
            connection.setAutoCommit(false);
            try (var tamper = connection.createStatement()) {
                tamper.execute("update slot set state = 'closed' where state = 'open' and project_id = '%s'".formatted(work.projectId));
                tamper.execute("update project set reserve_minor = 7 where project_id = '%s'".formatted(work.projectId));
                tamper.execute("update submission set observed_millis = 1 where claim_id = '%s'".formatted(claimId));
            }
            assertTrue(mentions(connection, checks.escrowCoversWhatCanStillBeEarned(), work.projectId));
            assertTrue(mentions(connection, checks.theReserveIsWhatWasDeclaredLessWhatWasPaid(), work.projectId));
            assertTrue(mentions(connection, checks.aSubmissionsTimeIsThatOfItsIntervals(), "ms, intervals"));
            connection.rollback();
        }
    }

    private static boolean mentions(Connection connection, AuditCheck check, String... words) throws SQLException {
        return Breaches.of(connection, check).stream().anyMatch(b -> List.of(words).stream().anyMatch(b::contains));
    }
}
