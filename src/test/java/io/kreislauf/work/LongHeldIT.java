package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.QueryPlan;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that are held for hours in two windows: a heartbeat reads the latest part only, and says what will be booked. */
@QuarkusTest
class LongHeldIT {

    private static final int SECONDS = 7_200;

    /** As if there were many people, and each had said little yet. */
    private static final String SAID_LITTLE = """
            select pg_restore_attribute_stats('schemaname', 'public', 'relname', 'observation', 'attname', 'annotator_id', 'inherited', false, 'version', 180000,
                                              'null_frac', 0::real, 'avg_width', 16, 'n_distinct', (-0.5)::real)
            """;

    /** Beside the real time that passes between two questions. */
    private static final long TOLERANCE_MILLIS = 2_000;

    private final UUID left = UUID.randomUUID();
    private final UUID right = UUID.randomUUID();
    private WorkFixture work;
    private TestPerson anna;
    private Held here;
    private Held there;

    /** For two hours both windows say each second that they are visible, and in every half minute the other one has an input. */
    @BeforeEach
    void twoHoursOfTwoWindows() throws SQLException {
        TestClock.notBeforeMidnight(Duration.ofHours(4));
        work = new WorkFixture(2, "\"labelsWanted\": 1, \"idleSeconds\": 120, \"deadlineMinutes\": 1000");
        anna = TestPeople.annotator("KE");
        here = work.take(anna);
        there = work.take(anna);
        heartbeat(anna, left, state("shown", here.id(), 0)).statusCode(200);
        heartbeat(anna, right, state("shown", there.id(), 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(SECONDS));
        try (var connection = TestDatabase.asApplication(); var insert = connection.prepareStatement("""
                insert into observation (annotator_id, tab, claim_id, kind, at, received_at)
                select ?, w.tab, w.claim, case when s % 60 = w.turn then 'active' else 'shown' end,
                       date_trunc('milliseconds', clock_now()) - (? - s) * interval '1 second', date_trunc('milliseconds', clock_now()) - (? - s) * interval '1 second'
                  from generate_series(1, ?) s cross join (values (?, ?, 0), (?, ?, 30)) w(tab, claim, turn) order by s
                """)) {
            Object[] values = {anna.personId(), SECONDS, SECONDS, SECONDS, left, UUID.fromString(here.id()), right, UUID.fromString(there.id())};
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            assertEquals(2 * SECONDS, insert.executeUpdate());
        }
    }

    private static long tolerance(Instant since) {
        return Duration.between(since, Instant.now()).toMillis() + TOLERANCE_MILLIS;
    }

    private long told(UUID tab, Held task, String kind) {
        return heartbeat(anna, tab, state(kind, task.id(), 0)).statusCode(200).extract().jsonPath().getLong("claims[0].bookedMillis");
    }

    private static String seenUntil(Held task) throws SQLException {
        return WorkFixture.counts("select coalesce(cast(seen_until as text), 'nothing'), 1 from claim where claim_id = ?::uuid", task.id()).keySet().iterator().next();
    }

    private void forget() throws SQLException {
        try (var connection = TestDatabase.asApplication(); var update = connection.prepareStatement("update claim set seen_until = null, seen_millis = 0 where annotator_id = ?")) {
            update.setObject(1, anna.personId());
            update.executeUpdate();
        }
    }

    @Test
    void aHeartbeatGoesOnFromTheOneBeforeAndSaysWhatIsBooked() throws SQLException {
        Instant begun = Instant.now();
        long first = told(left, here, "shown");
        assertNotEquals("nothing", seenUntil(here));
        long beside = told(right, there, "active");
        assertEquals(SECONDS * 1000L, first + beside, 60_000 + TOLERANCE_MILLIS, "every second is one window's");
        assertEquals(first, beside, 60_000 + TOLERANCE_MILLIS, "and each had half of them");
        for (int i = 0; i < 10; i++) {
            TestClock.advance(Duration.ofSeconds(20));
            told(left, here, "shown");
            told(right, there, i % 2 == 0 ? "active" : "shown");
        }
        String seen = seenUntil(there);
        Instant asked = Instant.now();
        long running = told(right, there, "shown");
        assertEquals(seen, seenUntil(there), "it moves on once a minute, not with each heartbeat");
        forget();
        assertEquals(told(right, there, "shown"), running, tolerance(asked), "counted anew from the claim on, it is the same");
        long booked = work.handIn(anna, there);
        assertEquals(booked, running, tolerance(asked), "and it is what is booked");
        assertEquals(beside + 200_000, booked, tolerance(begun));
    }

    /** A page that was not heard of comes back with an input that it made right after its last message: those seconds were the other one's until then. */
    @Test
    void whatAPageKeptFromBeforeIsCountedAnew() throws SQLException {
        told(right, there, "shown");
        told(left, here, "active");
        for (int i = 0; i < 12; i++) {
            TestClock.advance(Duration.ofSeconds(15));
            told(left, here, i == 0 ? "shown" : "active");
        }
        Instant asked = Instant.now();
        long without = told(left, here, "shown");
        heartbeat(anna, right, state("active", there.id(), 178_000) + "," + state("hidden", there.id(), 170_000)).statusCode(200);
        long with = told(left, here, "shown");
        assertEquals(without - 8_000, with, tolerance(asked), "eight seconds had their latest input there");
        long booked = work.handIn(anna, here);
        assertEquals(with, booked, tolerance(asked));
    }

    @Test
    void itReadsAQuarterOfAnHourHoweverLongTheTaskIsHeld() throws Exception {
        told(left, here, "shown");
        Instant since = TestClock.now().minusSeconds(100);
        AtomicInteger parameter = new AtomicInteger();
        String read = Pattern.compile("\\?").matcher(SaidRows.OBSERVATIONS).replaceAll(found -> "\\$" + parameter.incrementAndGet());
        try (var connection = TestDatabase.asOwner(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String known : List.of("select 'what there is'", SAID_LITTLE)) {
                statement.execute(known);
                for (String planning : List.of("force_custom_plan", "force_generic_plan")) {
                    statement.execute("set local plan_cache_mode = " + planning);
                    statement.execute("prepare reading as " + read);
                    QueryPlan plan = QueryPlan.of(statement, "execute reading ('%s', '%s', '%s')".formatted(anna.personId(), since, since.minusSeconds(900)));
                    assertTrue(plan.read("observation") <= 2 * 1_000 + 20, () -> known + ", " + planning + ": " + plan);
                    assertTrue(plan.top().required("Actual Rows").asDouble() <= 2 * 100 + 2 * 40, plan::toString);
                    statement.execute("deallocate reading");
                }
            }
            connection.rollback();
        }
    }
}
