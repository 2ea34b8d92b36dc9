package io.kreislauf.work;

import static io.kreislauf.work.PageInUse.work;
import static io.kreislauf.work.Verdicts.approve;
import static io.kreislauf.work.Verdicts.correct;
import static io.kreislauf.work.Verdicts.decideDeclared;
import static io.kreislauf.work.Verdicts.reject;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.counts;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.outside;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.TimeClass;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No second spent on a task whose claim has ended is lost, and each has the class, the period and the pay that are its own. */
@QuarkusTest
class LateTimeIT {

    private final RunningClock clock = new RunningClock();

    @Inject
    Sweeping sweeping;

    @BeforeEach
    void withinOneDay() {
        TestClock.notBeforeMidnight(Duration.ofHours(4));
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
        assertEquals(List.of(), Breaches.of(checks.aSubmissionsTimeIsThatOfItsIntervals(), checks.whatIsBookedHasItsIntervals(), checks.noDayIsLongerThanADay()));
    }

    /** Handed in from another device. There is nothing more to do on it, and what is observed of the page is its person's search for the next one. */
    @Test
    void timeOnATaskThatIsHandedInIsSearchFromThenOnWhateverThePageSays() throws SQLException {
        var work = new WorkFixture(3, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        UUID tab = work(anna, UUID.randomUUID(), task.id(), 30);
        clock.booked(30_000, work.handIn(anna, task));
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, state("active", task.id(), 0)).statusCode(200).body("claims[0].bookedMillis", greaterThanOrEqualTo(30_000));
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, state("active", task.id(), 0)).statusCode(200);
        Held next = work.take(anna);
        clock.booked(20_000, work.books.millis(TimeClass.SEARCH));
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, state("shown", task.id(), 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(5));
        heartbeat(anna, tab, state("hidden", null, 0)).statusCode(200);
        timeOut(Duration.ofMinutes(31));
        clock.booked(30_000, work.books.millis(TimeClass.DIRECT));
        clock.booked(20_000, work.books.millis(TimeClass.SEARCH));
        long lost = ProjectBooks.expendedMillis(anna, TimeClass.SEARCH) - work.books.millis(TimeClass.SEARCH);
        clock.booked(15_000, lost);
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
            clock.booked(25_000, work.handIn(anna, task));
        }
    }

    /** What a page said next tells that it was still there for a moment, whatever it is about. */
    @Test
    void whatAPageIsFoundToHaveShownAfterItsTaskTimedOutIsBookedThoughItSaysSomethingElse() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        UUID tab = work(anna, UUID.randomUUID(), work.take(anna).id(), 20);
        timeOut(Duration.ofMinutes(61));
        clock.booked(20_000, work.books.millis(TimeClass.RETURNED));
        heartbeat(anna, tab, state("hidden", null, 0)).statusCode(200);
        timeOut(Duration.ofMinutes(31));
        clock.booked(35_000, work.books.millis(TimeClass.RETURNED));
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
        long direct = work.handIn(anna, task);
        clock.booked(35_000, direct);
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, String.join(",", state("active", task.id(), 90_000), state("active", task.id(), 50_000), state("active", task.id(), 12_000),
                state("hidden", null, 10_000))).statusCode(200);
        timeOut(Duration.ofMinutes(31));
        List<Integer> asked = as(anna).get("/api/me/declarations").then().statusCode(200).extract().path("items.askedMillis");
        clock.booked(140_000, direct + asked.stream().mapToLong(Integer::longValue).sum());
        List<String> ids = as(anna).get("/api/me/declarations").then().extract().path("items.declarationId");
        for (String id : ids) {
            decideDeclared(work.reviewer, id, true).statusCode(200);
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
        clock.booked(40_000, work.submit(anna, task, "pos").statusCode(200).body("state", equalTo("ACCEPTED")).extract().jsonPath().getLong("bookedMillis"));
        clock.booked(40_000, work.books.millis(TimeClass.DIRECT));

        var other = new WorkFixture(1, "\"labelsWanted\": 1");
        Held lost = other.take(anna);
        timeOut(Duration.ofMinutes(59));
        other.label(TestPeople.annotator("KE"), "neg");
        work(anna, lost.id(), 30);
        clock.booked(30_000, other.submit(anna, lost, "pos").statusCode(200).body("state", equalTo("LATE_KEPT")).extract().jsonPath().getLong("bookedMillis"));
        clock.booked(30_000, other.books.millis(TimeClass.RETURNED));
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
            clock.booked(50_000, work.books.millis(TimeClass.RETURNED));
            long all = work.books.millis(TimeClass.RETURNED);
            handBack(anna, way, task, 200);
            assertEquals(all, work.books.millis(TimeClass.RETURNED));
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
        clock.booked(70_000, work.books.millis(TimeClass.RETURNED));
        long all = work.books.millis(TimeClass.RETURNED);
        work.submit(anna, expired, "pos").statusCode(200).body("state", equalTo("ACCEPTED"));
        assertEquals(all, work.books.millis(TimeClass.RETURNED) + work.books.millis(TimeClass.DIRECT));
        clock.booked(50_000, work.books.millis(TimeClass.DIRECT));
        soundTimes();
    }

    @Test
    void declaredTimeApprovedBeforeTheLabelCameIsItsOwnAndIsRejectedWithIt() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        work(anna, task.id(), 20);
        timeOut(Duration.ofMinutes(61));
        String declaration = correct(anna, task.id(), 60_000, "I read on paper").statusCode(201).extract().path("declarationId");
        decideDeclared(work.reviewer, declaration, true).statusCode(200);
        var first = work.submit(anna, task, "pos").statusCode(200).extract();
        clock.booked(80_000, first.jsonPath().getLong("bookedMillis"));
        assertEquals(first.asString(), work.submit(anna, task, "pos").statusCode(200).extract().asString());
        soundTimes();
        reject(work.reviewer, first.jsonPath().getString("submissionId"), "Wrong").statusCode(200);
        assertEquals(60_000, work.books.declaredMillis(TimeClass.REJECTED));
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
        approve(work.reviewer, submission).statusCode(200);
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
        String search = outside("search", work.projectId);
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
        heartbeat(anna, other, outside("administration", work.projectId)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, other, state("hidden", null, 0)).statusCode(200);
        timeOut(Duration.ofHours(2));
        Map<String, Long> after = timeByMonth(work);
        LocalDate before = march.minusMonths(1);
        assertTrue(after.get("returned " + before) >= 20 && after.get("administration " + before) >= 10, after::toString);
        assertTrue(after.keySet().stream().noneMatch(k -> k.endsWith(march.toString())), after::toString);
        soundTimes();
    }
}
