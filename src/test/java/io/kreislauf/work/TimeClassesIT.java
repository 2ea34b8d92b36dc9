package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.audit.AuditCheck;
import io.kreislauf.ledger.audit.FromZero;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.Statements;
import io.kreislauf.people.Caller;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time outside tasks: who is observed doing what, and to whom it is booked. */
@QuarkusTest
class TimeClassesIT {

    private final Instant begun = Instant.now();

    @Inject
    Sweeping sweeping;

    @Inject
    Balances balances;

    @Inject
    Statements statements;

    @Inject
    TakingQualification qualification;

    /** A page of one kind is open and in use for so many seconds, a multiple of ten. */
    private static void present(TestPerson person, UUID tab, String kind, String projectId, int seconds) {
        String project = projectId == null ? "" : "\"projectId\": \"%s\", ".formatted(projectId);
        heartbeat(person, tab, "{\"kind\": \"%s\", %s\"agoMillis\": 0}".formatted(kind, project)).statusCode(200);
        for (int passed = 0; passed < seconds; passed += 10) {
            TestClock.advance(Duration.ofSeconds(10));
            heartbeat(person, tab, "{\"kind\": \"active\", \"agoMillis\": 0}").statusCode(200);
        }
    }

    private static void leave(TestPerson person, UUID tab) {
        heartbeat(person, tab, "{\"kind\": \"hidden\", \"agoMillis\": 0}").statusCode(200);
    }

    /** The clock was moved by so much, and ran on meanwhile: no less is booked, and no more than what has really passed besides. */
    private void booked(long millis, long actual, String why) {
        long passed = Duration.between(begun, Instant.now()).toMillis();
        assertTrue(actual >= millis && actual <= millis + passed, () -> "%s: %d ms of %d, %d passed".formatted(why, actual, millis, passed));
    }

    private void endSittings() {
        TestClock.advance(Duration.ofMinutes(31));
        sweeping.endWhatIsOver();
    }

    private long production(WorkFixture work, TimeClass timeClass) {
        return balances.of(new Book(work.requester.organisationId()), Commodity.LABOUR, Account.production(UUID.fromString(work.projectId), timeClass));
    }

    private long expended(TestPerson person, TimeClass timeClass) {
        return -balances.of(new Book(person.personId()), Commodity.LABOUR, Account.expended(timeClass));
    }

    private static TestPerson consenting(TestPerson person) {
        as(person).body("{\"version\": 1, \"decision\": \"agreed\"}").post("/api/me/consent").then().statusCode(200);
        return person;
    }

    @BeforeEach
    void withinOneDay() {
        TestClock.notBeforeMidnight(Duration.ofHours(3));
    }

    @Test
    void aReviewersTimeIsBookedWithTheDecisionAndWhatComesAfterItWhenTheSittingEnds() throws SQLException {
        var work = new WorkFixture(2, "\"payRule\": \"hour\", \"rewardMinor\": 3600, \"floorMinorPerHour\": 100000, \"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        String first = work.label(anna, "pos");
        String second = work.label(anna, "neg");
        TestPerson rita = consenting(work.reviewer);
        UUID tab = UUID.randomUUID();
        present(rita, tab, "review", work.projectId, 30);
        as(rita).post("/api/submissions/{id}/approve", first).then().statusCode(200);
        booked(30_000, production(work, TimeClass.REVIEW), "all of it");
        present(rita, tab, "review", work.projectId, 20);
        as(rita).body("{\"reason\": \"Not what was asked\"}").post("/api/submissions/{id}/reject", second).then().statusCode(200);
        booked(50_000, production(work, TimeClass.REVIEW), "all of it");
        present(rita, tab, "review", work.projectId, 10);
        leave(rita, tab);
        endSittings();
        long reviewed = production(work, TimeClass.REVIEW);
        booked(60_000, reviewed, "the last ten seconds led to nothing, and were reviewing all the same");
        assertEquals(reviewed, expended(rita, TimeClass.REVIEW));
        assertEquals(0, balances.of(new Book(rita.personId()), Commodity.money("USD"), Account.wages(new Book(work.requester.organisationId()))),
                "the annotators' rate and floor are not the reviewers'");
        as(rita).get("/api/me/work").then().statusCode(200).body("today.byClass.review", equalTo((int) reviewed));
        as(rita).get("/api/me/intervals").then().statusCode(200).body("items.timeClass", hasItem("review"));
        hoursAreThoseOfTheirIntervals();
    }

    /** The decision in between moves what is looked at; the input that counts lies an hour back. */
    @Test
    void aReviewerThinksAsLongAsTheProjectAllowsAndNoLongerWhateverIsBookedMeanwhile() throws SQLException {
        var work = new WorkFixture(2, "\"idleSeconds\": 3600, \"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        String first = work.label(anna, "pos");
        String second = work.label(anna, "neg");
        TestPerson rita = consenting(work.reviewer);
        UUID tab = UUID.randomUUID();
        String review = "{\"kind\": \"review\", \"projectId\": \"%s\", \"agoMillis\": 0}".formatted(work.projectId);
        for (int half = 0; half <= 150; half++) {
            heartbeat(rita, tab, review).statusCode(200);
            if (half == 100) {
                as(rita).post("/api/submissions/{id}/approve", first).then().statusCode(200);
                booked(50 * 60_000, production(work, TimeClass.REVIEW), "fifty minutes after the only input");
            }
            TestClock.advance(Duration.ofSeconds(30));
        }
        as(rita).post("/api/submissions/{id}/approve", second).then().statusCode(200);
        booked(60 * 60_000, production(work, TimeClass.REVIEW), "an hour after the only input");
    }

    @Test
    void aTestsTimeIsBookedWhenItIsHandedInAndOnlyOnce() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        UUID attempt = UUID.randomUUID();
        present(anna, UUID.randomUUID(), "qualification", work.projectId, 40);
        var me = new Caller(anna.personId(), null, Set.of("annotator"));
        long booked = qualification.handedIn(me, UUID.fromString(work.projectId), attempt).observedMillis();
        booked(40_000, booked, "all of it");
        assertEquals(0, qualification.handedIn(me, UUID.fromString(work.projectId), attempt).observedMillis());
        assertEquals(booked, production(work, TimeClass.QUALIFICATION));
        assertEquals(1, statements.bySource(attempt).size());
        as(anna).get("/api/me/work").then().body("today.byClass.qualification", equalTo((int) booked));
    }

    @Test
    void administrationIsBookedToTheProjectItIsForWhenTheSittingEndsAndARestThatNobodyPrescribedToNone() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        work.label(anna, "pos");
        UUID tab = UUID.randomUUID();
        present(anna, tab, "administration", work.projectId, 30);
        heartbeat(anna, tab, "{\"kind\": \"break\", \"projectId\": \"%s\", \"agoMillis\": 0}".formatted(work.projectId)).statusCode(200);
        for (int i = 0; i < 8; i++) {
            TestClock.advance(Duration.ofSeconds(15));
            heartbeat(anna, tab, "{\"kind\": \"break\", \"projectId\": \"%s\", \"agoMillis\": 0}".formatted(work.projectId)).statusCode(200);
        }
        leave(anna, tab);
        endSittings();
        booked(30_000, production(work, TimeClass.ADMINISTRATION), "all of it");
        assertEquals(0, production(work, TimeClass.BREAK), "the project prescribes no rest");
        as(anna).get("/api/me/intervals").then().body("items.timeClass", hasItems("administration", "break"));
    }

    @Test
    void anAppealsTimeIsBookedWithIt() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        String submission = work.label(anna, "pos");
        as(work.reviewer).body("{\"reason\": \"Wrong\"}").post("/api/submissions/{id}/reject", submission).then().statusCode(200);
        present(anna, UUID.randomUUID(), "administration", work.projectId, 50);
        String appeal = as(anna).body("{\"reason\": \"It is right\"}").post("/api/submissions/{id}/appeal", submission).then().statusCode(201)
                .extract().path("appealId");
        booked(50_000, production(work, TimeClass.ADMINISTRATION), "all of it");
        assertEquals(1, statements.bySource(UUID.fromString(appeal)).size());
    }

    @Test
    void whatNamesAProjectOneHasNothingToDoWithIsKeptInOnesOwnBookAlone() throws SQLException {
        var work = new WorkFixture(1, "\"payRule\": \"hour\", \"rewardMinor\": 6000, \"reserveMinor\": 1000");
        TestPerson anna = TestPeople.annotator("KE");
        UUID tab = UUID.randomUUID();
        for (String kind : new String[] {"administration", "review", "qualification"}) {
            present(anna, tab, kind, work.projectId, 20);
        }
        leave(anna, tab);
        endSittings();
        for (TimeClass timeClass : new TimeClass[] {TimeClass.ADMINISTRATION, TimeClass.REVIEW, TimeClass.QUALIFICATION}) {
            assertEquals(0, production(work, timeClass));
            booked(20_000, balances.of(new Book(anna.personId()), Commodity.LABOUR, Account.lost(timeClass)), "all of it");
        }
    }

    @Test
    void searchForOneProjectWaitsWhileAnotherOnesIsBooked() throws SQLException {
        var work = new WorkFixture(2, "");
        var other = new WorkFixture(2, "");
        TestPerson anna = TestPeople.annotator("KE");
        UUID tab = UUID.randomUUID();
        present(anna, tab, "search", other.projectId, 30);
        present(anna, tab, "search", work.projectId, 20);
        work.claim(anna, 1).statusCode(201);
        booked(20_000, production(work, TimeClass.SEARCH), "all of it");
        assertEquals(0, production(other, TimeClass.SEARCH));
        present(anna, tab, "search", null, 20);
        other.claim(anna, 1).statusCode(201);
        booked(50_000, production(other, TimeClass.SEARCH), "its own, and what was nobody's");
        as(anna).body("{\"tab\": \"%s\", \"states\": [{\"kind\": \"asleep\"}]}".formatted(tab)).post("/api/observations").then().statusCode(422)
                .body("field", equalTo("states[0].kind"));
    }

    @Test
    void whatAPageOutsideTasksKeptWhileTheConnectionWasLostIsDeclaredOnceAndBookedWhenApproved() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        work.label(anna, "pos");
        UUID tab = UUID.randomUUID();
        String administration = "{\"kind\": \"administration\", \"projectId\": \"%s\", \"agoMillis\": 0}".formatted(work.projectId);
        heartbeat(anna, tab, administration).statusCode(200);
        TestClock.advance(Duration.ofSeconds(180));
        String active = IntStream.rangeClosed(0, 5).mapToObj(i -> "{\"kind\": \"active\", \"agoMillis\": %d}".formatted(150_000 - 30_000 * i))
                .collect(Collectors.joining(","));
        heartbeat(anna, tab, active).statusCode(200);
        String submission = as(anna).get("/api/me/submissions").jsonPath().getString("items[0].submissionId");
        as(work.reviewer).body("{\"reason\": \"Wrong\"}").post("/api/submissions/{id}/reject", submission).then().statusCode(200);
        as(anna).body("{\"reason\": \"It is right\"}").post("/api/submissions/{id}/appeal", submission).then().statusCode(201);
        booked(30_000, production(work, TimeClass.ADMINISTRATION), "a heartbeat's time at either end was observed");
        String declaration = as(work.reviewer).get("/api/projects/{id}/declarations", work.projectId).then().statusCode(200).body("items.source", equalTo(List.of("offline")))
                .extract().path("items[0].declarationId");
        leave(anna, tab);
        endSittings();
        as(work.reviewer).body("{\"approved\": true}").post("/api/declarations/{id}/decide", declaration).then().statusCode(200).body("state", equalTo("approved"));
        as(work.reviewer).get("/api/projects/{id}/declarations", work.projectId).then().body("items.size()", equalTo(0));
        booked(150_000, balances.of(new Book(work.requester.organisationId()), Commodity.LABOUR_DECLARED,
                Account.production(UUID.fromString(work.projectId), TimeClass.ADMINISTRATION)), "what lies between");
        hoursAreThoseOfTheirIntervals();
    }

    private static void hoursAreThoseOfTheirIntervals() throws SQLException {
        AuditCheck check = new WorkChecks().whatIsBookedHasItsIntervals();
        try (var connection = TestDatabase.asOwner(); var rows = connection.createStatement().executeQuery(FromZero.of(check))) {
            org.hamcrest.MatcherAssert.assertThat(rows.next() ? rows.getString(1) + " " + rows.getString(2) : "", equalTo(""));
        }
    }
}
