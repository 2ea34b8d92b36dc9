package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.outside;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.testing.QueryPlan;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rest that a project prescribes: when it is due, how long it lasts, and what it is booked and paid as. */
@QuarkusTest
class RestIT {

    private static final String RULES = """
            "payRule": "hour", "rewardMinor": 3600, "reserveMinor": 100000, "labelsWanted": 1, "idleSeconds": 600, "prefetchLimit": 3, "deadlineMinutes": 600,
            "restAfterMinutes": 10, "restMinutes": 5""";

    private final UUID tab = UUID.randomUUID();

    @BeforeEach
    void withinOneDay() {
        TestClock.notBeforeMidnight(Duration.ofHours(2));
    }

    /** The page says the same every half minute for so many minutes. */
    private void passes(TestPerson person, String state, double minutes) {
        heartbeat(person, tab, state).statusCode(200);
        for (int i = 0; i < minutes * 2; i++) {
            TestClock.advance(Duration.ofSeconds(30));
            heartbeat(person, tab, state).statusCode(200);
        }
    }

    private void works(WorkFixture work, TestPerson person, Held held, double minutes) {
        passes(person, state("shown", held.id(), 0), minutes);
        work.submit(person, held, "pos").statusCode(200);
    }

    private static String resting(WorkFixture work) {
        return outside("break", work.projectId);
    }

    private static JsonPath told(WorkFixture work, TestPerson person) {
        return as(person).get("/api/tasks/{id}", work.projectId).then().statusCode(200).extract().jsonPath();
    }

    @Test
    void whoHasWorkedLongEnoughFinishesWhatTheyHoldAndThenRestsAndIsPaidForIt() throws SQLException {
        var work = new WorkFixture(12, RULES);
        TestPerson anna = TestPeople.annotator("KE");
        Instant begun = Instant.now();
        Held first = work.take(anna);
        Held second = work.take(anna);
        assertEquals(10, told(work, anna).getInt("rest.afterMinutes"));
        assertTrue(told(work, anna).get("rest.until") == null, "no rest is due yet");
        works(work, anna, first, 10);
        work.claim(anna, 1).statusCode(409).body("code", equalTo("REST_DUE")).body("detail", startsWith("The project lets you rest until ")).body("remedy", startsWith("Rest: "));
        JsonPath due = told(work, anna);
        assertEquals("REST_DUE", due.getString("lacks[0].code"));
        assertEquals(due.getString("rest.until"), due.getString("lacks[0].what"));
        assertTrue(due.getLong("rest.remainingMillis") > 290_000 && due.getLong("rest.remainingMillis") <= 300_000, due::prettify);
        as(anna).get("/api/tasks?mayDo=true&limit=200").then().statusCode(200).body("items.projectId", not(hasItem(work.projectId)));

        works(work, anna, second, 1);
        assertTrue(told(work, anna).getLong("rest.remainingMillis") > 290_000, "the rest counts from the last task on");
        passes(anna, resting(work), 4);
        work.claim(anna, 1).statusCode(409).body("code", equalTo("REST_DUE"));
        passes(anna, resting(work), 1);
        work.claim(anna, 1).statusCode(201).body("claims.size()", equalTo(1));
        as(anna).get("/api/tasks/{id}", work.projectId).then().body("lacks", empty()).body("rest.until", nullValue());

        long rested = work.books.millis(TimeClass.BREAK);
        long passed = Duration.between(begun, Instant.now()).toMillis();
        assertTrue(rested >= 300_000 && rested <= 300_000 + passed, () -> rested + " ms of rest");
        long direct = work.books.millis(TimeClass.DIRECT);
        long wages = ProjectBooks.of(anna.personId(), ProjectBooks.USD, Account.wages(new Book(work.requester.organisationId())));
        assertEquals(-(rested + direct) * 3600 / 3_600_000, wages, 2, "by the hour, rest is paid like all other time");
    }

    @Test
    void aRestThatWasTakenAnywayIsARestAndWorkDuringItMovesItsEnd() throws SQLException {
        var work = new WorkFixture(12, RULES);
        var other = new WorkFixture(12, "\"idleSeconds\": 600, \"labelsWanted\": 1, \"deadlineMinutes\": 600");
        TestPerson anna = TestPeople.annotator("KE");
        works(work, anna, work.take(anna), 6);
        TestClock.advance(Duration.ofMinutes(6));
        works(work, anna, work.take(anna), 6);
        Held third = work.take(anna);
        works(work, anna, third, 5);
        work.claim(anna, 1).statusCode(409).body("code", equalTo("REST_DUE"));

        TestClock.advance(Duration.ofMinutes(3));
        works(other, anna, other.take(anna), 1);
        long left = told(work, anna).getLong("rest.remainingMillis");
        assertTrue(left > 285_000, () -> "another project's task is no rest: " + left);
        TestClock.advance(Duration.ofMinutes(5));
        Held next = work.take(anna);
        passes(anna, state("shown", next.id(), 0), 9);
        work.claim(anna, 1).statusCode(201).body("claims.size()", equalTo(1));
        work.submit(anna, next, "pos").statusCode(200);
        work.claim(anna, 1).statusCode(201);
    }

    /** A glance at the next task, before the rest and in the middle of a longer one. */
    @Test
    void aRestThatBeginsAfterAGlanceAtATaskIsARestToo() throws SQLException {
        var work = new WorkFixture(12, RULES);
        TestPerson anna = TestPeople.annotator("KE");
        works(work, anna, work.take(anna), 6);
        Held next = work.take(anna);
        String hidden = state("hidden", null, 0);
        heartbeat(anna, tab, state("shown", next.id(), 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, hidden).statusCode(200);
        TestClock.advance(Duration.ofMinutes(6));
        heartbeat(anna, tab, state("shown", next.id(), 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, hidden).statusCode(200);
        TestClock.advance(Duration.ofMinutes(2));
        works(work, anna, next, 5);
        assertTrue(told(work, anna).get("rest.until") == null, "eleven minutes are booked, of which five since a rest of six");
        work.take(anna);
    }

    @Test
    void aTaskThatIsNotHandedInYetIsNoRestBetweenTwoThatAre() throws SQLException {
        var work = new WorkFixture(12, RULES);
        TestPerson anna = TestPeople.annotator("KE");
        works(work, anna, work.take(anna), 6);
        passes(anna, state("shown", work.take(anna).id(), 0), 6);
        works(work, anna, work.take(anna), 5);
        work.claim(anna, 1).statusCode(409).body("code", equalTo("REST_DUE"));
        TestClock.advance(Duration.ofMinutes(5));
        work.take(anna);
    }

    /** Its page stays open beside the rest, and says so. */
    @Test
    void aTaskThatIsHandedInAndStillShownSomewhereIsNoTask() throws SQLException {
        var work = new WorkFixture(12, RULES);
        TestPerson anna = TestPeople.annotator("KE");
        Held done = work.take(anna);
        works(work, anna, done, 10);
        work.claim(anna, 1).statusCode(409).body("code", equalTo("REST_DUE"));
        passes(anna, state("shown", done.id(), 0), 5);
        work.take(anna);
    }

    @Test
    void aRestIsBookedToTheProjectAsLongAsItIsPrescribedAndNoLonger() throws SQLException {
        var work = new WorkFixture(12, RULES);
        TestPerson anna = TestPeople.annotator("KE");
        works(work, anna, work.take(anna), 12);
        passes(anna, resting(work), 20);
        work.take(anna);
        long rested = work.books.millis(TimeClass.BREAK);
        assertTrue(rested >= 300_000 && rested <= 360_000, () -> rested + " ms of rest");
    }

    /** Months of work of many people; half a day of one is read. Rows that nobody's work stands behind are rolled back. */
    @Test
    void whetherARestIsDueIsSeenInHalfADayOfOnePerson() throws Exception {
        var work = new WorkFixture(1, RULES);
        TestPerson anna = TestPeople.annotator("KE");
        try (Connection connection = TestDatabase.asSuperuser(); var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set local session_replication_role = replica");
            sql.execute("""
                    insert into worked_interval (annotator_id, project_id, claim_id, time_class, source, span, period)
                    select a.id, '%1$s', gen_random_uuid(), 'direct', 'observed', tstzrange(s.since, s.since + interval '9 minutes'), '2026-01-01'
                      from (select case when a = 1 then cast('%2$s' as uuid) else gen_random_uuid() end as id from generate_series(1, 10) a) a
                     cross join (select clock_now() - n * interval '10 minutes' as since from generate_series(1, 3000) n) s
                     where date_trunc('day', s.since, 'UTC') = date_trunc('day', s.since + interval '9 minutes', 'UTC');
                    insert into observation (annotator_id, tab, claim_id, kind, at, received_at)
                    select '%2$s', gen_random_uuid(), gen_random_uuid(), 'shown', clock_now() - n * interval '15 seconds', clock_now() - n * interval '15 seconds'
                      from generate_series(1, 20000) n
                    """.formatted(work.projectId, anna.personId()));
            sql.execute("analyze worked_interval, observation");
            QueryPlan plan = QueryPlan.of(sql, "select %s from person me cross join project p where me.person_id = '%s' and p.project_id = '%s'"
                    .formatted(Rest.UNTIL, anna.personId(), work.projectId));
            assertTrue(plan.read("worked_interval") <= 80, plan::toString);
            assertTrue(plan.read("observation") <= 100, plan::toString);
            try (var row = sql.executeQuery("select %s > clock_now() from person me cross join project p where me.person_id = '%s' and p.project_id = '%s'"
                    .formatted(Rest.UNTIL, anna.personId(), work.projectId))) {
                row.next();
                assertTrue(row.getBoolean(1), "who worked all night has a rest due");
            }
            connection.rollback();
        }
    }

    @Test
    void aRestIsWholeWithinBoundsAndPaid() throws SQLException {
        TestPerson requester = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        String draft = "{\"title\": \"T\", \"currency\": \"USD\", \"rewardMinor\": 10, \"estimateSeconds\": 9, \"form\": %s, %s}";
        for (String[] wrong : new String[][] {
                {"\"restAfterMinutes\": 60, \"payRule\": \"hour\"", "restMinutes"}, {"\"restMinutes\": 5, \"payRule\": \"hour\"", "restAfterMinutes"},
                {"\"restAfterMinutes\": 9, \"restMinutes\": 5, \"payRule\": \"hour\"", "restAfterMinutes"},
                {"\"restAfterMinutes\": 60, \"restMinutes\": 31, \"payRule\": \"hour\"", "restMinutes"},
                {"\"restAfterMinutes\": 60, \"restMinutes\": 5", "restMinutes"}}) {
            as(requester).body(draft.formatted(WorkFixture.FORM, wrong[0])).post("/api/projects").then().statusCode(422).body("field", equalTo(wrong[1]));
        }
        as(requester).body(draft.formatted(WorkFixture.FORM, "\"restAfterMinutes\": 60, \"restMinutes\": 5, \"floorMinorPerHour\": 500")).post("/api/projects")
                .then().statusCode(201).body("restAfterMinutes", equalTo(60)).body("restMinutes", equalTo(5));
    }
}
