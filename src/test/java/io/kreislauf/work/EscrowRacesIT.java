package io.kreislauf.work;

import static io.kreislauf.work.Verdicts.reject;
import static io.kreislauf.work.WorkFixture.as;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Commodity;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Closing;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the escrow holds when two transactions meet at the worst moment. The interleavings are forced: one is held open until the database says that
 * the other waits.
 */
@QuarkusTest
class EscrowRacesIT {

    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final Commodity USD = Commodity.money("USD");

    @Inject
    Returning returning;
    @Inject
    Closing closing;
    @Inject
    Appealing appealing;
    @Inject
    EndingRejections rejections;
    @Inject
    DataSource dataSource;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch commit = new CountDownLatch(1);
    private WorkFixture work;
    private TestPerson anna;

    @BeforeEach
    void aProject() throws SQLException {
        work = new WorkFixture(3, "\"labelsWanted\": 1");
        anna = TestPeople.annotator("KE");
    }

    @AfterEach
    void close() {
        commit.countDown();
        threads.shutdownNow();
    }

    @Test
    void aTaskThatIsGivenBackWhileItsProjectClosesGoesBackToTheRequester() throws Exception {
        Held task = work.take(anna);
        Future<?> closes = held(() -> closing.close(requester(), null, project(), null));
        Future<?> back = threads.submit(() -> QuarkusTransaction.requiringNew().call(() -> giveBack(task)));
        awaitBlocked();
        assertFalse(back.isDone());
        commit.countDown();
        closes.get(60, TimeUnit.SECONDS);
        back.get(60, TimeUnit.SECONDS);
        assertEquals(Map.of("closed", 3L), work.slots());
        assertEquals(0, work.books.escrowMinor());
    }

    @Test
    void aProjectThatClosesWhileATaskIsGivenBackTakesItAlong() throws Exception {
        Held task = work.take(anna);
        Future<?> back = held(() -> giveBack(task));
        Future<?> closes = threads.submit(() -> QuarkusTransaction.requiringNew().call(() -> closing.close(requester(), null, project(), null)));
        awaitBlocked();
        assertFalse(closes.isDone());
        commit.countDown();
        back.get(60, TimeUnit.SECONDS);
        closes.get(60, TimeUnit.SECONDS);
        assertEquals(Map.of("closed", 3L), work.slots());
        assertEquals(0, work.books.escrowMinor());
    }

    /** The rejections that are over are found before the appeal is committed, and locked after it: the clock that is asked of each row waits. */
    @Test
    void aRejectionThatIsContestedAtTheLastMomentDoesNotBecomeFinal() throws Exception {
        String submission = work.label(anna, "pos");
        reject(work.reviewer, submission, "Not so.").statusCode(200);
        long held = work.books.escrowMinor();
        try (var owner = TestDatabase.asOwner(); var stalling = TestDatabase.asOwner()) {
            String clock = one(owner, "select pg_get_functiondef('clock_now()'::regprocedure)");
            stalling.createStatement().execute("select pg_advisory_lock(77, 1)");
            Future<?> contests = held(() -> appealing.appeal(new Caller(anna.personId(), null, Set.of("annotator")), UUID.fromString(submission), "It is."));
            try {
                owner.createStatement().execute("""
                        create or replace function clock_now() returns timestamptz language plpgsql volatile as $$
                        begin
                            if current_query() !~ 'state = ''rejected'' and [a-z.]*appeal_until' then
                                return statement_timestamp() + (select skew from clock_skew);
                            end if;
                            if current_query() like '%skip locked%' then
                                perform pg_advisory_xact_lock_shared(77, 1);
                            end if;
                            return statement_timestamp() + (select skew from clock_skew) + interval '60 days';
                        end $$
                        """);
                Future<Integer> finishes = threads.submit(() -> rejections.finish(1_000));
                await().atMost(WAIT_MAX).until(() -> exists("select from pg_locks where locktype = 'advisory' and classid = 77 and not granted"));
                assertFalse(finishes.isDone());
                commit.countDown();
                contests.get(60, TimeUnit.SECONDS);
                stalling.createStatement().execute("select pg_advisory_unlock(77, 1)");
                finishes.get(60, TimeUnit.SECONDS);
            } finally {
                owner.createStatement().execute(clock);
            }
        }
        assertEquals(Map.of("rejected", 1L), WorkFixture.counts("select state, count(*) from submission where submission_id = ? group by 1", UUID.fromString(submission)));
        assertEquals(Map.of("open", 1L), WorkFixture.counts("select state, count(*) from appeal where submission_id = ? group by 1", UUID.fromString(submission)));
        assertEquals(held, work.books.escrowMinor(), "what is under appeal stays in escrow");
    }

    private Object giveBack(Held task) {
        return returning.giveBack(new Caller(anna.personId(), null, Set.of("annotator")), UUID.fromString(task.id()),
                new Returning.Back(((Number) task.version()).longValue(), null));
    }

    /** Runs a use case and keeps its transaction open until the test says so. Returns when the use case is done. */
    private Future<?> held(Callable<?> useCase) throws InterruptedException {
        var done = new CountDownLatch(1);
        var transaction = threads.submit(() -> QuarkusTransaction.requiringNew().call(() -> {
            try {
                var result = useCase.call();
                try (var connection = dataSource.getConnection()) {
                    holder = Integer.parseInt(one(connection, "select pg_backend_pid()"));
                }
                return result;
            } finally {
                done.countDown();
                assertTrue(commit.await(WAIT_MAX.toSeconds(), TimeUnit.SECONDS));
            }
        }));
        assertTrue(done.await(WAIT_MAX.toSeconds(), TimeUnit.SECONDS));
        return transaction;
    }

    private volatile int holder;

    /** Until somebody waits for the transaction that is held open. */
    private void awaitBlocked() {
        await().atMost(WAIT_MAX).until(() -> exists("select from pg_stat_activity where " + holder + " = any (pg_blocking_pids(pid))"));
    }

    private UUID project() {
        return UUID.fromString(work.projectId);
    }

    private Caller requester() {
        return new Caller(work.requester.personId(), work.requester.organisationId(), Set.of("requester"));
    }

    private static boolean exists(String select) throws SQLException {
        try (var connection = TestDatabase.asSuperuser()) {
            return one(connection, "select exists (" + select + ")").equals("t");
        }
    }

    private static String one(Connection connection, String sql) throws SQLException {
        try (var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
