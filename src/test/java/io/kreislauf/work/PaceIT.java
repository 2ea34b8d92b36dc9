package io.kreislauf.work;

import static io.kreislauf.work.Verdicts.appeal;
import static io.kreislauf.work.Verdicts.reject;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.testing.QueryPlan;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What it costs to keep the pace of projects, and that nothing is missed by keeping it cheap. */
@QuarkusTest
class PaceIT {

    private static final int SUBMISSIONS = 50_000;
    private static final int BUFFERS_OF_A_PROJECT_MAX = 40;

    @Inject
    Pacing pacing;

    @Inject
    Sweeping sweeping;

    /** Rows that nobody's work stands behind are made and looked at in one transaction that is rolled back. */
    @Test
    void whichProjectsAreToBeMeasuredIsSeenInAFewIndexEntriesOfEach() throws Exception {
        var work = new WorkFixture(1, "");
        try (Connection connection = TestDatabase.asSuperuser(); var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("set local session_replication_role = replica");
            sql.execute("""
                    insert into submission (claim_id, slot_id, project_id, item_id, annotator_id, answer, form_version, submitted_at, effective_at, state,
                                            reward_minor, review_until, decided_at, submission_id)
                    select gen_random_uuid(), gen_random_uuid(), '%1$s', gen_random_uuid(), '%2$s', '{}', 1, clock_now(), clock_now(), 'approved', 1,
                           clock_now(), clock_now(), uuidv7(interval '-1 hour') from generate_series(1, %3$d)
                    """.formatted(work.projectId, UUID.randomUUID(), SUBMISSIONS));
            sql.execute("""
                    insert into wage_due (organisation_id, project_id, annotator_id, kind, fund, currency, amount_minor, period, accrued_at, due_id)
                    select '%2$s', '%1$s', '%2$s', 'reward', 'escrow', 'USD', 1, '2026-01-01', clock_now(), uuidv7(interval '-1 hour')
                      from generate_series(1, %3$d)
                    """.formatted(work.projectId, UUID.randomUUID(), SUBMISSIONS));
            sql.execute("""
                    insert into pace (project_id, submissions, timed, reserve_left_minor, reserve_minor, reserve_exhausted, computed_at, since_id)
                    select project_id, 0, 0, 0, reserve_minor, false, clock_now() + interval '1 minute', uuidv7() from project
                        on conflict (project_id) do update set since_id = excluded.since_id, computed_at = excluded.computed_at,
                           reserve_minor = excluded.reserve_minor
                    """);
            sql.execute("analyze submission, wage_due, pace, project");
            QueryPlan plan = QueryPlan.of(sql, Pacing.STALE);
            List<JsonNode> nodes = plan.nodes();
            for (String table : List.of("submission", "wage_due")) {
                assertFalse(nodes.stream().anyMatch(node -> node.path("Node Type").asText().equals("Seq Scan") && table.equals(node.path("Relation Name").asText())),
                        () -> "reads all of " + table + ": " + plan);
            }
            assertEquals(0, plan.top().path("Actual Rows").asInt(), plan::toString);
            // A table of few rows, as payouts are here, is read whole; that its index would do is seen where reading whole is no choice.
            sql.execute("set local enable_seqscan = off");
            QueryPlan byIndex = QueryPlan.of(sql, Pacing.STALE);
            for (String index : List.of("submission_of_project", "submission_judged", "wage_due_of_project", "payout_line_of_project")) {
                assertTrue(byIndex.uses(index), () -> index + " is not used: " + plan);
            }
            long projects = nodes.stream().filter(node -> "project".equals(node.path("Relation Name").asText())).mapToLong(node -> node.path("Actual Rows").asLong()).sum();
            long buffers = plan.buffers() - nodes.stream().filter(node -> "project".equals(node.path("Relation Name").asText()))
                    .mapToLong(QueryPlan::buffers).sum();
            System.out.printf("Looking for stale paces: %d projects, one of them with %d submissions: %.1f ms, %d pages beside those of the projects%n", projects, SUBMISSIONS,
                    plan.told().path("Execution Time").asDouble(), buffers);
            assertTrue(buffers < 100 + BUFFERS_OF_A_PROJECT_MAX * projects, plan::toString);
            connection.rollback();
        }
    }

    @Test
    void aSubmissionARejectionAPayoutAndMoreReserveEachMakeItStale() throws SQLException {
        var work = new WorkFixture(3, "\"reserveMinor\": 100");
        UUID project = UUID.fromString(work.projectId);
        TestPerson anna = TestPeople.annotator("KE");
        settle(project);
        assertFalse(isStale(project));
        String submission = work.label(anna, "pos");
        assertTrue(isStale(project), "submitted");
        settle(project);
        reject(work.reviewer, submission, "No.").statusCode(200);
        assertTrue(isStale(project), "rejected");
        work.label(anna, "pos");
        work.doing("approve-rest").statusCode(200);
        settle(project);
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201);
        assertTrue(isStale(project), "paid");
        sweeping.measurePace();
        as(TestPeople.annotator("KE")).get("/api/tasks/{id}", work.projectId).then().body("daysToPay", notNullValue());
        settle(project);
        as(work.requester).body("{\"reserveMinor\": 7}").post("/api/projects/{id}/extend", work.projectId).then().statusCode(201);
        assertTrue(isStale(project), "more reserve");
    }

    /** Whatever time the requester says that it is of, and also where nothing is paid for it. */
    @Test
    void aRejectionThatIsSaidToBeOfEarlierAndOneThatIsUndoneMakeItStale() throws SQLException {
        var work = new WorkFixture(2, "\"payRule\": \"hour\", \"rewardMinor\": 600");
        UUID project = UUID.fromString(work.projectId);
        TestPerson anna = TestPeople.annotator("KE");
        String submission = work.label(anna, "pos");
        TestClock.advance(Duration.ofMinutes(1));
        Instant earlier = TestClock.now();
        settle(project);
        assertFalse(isStale(project));
        as(work.reviewer).body("{\"reason\": \"No.\", \"effectiveAt\": \"%s\"}".formatted(earlier)).post("/api/submissions/{id}/reject", submission).then().statusCode(200);
        assertTrue(isStale(project), "rejected a minute ago, and told now");
        String appeal = appeal(anna, submission, "Yes.").statusCode(201).extract().path("appealId");
        settle(project);
        assertFalse(isStale(project));
        as(TestPeople.person("reviewer", work.requester.organisationId())).body("{\"won\": true, \"reason\": \"It was right.\"}")
                .post("/api/appeals/{id}/decide", appeal).then().statusCode(200);
        assertTrue(isStale(project), "the rejection is undone, and nothing is due for it");
    }

    /** What is due for time before anybody decided on its work is no more in the wage than that time is. */
    @Test
    void theWageByTheHourIsTheRateWhileSomeWorkIsUndecidedAndApprovingItMakesItStale() throws SQLException {
        var work = new WorkFixture(4, "\"payRule\": \"hour\", \"rewardMinor\": 36000, \"reserveMinor\": 10000");
        UUID project = UUID.fromString(work.projectId);
        TestPerson anna = TestPeople.annotator("KE");
        String decided = timed(work, anna);
        String undecided = timed(work, anna);
        timed(work, anna);
        as(work.reviewer).body("{}").post("/api/submissions/{id}/approve", decided).then().statusCode(200);
        settle(project);
        earns(anna, work);
        as(work.reviewer).body("{}").post("/api/submissions/{id}/approve", undecided).then().statusCode(200);
        assertTrue(isStale(project), "approved, and nothing more is due for it");
        settle(project);
        earns(anna, work);
        assertFalse(isStale(project));
        work.doing("approve-rest").statusCode(200);
        assertTrue(isStale(project), "all the rest approved");
    }

    private static String timed(WorkFixture work, TestPerson person) {
        WorkFixture.Held held = work.take(person);
        heartbeat(person, UUID.randomUUID(), state("shown", held.id(), 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(30));
        return work.submit(person, held, "pos").statusCode(200).extract().path("submissionId");
    }

    /** The rate of the project above, but for what rounding to the minor unit takes from half a minute. */
    private static void earns(TestPerson person, WorkFixture work) {
        as(person).get("/api/tasks/{id}", work.projectId).then().statusCode(200)
                .body("ownEffectiveMinorPerHour", both(greaterThan(35_800)).and(lessThan(36_201)))
                .body("medianEffectiveMinorPerHour", both(greaterThan(35_800)).and(lessThan(36_201)));
    }

    /** What was written before the measurement looked and committed after it, in a transaction that was open for longer than any margin. */
    @Test
    void whatATransactionWroteThatWasOpenMeanwhileIsSeenLater() throws SQLException {
        var work = new WorkFixture(2, "");
        UUID project = UUID.fromString(work.projectId);
        TestPerson anna = TestPeople.annotator("KE");
        String submission = work.label(anna, "pos");
        settle(project);
        assertFalse(isStale(project));
        try (Connection bonus = TestDatabase.asApplication(); Connection rejecting = TestDatabase.asApplication();
             var pay = bonus.prepareStatement("""
                     insert into wage_due (organisation_id, project_id, annotator_id, kind, fund, currency, amount_minor, period, accrued_at)
                     values (?, ?, ?, 'bonus', 'reserve', 'USD', 1, '2026-01-01', clock_now())
                     """);
             var reject = rejecting.prepareStatement("update submission set state = 'rejected', decided_at = clock_now(), judged_as = uuidv7() where submission_id = ?")) {
            bonus.setAutoCommit(false);
            rejecting.setAutoCommit(false);
            pay.setObject(1, work.requester.organisationId());
            pay.setObject(2, project);
            pay.setObject(3, anna.personId());
            pay.executeUpdate();
            reject.setObject(1, UUID.fromString(submission));
            reject.executeUpdate();
            Instant longEnough = Instant.now().plusSeconds(5);
            await().atMost(Duration.ofSeconds(60)).until(() -> Instant.now().isAfter(longEnough));
            pacing.measure(project);
            bonus.commit();
            assertTrue(isStale(project), "a bonus that was written before the measurement, and committed after it");
            Instant again = Instant.now().plusSeconds(5);
            await().atMost(Duration.ofSeconds(60)).until(() -> Instant.now().isAfter(again));
            pacing.measure(project);
            assertTrue(isStale(project), "the rejection is still open: what was written since it began is looked at again");
            rejecting.commit();
            assertTrue(isStale(project), "the rejection was committed after all that");
        }
        tamper("update submission set state = 'submitted', decided_at = null, judged_as = null where submission_id = '%s'".formatted(submission));
        Instant later = Instant.now().plusSeconds(3);
        await().atMost(Duration.ofSeconds(60)).until(() -> Instant.now().isAfter(later));
        pacing.measure(project);
        assertFalse(isStale(project), "and not for ever");
        tamper("set session_replication_role = replica; delete from wage_due where kind = 'bonus' and project_id = '%s'".formatted(project));
    }

    @Test
    void aLargeProjectRestsFiftyTimesAsLongAsMeasuringItTookButIsFreshForWhoAsks() throws SQLException {
        var work = new WorkFixture(2, "");
        UUID project = UUID.fromString(work.projectId);
        work.label(TestPeople.annotator("KE"), "pos");
        assertTrue(isStale(project));
        pacing.measure(project);
        tamper("update pace set took_millis = 1000 where project_id = '%s'".formatted(project));
        work.label(TestPeople.annotator("KE"), "pos");
        assertFalse(isStale(project), "it rests");
        as(work.requester).get("/api/projects/{id}/pace", work.projectId).then().statusCode(200).body("submissions", equalTo(2));
        tamper("update pace set took_millis = 1000 where project_id = '%s'".formatted(project));
        TestClock.advance(Duration.ofSeconds(49));
        assertFalse(isStale(project), "it still rests");
        TestClock.advance(Duration.ofSeconds(2));
        assertTrue(isStale(project), "it has rested");
    }

    /** Whether it is among them, however many others of this run are too. */
    private static boolean isStale(UUID project) throws SQLException {
        return WorkFixture.counts("select 'stale', count(*) from (%s) stale where project_id = ?".formatted(Pacing.STALE.replace("limit 200", "")), project).get("stale") > 0;
    }

    /** Measured, and what happened until now lies behind. */
    private void settle(UUID project) throws SQLException {
        TestClock.advance(Duration.ofMinutes(1));
        pacing.measure(project);
        tamper("update pace set since_id = uuidv7() where project_id = '%s'".formatted(project));
    }

    private static void tamper(String sql) throws SQLException {
        try (Connection connection = TestDatabase.asSuperuser(); var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
