package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.TimeClass;
import io.kreislauf.people.Caller;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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
 * An hour that is booked while its project is released is in that release, or in the next one: whatever transaction comes
 * first. The interleavings are forced: one transaction is held open until the database says that the other waits for it.
 */
@QuarkusTest
class BookingBesideReleaseIT {

    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    @Inject
    Returning returning;

    @Inject
    DataSource dataSource;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private WorkFixture work;
    private TestPerson anna;

    @BeforeEach
    void aProjectThatCanBeReleased() throws SQLException {
        work = new WorkFixture(24, "\"labelsWanted\": 1");
        anna = TestPeople.annotator("KE");
        work.label(anna, "pos");
        work.doing("approve-rest").statusCode(200);
        await().atMost(WAIT_MAX).until(() -> WorkFixture.counts("select 'row', count(*) from working_row where project_id = ? group by 1", project())
                .equals(Map.of("row", 1L)));
    }

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    @Test
    void aReleaseWaitsForTheBookingInFlightAndTakesItIn() throws Exception {
        Held task = worked(anna);
        var booked = new CountDownLatch(1);
        var commit = new CountDownLatch(1);
        Future<Long> booking = threads.submit(() -> QuarkusTransaction.requiringNew().call(() -> {
            long millis = returning.giveBack(caller(anna), UUID.fromString(task.id()), new Returning.Back(((Number) task.version()).longValue(), null)).bookedMillis();
            booked.countDown();
            assertTrue(commit.await(WAIT_MAX.toSeconds(), TimeUnit.SECONDS));
            return millis;
        }));
        assertTrue(booked.await(WAIT_MAX.toSeconds(), TimeUnit.SECONDS));
        Future<String> release = threads.submit(this::released);
        awaitWaiting("ExclusiveLock");
        commit.countDown();
        assertTrue(booking.get() >= 20_000);
        release.get();
        assertTrue(taken(task));
        assertEquals(0, work.books.millis(TimeClass.RETURNED), "all that was booked is in the release");
    }

    @Test
    void aBookingWaitsForTheReleaseInFlightAndIsInTheNextOne() throws Exception {
        Held task = worked(anna);
        Future<String> release;
        Future<Long> booking;
        try (var connection = TestDatabase.asOwner()) {
            connection.setAutoCommit(false);
            connection.createStatement().execute("lock table hours_taken in share mode");
            release = threads.submit(this::released);
            await().atMost(WAIT_MAX).until(() -> exists("""
                    select from pg_locks where locktype = 'relation' and relation = cast('hours_taken' as regclass) and not granted
                    """));
            String token = anna.token();
            booking = threads.submit(() -> givenBack(token, task));
            awaitWaiting("ShareLock");
            connection.rollback();
        }
        release.get();
        long booked = booking.get();
        assertFalse(taken(task));
        assertEquals(booked, work.books.millis(TimeClass.RETURNED), "booked after the release, and waiting for the next one");
        released();
        assertTrue(taken(task));
        assertEquals(0, work.books.millis(TimeClass.RETURNED));
    }

    @Test
    void whatNoReleaseTookIsWhatIsLeftInProductionHoweverTheyMeet() throws Exception {
        Map<Held, String> tokens = new LinkedHashMap<>();
        for (int i = 0; i < 4; i++) {
            TestPerson annotator = TestPeople.annotator("KE");
            String token = annotator.token();
            for (int task = 0; task < 5; task++) {
                tokens.put(worked(annotator), token);
            }
        }
        List<Future<Long>> bookings = new ArrayList<>();
        tokens.forEach((task, token) -> bookings.add(threads.submit(() -> givenBack(token, task))));
        for (int i = 0; i < 3; i++) {
            released();
        }
        for (Future<Long> booking : bookings) {
            assertTrue(booking.get() > 0);
        }
        long left = 0;
        for (Held task : tokens.keySet()) {
            left += taken(task) ? 0 : WorkFixture.counts("""
                    select 'millis', cast(sum(extract(epoch from upper(span) - lower(span)) * 1000) as bigint) from worked_interval where claim_id = ? group by 1
                    """, UUID.fromString(task.id())).get("millis");
        }
        assertEquals(left, work.books.millis(TimeClass.RETURNED));
        released();
        assertEquals(0, work.books.millis(TimeClass.RETURNED));
    }

    /** Another task of the project, before somebody's eyes for twenty seconds. */
    private Held worked(TestPerson annotator) {
        Held task = work.take(annotator);
        UUID tab = UUID.randomUUID();
        heartbeat(annotator, tab, state("shown", task.id(), 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(20));
        heartbeat(annotator, tab, state("active", task.id(), 0)).statusCode(200);
        return task;
    }

    private static long givenBack(String token, Held task) {
        return given().auth().oauth2(token).contentType("application/json").body("{\"fencingVersion\": %s}".formatted(task.version())).post("/api/claims/{id}/return", task.id())
                .then().statusCode(200).extract().jsonPath().getLong("bookedMillis");
    }

    private String released() {
        return as(work.requester).body("{\"name\": \"Tones\", \"licences\": 1}").post("/api/projects/{id}/releases", work.projectId)
                .then().statusCode(201).extract().path("versionId");
    }

    private boolean taken(Held task) {
        return QuarkusTransaction.requiringNew().call(() -> new TimeRows(dataSource).taken(UUID.fromString(task.id())));
    }

    private UUID project() {
        return UUID.fromString(work.projectId);
    }

    private static Caller caller(TestPerson annotator) {
        return new Caller(annotator.personId(), null, Set.of("annotator"));
    }

    /** Until somebody waits for the project's lock in this mode. */
    private void awaitWaiting(String mode) {
        await().atMost(WAIT_MAX).until(() -> exists("""
                select from pg_locks where locktype = 'advisory' and mode = '%s' and not granted
                   and (cast(classid as bigint) << 32) | cast(objid as bigint) = hashtextextended('%s', 12)
                """.formatted(mode, work.projectId)));
    }

    private static boolean exists(String select) throws SQLException {
        try (var connection = TestDatabase.asOwner(); var rows = connection.createStatement().executeQuery("select exists (" + select + ")")) {
            rows.next();
            return rows.getBoolean(1);
        }
    }
}
