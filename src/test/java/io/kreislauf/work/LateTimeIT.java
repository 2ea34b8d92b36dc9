package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.counts;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.audit.AuditCheck;
import io.kreislauf.ledger.audit.FromZero;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No second spent on a task whose claim has ended is lost, and each has the class, the period and the pay that are its own. */
@QuarkusTest
class LateTimeIT {

    private final Instant begun = Instant.now();

    @Inject
    Sweeping sweeping;

    @Inject
    Balances balances;

    @BeforeEach
    void withinOneDay() {
        TestClock.notBeforeMidnight(Duration.ofHours(4));
    }

    /** The page shows the task for so many seconds, a multiple of ten. */
    private static UUID work(TestPerson annotator, UUID tab, String claimId, int seconds) {
        heartbeat(annotator, tab, state("shown", claimId, 0)).statusCode(200);
        for (int passed = 0; passed < seconds; passed += 10) {
            TestClock.advance(Duration.ofSeconds(10));
            heartbeat(annotator, tab, state("active", claimId, 0)).statusCode(200);
        }
        return tab;
    }

    private static UUID work(TestPerson annotator, String claimId, int seconds) {
        return work(annotator, UUID.randomUUID(), claimId, seconds);
    }

    private long hours(WorkFixture work, TimeClass timeClass) {
        return balances.of(new Book(work.requester.organisationId()), Commodity.LABOUR, Account.production(UUID.fromString(work.projectId), timeClass));
    }

    /** The clock was moved by so much and ran on meanwhile. */
    private void booked(long millis, long actual) {
        long passed = Duration.between(begun, Instant.now()).toMillis();
        assertTrue(actual >= millis && actual <= millis + passed, () -> "%d ms booked of %d, %d passed".formatted(actual, millis, passed));
    }

    private void timeOut(Duration after) {
        TestClock.advance(after);
        sweeping.endWhatIsOver();
    }

    private static void handBack(TestPerson annotator, String way, Held task, int status) {
        as(annotator).body("{\"fencingVersion\": %s}".formatted(task.version())).post("/api/claims/{id}/{way}", task.id(), way).then().statusCode(status);
    }

    private static void soundTimes() throws SQLException {
        var checks = new WorkChecks();
        List<String> breaches = new ArrayList<>();
        try (var connection = TestDatabase.asOwner()) {
            for (AuditCheck check : List.of(checks.aSubmissionsTimeIsThatOfItsIntervals(), checks.whatIsBookedHasItsIntervals(), checks.noDayIsLongerThanADay())) {
                try (var rows = connection.createStatement().executeQuery(FromZero.of(check))) {
                    while (rows.next()) {
                        breaches.add(rows.getString(1) + " " + rows.getString(2));
                    }
                }
            }
        }
        assertEquals(List.of(), breaches);
    }

    /** Handed in from another device. There is nothing more to do on it, and what is observed of the page is its person's search for the next one. */
    @Test
    void timeOnATaskThatIsHandedInIsSearchFromThenOnWhateverThePageSays() throws SQLException {
        var work = new WorkFixture(3, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        UUID tab = work(anna, UUID.randomUUID(), task.id(), 30);
        booked(30_000, work.submit(anna, task, "pos").statusCode(200).extract().jsonPath().getLong("bookedMillis"));
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, state("active", task.id(), 0)).statusCode(200).body("claims[0].bookedMillis", greaterThanOrEqualTo(30_000));
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, state("active", task.id(), 0)).statusCode(200);
        Held next = work.take(anna);
        booked(20_000, hours(work, TimeClass.SEARCH));
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, state("shown", task.id(), 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(5));
        heartbeat(anna, tab, state("hidden", null, 0)).statusCode(200);
        timeOut(Duration.ofMinutes(31));
        booked(30_000, hours(work, TimeClass.DIRECT));
        booked(20_000, hours(work, TimeClass.SEARCH));
        long lost = -balances.of(new Book(anna.personId()), Commodity.LABOUR, Account.expended(TimeClass.SEARCH)) - hours(work, TimeClass.SEARCH);
        booked(15_000, lost);
        as(anna).get("/api/me/declarations").then().body("items", empty());
        handBack(anna, "return", next, 200);
        soundTimes();
    }

    /** The other window was the latest in use until its task was handed in, and says only later that it is gone. */
    @Test
    void aTaskLosesNoTimeToOneThatWasLeft() throws SQLException {
        for (String left : List.of("submit", "return")) {
            var work = new WorkFixture(2, "\"labelsWanted\": 1");
            TestPerson anna = TestPeople.annotator("KE");
            Held task = work.take(anna);
            Held other = work.take(anna);
            UUID tab = UUID.randomUUID();
            UUID window = UUID.randomUUID();
            heartbeat(anna, tab, state("shown", task.id(), 0)).statusCode(200);
            TestClock.advance(Duration.ofSeconds(5));
            heartbeat(anna, window, state("shown", other.id(), 0)).statusCode(200);
            TestClock.advance(Duration.ofSeconds(5));
            if (left.equals("submit")) {
                work.submit(anna, other, "pos").statusCode(200);
            } else {
                handBack(anna, "return", other, 200);
            }
            TestClock.advance(Duration.ofSeconds(10));
            heartbeat(anna, tab, state("shown", task.id(), 0)).statusCode(200);
            TestClock.advance(Duration.ofSeconds(5));
            heartbeat(anna, window, state("hidden", null, 0)).statusCode(200);
            TestClock.advance(Duration.ofSeconds(5));
            booked(25_000, work.submit(anna, task, "pos").statusCode(200).extract().jsonPath().getLong("bookedMillis"));
        }
    }

    /** What a page said next tells that it was still there for a moment, whatever it is about. */
    @Test
    void whatAPageIsFoundToHaveShownAfterItsTaskTimedOutIsBookedThoughItSaysSomethingElse() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        UUID tab = work(anna, UUID.randomUUID(), work.take(anna).id(), 20);
        timeOut(Duration.ofMinutes(61));
        booked(20_000, hours(work, TimeClass.RETURNED));
        heartbeat(anna, tab, state("hidden", null, 0)).statusCode(200);
        timeOut(Duration.ofMinutes(31));
        booked(35_000, hours(work, TimeClass.RETURNED));
        soundTimes();
    }

    /** The page lost its connection; its person handed in from another device, and then the page came back. */
    @Test
    void whatIsToldOfATaskOnlyAfterItWasHandedInIsDeclaredWithIt() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        UUID tab = work(anna, UUID.randomUUID(), task.id(), 20);
        TestClock.advance(Duration.ofSeconds(120));
        long direct = work.submit(anna, task, "pos").statusCode(200).extract().jsonPath().getLong("bookedMillis");
        booked(35_000, direct);
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, String.join(",", state("active", task.id(), 90_000), state("active", task.id(), 50_000), state("active", task.id(), 12_000),
                state("hidden", null, 10_000))).statusCode(200);
        timeOut(Duration.ofMinutes(31));
        List<Integer> asked = as(anna).get("/api/me/declarations").then().statusCode(200).extract().path("items.askedMillis");
        booked(140_000, direct + asked.stream().mapToLong(Integer::longValue).sum());
        List<String> ids = as(anna).get("/api/me/declarations").then().extract().path("items.declarationId");
        for (String id : ids) {
            as(work.reviewer).body("{\"approved\": true}").post("/api/declarations/{id}/decide", id).then().statusCode(200);
        }
        as(anna).get("/api/me/submissions").then().body("items[0].bookedMillis", greaterThanOrEqualTo(140_000));
        soundTimes();
    }

    @Test
    void aTaskWhoseLeaseIsOverIsTakenAwayBeforeAnybodyWorksOnIt() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        timeOut(Duration.ofMinutes(59));
        as(anna).post("/api/claims/{id}/shown", task.id()).then().statusCode(409).body("code", equalTo("CLAIM_ENDED")).body("remedy", notNullValue());
        assertEquals(Map.of("open", 2L), work.slots());
    }

    @Test
    void workOnATaskWhoseLeaseIsOverIsBookedWithItsLabelWhoeverHasTheSlot() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        timeOut(Duration.ofMinutes(59));
        work(anna, task.id(), 40);
        booked(40_000, work.submit(anna, task, "pos").statusCode(200).body("state", equalTo("ACCEPTED")).extract().jsonPath().getLong("bookedMillis"));
        booked(40_000, hours(work, TimeClass.DIRECT));

        var other = new WorkFixture(1, "\"labelsWanted\": 1");
        Held lost = other.take(anna);
        timeOut(Duration.ofMinutes(59));
        other.label(TestPeople.annotator("KE"), "neg");
        work(anna, lost.id(), 30);
        booked(30_000, other.submit(anna, lost, "pos").statusCode(200).body("state", equalTo("LATE_KEPT")).extract().jsonPath().getLong("bookedMillis"));
        booked(30_000, hours(other, TimeClass.RETURNED));
        soundTimes();
    }

    @Test
    void timeAfterTheDeadlineIsBookedWhenTheTaskIsGivenBackAndOnlyOnce() throws SQLException {
        for (String way : List.of("return", "skip")) {
            var work = new WorkFixture(1, "\"labelsWanted\": 1");
            TestPerson anna = TestPeople.annotator("KE");
            Held task = work.take(anna);
            work(anna, task.id(), 20);
            timeOut(Duration.ofMinutes(61));
            work(anna, task.id(), 30);
            handBack(anna, way, task, 200);
            booked(50_000, hours(work, TimeClass.RETURNED));
            long all = hours(work, TimeClass.RETURNED);
            handBack(anna, way, task, 200);
            assertEquals(all, hours(work, TimeClass.RETURNED));
            work.submit(anna, task, "pos").statusCode(409).body("code", equalTo("CLAIM_ENDED"));
            as(anna).get("/api/claims").then().body("claims", empty());
        }
        soundTimes();
    }

    @Test
    void timeAfterTheDeadlineThatNobodyHandsInIsBookedWhenTheSittingEnds() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held expired = work.take(anna);
        Held lapsed = work.take(anna);
        work(anna, expired.id(), 20);
        timeOut(Duration.ofMinutes(61));
        UUID tab = work(anna, expired.id(), 30);
        work(anna, tab, lapsed.id(), 20);
        heartbeat(anna, tab, state("active", expired.id(), 0)).body("claims[0].bookedMillis", greaterThanOrEqualTo(50_000));
        timeOut(Duration.ofMinutes(31));
        booked(70_000, hours(work, TimeClass.RETURNED));
        long all = hours(work, TimeClass.RETURNED);
        work.submit(anna, expired, "pos").statusCode(200).body("state", equalTo("ACCEPTED"));
        assertEquals(all, hours(work, TimeClass.RETURNED) + hours(work, TimeClass.DIRECT));
        booked(50_000, hours(work, TimeClass.DIRECT));
        soundTimes();
    }

    @Test
    void declaredTimeApprovedBeforeTheLabelCameIsItsOwnAndIsRejectedWithIt() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        work(anna, task.id(), 20);
        timeOut(Duration.ofMinutes(61));
        String declaration = as(anna).body("{\"millis\": 60000, \"reason\": \"I read on paper\"}").post("/api/claims/{id}/corrections", task.id()).then()
                .statusCode(201).extract().path("declarationId");
        as(work.reviewer).body("{\"approved\": true}").post("/api/declarations/{id}/decide", declaration).then().statusCode(200);
        var first = work.submit(anna, task, "pos").statusCode(200).extract();
        booked(80_000, first.jsonPath().getLong("bookedMillis"));
        assertEquals(first.asString(), work.submit(anna, task, "pos").statusCode(200).extract().asString());
        soundTimes();
        as(work.reviewer).body("{\"reason\": \"Wrong\"}").post("/api/submissions/{id}/reject", first.jsonPath().getString("submissionId")).then().statusCode(200);
        assertEquals(60_000, balances.of(new Book(work.requester.organisationId()), Commodity.LABOUR_DECLARED,
                Account.production(UUID.fromString(work.projectId), TimeClass.REJECTED)));
        soundTimes();
    }

    private static Map<String, Long> timeByMonth(WorkFixture work) throws SQLException {
        return counts("""
                select time_class || ' ' || period, cast(round(sum(extract(epoch from upper(span) - lower(span)))) as bigint)
                  from worked_interval where project_id = ? group by 1""", UUID.fromString(work.projectId));
    }

    private static Map<String, Long> payByMonth(WorkFixture work) throws SQLException {
        return counts("select kind || ' ' || period, cast(sum(amount_minor) as bigint) from wage_due where project_id = ? group by 1",
                UUID.fromString(work.projectId));
    }

    /** Goes on to so long before the end of a month; which month it is then, and which comes after. */
    private static LocalDate monthEnd(Duration before) {
        LocalDate next = TestClock.now().plus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC).toLocalDate().withDayOfMonth(1).plusMonths(1);
        TestClock.advance(Duration.between(TestClock.now(), next.atStartOfDay(ZoneOffset.UTC).toInstant().minus(before)));
        return next;
    }

    @Test
    void aLateLabelTakesItsTimeAndPayIntoTheMonthOfItsSubmission() throws SQLException {
        LocalDate february = monthEnd(Duration.ofHours(3));
        LocalDate january = february.minusMonths(1);
        var work = new WorkFixture(1, "\"labelsWanted\": 1, \"floorMinorPerHour\": 3600, \"rewardMinor\": 25, \"reserveMinor\": 1000, \"extraPay\": {\"returnedMinorPerHour\": 720}");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        work(anna, task.id(), 50);
        timeOut(Duration.ofMinutes(61));
        assertEquals(List.of("returned " + january), List.copyOf(timeByMonth(work).keySet()));
        assertEquals(Map.of("returned " + january, 10L), payByMonth(work));
        TestClock.advance(Duration.ofHours(3));
        String submission = work.submit(anna, task, "pos").statusCode(200).body("state", equalTo("ACCEPTED")).extract().path("submissionId");
        sweeping.topUp();
        assertEquals(List.of("direct " + february), List.copyOf(timeByMonth(work).keySet()));
        as(work.reviewer).post("/api/submissions/{id}/approve", submission).then().statusCode(200);
        TestClock.advance(Duration.ofDays(32));
        sweeping.topUp();
        long seconds = timeByMonth(work).get("direct " + february);
        Map<String, Long> pay = payByMonth(work);
        assertEquals(10L, pay.get("returned " + february), "what the time-out paid is not taken back, and counts towards the floor of its time");
        assertEquals(25L, pay.get("reward " + february), "a normal label has its normal reward");
        assertEquals(seconds, pay.values().stream().mapToLong(Long::longValue).sum(), 1, () -> "the floor of a cent a second, once: " + pay);
        assertEquals(List.of("returned " + february, "reward " + february, "top_up " + february), List.copyOf(pay.keySet()));
    }

    @Test
    void timeOutsideTasksBelongsToTheMonthInWhichItEndedWheneverItIsBooked() throws SQLException {
        LocalDate february = monthEnd(Duration.ofMinutes(8));
        LocalDate january = february.minusMonths(1);
        var work = new WorkFixture(3, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        UUID tab = UUID.randomUUID();
        String search = "{\"kind\": \"search\", \"projectId\": \"%s\", \"agoMillis\": 0}".formatted(work.projectId);
        TestClock.advance(Duration.between(TestClock.now(), february.atStartOfDay(ZoneOffset.UTC).toInstant().minusSeconds(20)));
        for (int i = 0; i < 5; i++) {
            heartbeat(anna, tab, search).statusCode(200);
            TestClock.advance(Duration.ofSeconds(10));
        }
        heartbeat(anna, tab, search).statusCode(200);
        Held task = work.take(anna);
        Map<String, Long> time = timeByMonth(work);
        assertEquals(List.of("search " + january, "search " + february), List.copyOf(time.keySet()), "cut at midnight, each part by its own end");
        assertEquals(20, time.get("search " + january), 6);
        assertTrue(time.get("search " + february) >= 28, time::toString);
        work(anna, task.id(), 10);

        LocalDate march = monthEnd(Duration.ofMinutes(40));
        Held last = work.take(anna);
        UUID other = work(anna, last.id(), 20);
        heartbeat(anna, other, "{\"kind\": \"administration\", \"projectId\": \"%s\", \"agoMillis\": 0}".formatted(work.projectId)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, other, "{\"kind\": \"hidden\", \"agoMillis\": 0}").statusCode(200);
        timeOut(Duration.ofHours(2));
        Map<String, Long> after = timeByMonth(work);
        LocalDate before = march.minusMonths(1);
        assertTrue(after.get("returned " + before) >= 20 && after.get("administration " + before) >= 10, after::toString);
        assertTrue(after.keySet().stream().noneMatch(k -> k.endsWith(march.toString())), after::toString);
        soundTimes();
    }
}
