package io.kreislauf.work;

import static io.kreislauf.work.Verdicts.appeal;
import static io.kreislauf.work.Verdicts.correct;
import static io.kreislauf.work.Verdicts.decideAppeal;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.counts;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.TimeClass;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions that meet each other or a fault, and texts that cannot be kept. */
@QuarkusTest
class SilenceIT {

    @Inject
    Sweeping sweeping;

    @BeforeEach
    void withinOneDay() {
        TestClock.notBeforeMidnight(Duration.ofHours(1));
    }

    private static long waiting() throws SQLException {
        return counts("select 'all', count(*) from pg_locks l join pg_stat_activity a on a.pid = l.pid where not l.granted and a.datname = current_database()")
                .get("all");
    }

    /** Whichever comes first, declared time has the class of its label in the end. */
    @Test
    void declaredTimeApprovedWhileItsLabelIsRejectedIsRejectedWithIt() throws Exception {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        TestClock.advance(Duration.ofMinutes(5));
        heartbeat(anna, UUID.randomUUID(), state("shown", task.id(), 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(20));
        String submission = work.submit(anna, task, "pos").statusCode(200).extract().path("submissionId");
        String declaration = correct(anna, task.id(), 60_000, "I read on paper").statusCode(201).extract().path("declarationId");
        CompletableFuture<Integer> approved;
        CompletableFuture<Integer> rejected;
        try (var threads = Executors.newFixedThreadPool(2); Connection holding = TestDatabase.asApplication()) {
            holding.setAutoCommit(false);
            try (var lock = holding.prepareStatement("select pg_advisory_xact_lock(hashtextextended(?, 6))")) {
                lock.setString(1, anna.personId().toString());
                lock.execute();
            }
            approved = CompletableFuture.supplyAsync(() -> as(work.reviewer).body("{\"approved\": true}").post("/api/declarations/{id}/decide", declaration).statusCode(), threads);
            await().until(() -> approved.isDone() || waiting() == 1);
            rejected = CompletableFuture.supplyAsync(() -> as(work.requester).body("{\"reason\": \"Wrong\"}").post("/api/submissions/{id}/reject", submission).statusCode(), threads);
            await().until(() -> rejected.isDone() || waiting() == 2);
            holding.commit();
        }
        assertEquals(200, approved.get());
        assertEquals(200, rejected.get());
        assertEquals(0, work.books.declaredMillis(TimeClass.DIRECT));
        assertEquals(60_000, work.books.declaredMillis(TimeClass.REJECTED));
        String appeal = appeal(anna, submission, "It is right").statusCode(201).extract().path("appealId");
        decideAppeal(work.reviewer, appeal, true, "It is").statusCode(200);
        assertEquals(60_000, work.books.declaredMillis(TimeClass.DIRECT));
        assertEquals(0, work.books.declaredMillis(TimeClass.REJECTED));
    }

    @Test
    void whatCannotBeDecidedBySilenceKeepsNoOtherFromIt() throws SQLException {
        var work = new WorkFixture(3, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        String first = work.label(anna, "pos");
        work.label(anna, "neg");
        work.label(anna, "pos");
        String states = "select state, count(*) from submission where project_id = ? group by state";
        UUID project = UUID.fromString(work.projectId);
        try (Connection owner = TestDatabase.asSuperuser(); var tamper = owner.createStatement()) {
            tamper.execute("""
                    insert into wage_due (organisation_id, project_id, annotator_id, submission_id, kind, fund, currency, amount_minor, period, accrued_at)
                    values ('%s', '%s', '%s', '%s', 'reward', 'escrow', 'USD', 1, '2000-01-01', clock_now())
                    """.formatted(work.requester.organisationId(), work.projectId, anna.personId(), first));
            TestClock.advance(Duration.ofDays(8));
            sweeping.decideBySilence();
            assertEquals(Map.of("approved", 2L, "submitted", 1L), counts(states, project));
            tamper.execute("delete from wage_due where submission_id = '%s'".formatted(first));
        }
        sweeping.decideBySilence();
        assertEquals(Map.of("approved", 3L), counts(states, project));
    }

    @Test
    void aTextWithNulIsRefusedByItsName() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        as(anna).body("{\"answer\": {\"a\": \"x\\u0000\"}}").put("/api/claims/{id}/draft", task.id()).then().statusCode(422).body("field", equalTo("answer.a"));
        as(anna).body("{\"answer\": {\"a\\u0000\": [1]}}").put("/api/claims/{id}/draft", task.id()).then().statusCode(422).body("field", equalTo("answer.a"));
        as(anna).body("{\"fencingVersion\": %s, \"formVersion\": 1, \"answer\": {\"sentiment\": [\"\\u0000\"]}}".formatted(task.version()))
                .post("/api/claims/{id}/submit", task.id()).then().statusCode(422).body("field", equalTo("answer.sentiment.[0]"));
        as(anna).body("{\"fencingVersion\": %s, \"reason\": \"\\u0000\"}".formatted(task.version())).post("/api/claims/{id}/return", task.id()).then().statusCode(422)
                .body("field", equalTo("reason"));
        as(anna).body("{\"projectId\": \"%s\", \"itemKeys\": [\"k\\u0000\"]}".formatted(work.projectId)).post("/api/claims").then().statusCode(422)
                .body("field", equalTo("itemKeys.[0]"));
        as(anna).body("{\"answer\": {\"a\": \"\\\\u0000\"}}").put("/api/claims/{id}/draft", task.id()).then().statusCode(200);
        as(anna).queryParam("text", "a\0b").get("/api/tasks").then().statusCode(422);
        work.submit(anna, task, "pos").statusCode(200);
    }
}
