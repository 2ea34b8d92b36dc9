package io.kreislauf.work;

import static io.kreislauf.work.PageInUse.leave;
import static io.kreislauf.work.PageInUse.present;
import static io.kreislauf.work.Verdicts.appeal;
import static io.kreislauf.work.Verdicts.approve;
import static io.kreislauf.work.Verdicts.decideDeclared;
import static io.kreislauf.work.Verdicts.reject;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.outside;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.book.Statements;
import io.kreislauf.people.Caller;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
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

    private final RunningClock clock = new RunningClock();

    @Inject
    Sweeping sweeping;

    @Inject
    Statements statements;

    @Inject
    TakingQualification qualification;

    private void endSittings() {
        TestClock.advance(Duration.ofMinutes(31));
        sweeping.endWhatIsOver();
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
        approve(rita, first).statusCode(200);
        clock.booked(30_000, work.books.millis(TimeClass.REVIEW));
        present(rita, tab, "review", work.projectId, 20);
        reject(rita, second, "Not what was asked").statusCode(200);
        clock.booked(50_000, work.books.millis(TimeClass.REVIEW));
        present(rita, tab, "review", work.projectId, 10);
        leave(rita, tab);
        endSittings();
        long reviewed = work.books.millis(TimeClass.REVIEW);
        clock.booked(60_000, reviewed, "the last ten seconds led to nothing, and were reviewing all the same");
        assertEquals(reviewed, ProjectBooks.expendedMillis(rita, TimeClass.REVIEW));
        assertEquals(0, ProjectBooks.of(rita.personId(), ProjectBooks.USD, Account.wages(new Book(work.requester.organisationId()))),
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
        String review = outside("review", work.projectId);
        for (int half = 0; half <= 150; half++) {
            heartbeat(rita, tab, review).statusCode(200);
            if (half == 100) {
                approve(rita, first).statusCode(200);
                clock.booked(50 * 60_000, work.books.millis(TimeClass.REVIEW), "fifty minutes after the only input");
            }
            TestClock.advance(Duration.ofSeconds(30));
        }
        approve(rita, second).statusCode(200);
        clock.booked(60 * 60_000, work.books.millis(TimeClass.REVIEW), "an hour after the only input");
    }

    @Test
    void aTestsTimeIsBookedWhenItIsHandedInAndOnlyOnce() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        UUID attempt = UUID.randomUUID();
        present(anna, UUID.randomUUID(), "qualification", work.projectId, 40);
        var me = new Caller(anna.personId(), null, Set.of("annotator"));
        long booked = qualification.handedIn(me, UUID.fromString(work.projectId), attempt).observedMillis();
        clock.booked(40_000, booked);
        assertEquals(0, qualification.handedIn(me, UUID.fromString(work.projectId), attempt).observedMillis());
        assertEquals(booked, work.books.millis(TimeClass.QUALIFICATION));
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
        heartbeat(anna, tab, outside("break", work.projectId)).statusCode(200);
        for (int i = 0; i < 8; i++) {
            TestClock.advance(Duration.ofSeconds(15));
            heartbeat(anna, tab, outside("break", work.projectId)).statusCode(200);
        }
        leave(anna, tab);
        endSittings();
        clock.booked(30_000, work.books.millis(TimeClass.ADMINISTRATION));
        assertEquals(0, work.books.millis(TimeClass.BREAK), "the project prescribes no rest");
        as(anna).get("/api/me/intervals").then().body("items.timeClass", hasItems("administration", "break"));
    }

    @Test
    void anAppealsTimeIsBookedWithIt() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        String submission = work.label(anna, "pos");
        reject(work.reviewer, submission, "Wrong").statusCode(200);
        present(anna, UUID.randomUUID(), "administration", work.projectId, 50);
        String appeal = appeal(anna, submission, "It is right").statusCode(201).extract().path("appealId");
        clock.booked(50_000, work.books.millis(TimeClass.ADMINISTRATION));
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
            assertEquals(0, work.books.millis(timeClass));
            clock.booked(20_000, ProjectBooks.of(anna.personId(), Commodity.LABOUR, Account.lost(timeClass)));
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
        clock.booked(20_000, work.books.millis(TimeClass.SEARCH));
        assertEquals(0, other.books.millis(TimeClass.SEARCH));
        present(anna, tab, "search", null, 20);
        other.claim(anna, 1).statusCode(201);
        clock.booked(50_000, other.books.millis(TimeClass.SEARCH), "its own, and what was nobody's");
        as(anna).body("{\"tab\": \"%s\", \"states\": [{\"kind\": \"asleep\"}]}".formatted(tab)).post("/api/observations").then().statusCode(422)
                .body("field", equalTo("states[0].kind"));
    }

    @Test
    void whatAPageOutsideTasksKeptWhileTheConnectionWasLostIsDeclaredOnceAndBookedWhenApproved() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        work.label(anna, "pos");
        UUID tab = UUID.randomUUID();
        String administration = outside("administration", work.projectId);
        heartbeat(anna, tab, administration).statusCode(200);
        TestClock.advance(Duration.ofSeconds(180));
        String active = IntStream.rangeClosed(0, 5).mapToObj(i -> "{\"kind\": \"active\", \"agoMillis\": %d}".formatted(150_000 - 30_000 * i))
                .collect(Collectors.joining(","));
        heartbeat(anna, tab, active).statusCode(200);
        String submission = as(anna).get("/api/me/submissions").jsonPath().getString("items[0].submissionId");
        reject(work.reviewer, submission, "Wrong").statusCode(200);
        appeal(anna, submission, "It is right").statusCode(201);
        clock.booked(30_000, work.books.millis(TimeClass.ADMINISTRATION), "a heartbeat's time at either end was observed");
        String declaration = as(work.reviewer).get("/api/projects/{id}/declarations", work.projectId).then().statusCode(200).body("items.source", equalTo(List.of("offline")))
                .extract().path("items[0].declarationId");
        leave(anna, tab);
        endSittings();
        decideDeclared(work.reviewer, declaration, true).statusCode(200).body("state", equalTo("approved"));
        as(work.reviewer).get("/api/projects/{id}/declarations", work.projectId).then().body("items.size()", equalTo(0));
        clock.booked(150_000, work.books.declaredMillis(TimeClass.ADMINISTRATION), "what lies between");
        hoursAreThoseOfTheirIntervals();
    }

    private static void hoursAreThoseOfTheirIntervals() throws SQLException {
        assertEquals(List.of(), Breaches.of(new WorkChecks().whatIsBookedHasItsIntervals()));
    }
}
