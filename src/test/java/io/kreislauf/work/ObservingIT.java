package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages say of themselves: what is wrong is refused with a word why, and takes nothing from what was heard. */
@QuarkusTest
class ObservingIT {

    private WorkFixture work;
    private TestPerson anna;
    private Held task;
    private UUID tab;
    private RunningClock clock;

    @BeforeEach
    void aTaskIsShown() throws SQLException {
        work = new WorkFixture(4, "");
        anna = TestPeople.annotator("KE");
        task = work.take(anna);
        tab = UUID.randomUUID();
        clock = new RunningClock();
    }

    private void heard(UUID page, String states) {
        heartbeat(anna, page, states).statusCode(200);
    }

    private static void passes(int seconds) {
        TestClock.advance(Duration.ofSeconds(seconds));
    }

    private void submitBooks(int seconds) {
        clock.booked(seconds * 1000L, work.handIn(anna, task));
    }

    private long declaredMillis() {
        return as(anna).get("/api/me/declarations").jsonPath().getList("items.askedMillis", Long.class).stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void aHeartbeatForSomebodyElsesClaimIsRefusedWholeAndBothKeepTheirTime() throws SQLException {
        TestPerson ben = TestPeople.annotator("KE");
        Held bens = work.take(ben);
        heard(tab, state("shown", task.id(), 0));
        passes(10);
        heartbeat(anna, tab, state("active", task.id(), 0) + "," + state("shown", bens.id(), 0)).statusCode(404)
                .body("code", equalTo("NOT_FOUND")).body("detail", containsString(bens.id())).body("remedy", notNullValue());
        passes(5);
        heard(tab, state("active", task.id(), 5_000) + "," + state("shown", task.id(), 0));
        submitBooks(15);
        assertEquals(0, work.handIn(ben, bens), "nobody else showed Ben's task");
    }

    @Test
    void whatLiesInTheFutureOrOutOfOrderOrTooFarBackIsRefusedAndCanBeSentAgainAsItWas() {
        heard(tab, state("shown", task.id(), 0));
        passes(12);
        heartbeat(anna, tab, state("active", task.id(), -1)).statusCode(422).body("field", equalTo("states[0].agoMillis"))
                .body("detail", containsString("future")).body("remedy", notNullValue());
        heartbeat(anna, tab, state("active", task.id(), 1_000) + "," + state("hidden", task.id(), 3_000)).statusCode(422)
                .body("field", equalTo("states[1].agoMillis")).body("detail", containsString("order")).body("remedy", notNullValue());
        heartbeat(anna, tab, state("active", task.id(), Long.MAX_VALUE)).statusCode(422).body("field", equalTo("states[0].agoMillis"))
                .body("detail", containsString("90 days"));
        heard(tab, state("active", task.id(), 3_000) + "," + state("hidden", task.id(), 1_000));
        submitBooks(11);
    }

    @Test
    void messagesThatOverlapOrComeAgainOrComeLateAddNoSecondTwice() {
        String first = state("shown", task.id(), 10_000) + "," + state("active", task.id(), 4_000) + "," + state("shown", task.id(), 0);
        passes(15);
        heard(tab, first);
        heard(tab, first);
        passes(10);
        heard(tab, state("shown", task.id(), 20_000) + "," + state("active", task.id(), 14_000) + "," + state("active", task.id(), 5_000)
                + "," + state("shown", task.id(), 0));
        heard(tab, state("hidden", task.id(), 18_000));
        submitBooks(20);
        assertEquals(0, declaredMillis());
    }

    /** The server saw the page for the first time two minutes after the claim: what it says of the time before is only declared. */
    @Test
    void whatAPageReportsIsBoundedByWhatTheServerSaw() {
        passes(120);
        heard(tab, state("shown", task.id(), 3_600_000) + "," + state("active", task.id(), 100_000) + "," + state("active", task.id(), 50_000)
                + "," + state("active", task.id(), 0));
        submitBooks(15);
        long declared = declaredMillis();
        assertTrue(declared >= 84_000 && declared <= 106_000, () -> declared + " ms declared: since the input 100 s ago, not since before the claim, and 15 s were seen");
    }

    /** A program that tells inputs by the thousand, beside an honest page of the same person. */
    @Test
    void whatPagesOfOnePersonTellIsBoundedAndNoHonestSecondIsLost() throws SQLException {
        heard(tab, state("shown", task.id(), 0));
        passes(10);
        String flood = "{\"tab\": \"%s\", \"claimId\": \"%s\", \"states\": [%s]}".formatted(UUID.randomUUID(), task.id(),
                String.join(",", Collections.nCopies(5_000, "{\"kind\": \"active\"}")));
        for (int i = 0; i < 3; i++) {
            as(anna).body(flood).post("/api/observations").then().statusCode(200);
        }
        long retryAfter = as(anna).body(flood).post("/api/observations").then().statusCode(429).body("code", equalTo("TOO_MANY_STATES")).body("remedy", notNullValue())
                .extract().header("Retry-After").transform(Long::parseLong);
        assertTrue(retryAfter > 0 && retryAfter <= 101, () -> retryAfter + " s for a thousand states, at ten a second");
        heartbeat(TestPeople.annotator("KE"), UUID.randomUUID(), state("search", null, 0)).statusCode(200);
        for (int ten = 0; ten < 12; ten++) {
            heard(tab, state("active", task.id(), 0));
            if (ten == 5) {
                as(anna).body(flood).post("/api/observations").then().statusCode(429);
            }
            passes(10);
        }
        as(anna).body(flood).post("/api/observations").then().statusCode(200);
        assertTrue(WorkFixture.counts("select 'rows', count(*) from observation where annotator_id = ?", anna.personId()).get("rows") <= 20_013);
        heard(tab, state("shown", task.id(), 0));
        submitBooks(130);
    }

    @Test
    void pagesThatAreUsedSideBySideTellEverySecondWhichOfThemHasTheLatestInput() throws SQLException {
        UUID other = UUID.randomUUID();
        assertEquals(15_000, everyMillis(tab, state("shown", task.id(), 0)));
        passes(5);
        assertEquals(1_000, everyMillis(other, state("search", null, 0)));
        assertEquals(1_000, everyMillis(tab, state("shown", task.id(), 0)));
        assertEquals(1_000, everyMillis(other, state("idle", null, 0)));
        assertEquals(15_000, everyMillis(tab, state("shown", task.id(), 0)), "the other one is idle");
        assertEquals(1_000, everyMillis(other, state("active", null, 0)));
        passes(36);
        assertEquals(15_000, everyMillis(tab, state("shown", task.id(), 0)), "the other one was not heard of for longer than a gap may be");
        String search = state("search", null, 0);
        assertEquals(15_000, heartbeat(TestPeople.annotator("KE"), UUID.randomUUID(), search).extract().jsonPath().getLong("heartbeatMillis"), "somebody else's pages do not matter");
    }

    private long everyMillis(UUID page, String states) {
        return heartbeat(anna, page, states).statusCode(200).extract().jsonPath().getLong("heartbeatMillis");
    }
}
