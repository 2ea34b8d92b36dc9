package io.kreislauf.web;

import static io.kreislauf.web.TimedWork.TOLERANCE_MILLIS;
import static io.kreislauf.web.TimedWork.as;
import static io.kreislauf.web.TimedWork.passes;
import static io.kreislauf.web.TimedWork.signedIn;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.time.Attribution;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Time in which the server heard nothing: of a browser without a connection, and of one whose machine slept. */
@QuarkusTest
class BrowserGapsIT {

    @TestHTTPResource("/")
    String address;

    @Inject
    Balances balances;

    @Test
    void aLostConnectionIsObservedAtEitherEndAndDeclaredBetween() throws Exception {
        var work = new TimedWork();
        String project = work.published();
        TestPerson bob = TestPeople.annotator("IN");
        try (var chromium = new BareChromium()) {
            BareChromium.Tab tab = signedIn(chromium, address, bob);
            tab.go(address + "work/" + project);
            var lost = new WatchedTask(bob, tab);
            passes(1);
            worksWithoutConnection(tab);
            tab.offline(false);
            long seen = lost.submitted();
            assertTrue(lost.countedMillis() > Attribution.GAP_MILLIS_MAX + TOLERANCE_MILLIS, "lost for longer than goes unnoticed");
            assertEquals(2 * Attribution.HEARTBEAT_MILLIS, seen, TOLERANCE_MILLIS, "one heartbeat at either end of a lost connection was observed");
            declaredAndApproved(work, bob, project, lost.countedMillis() - seen);
        }
    }

    /** The page that measured it is gone before the connection is back: the next one tells it. */
    @Test
    void whatAPageMeasuredWithoutAConnectionIsNotLostWithThePage() throws Exception {
        var work = new TimedWork();
        String project = work.published();
        TestPerson bob = TestPeople.annotator("IN");
        try (var chromium = new BareChromium()) {
            BareChromium.Tab tab = signedIn(chromium, address, bob);
            tab.go(address + "work/" + project);
            var lost = new WatchedTask(bob, tab);
            passes(1);
            worksWithoutConnection(tab);
            tab.go("about:blank");
            lost.stop();
            tab.until("location.href === 'about:blank'");
            tab.offline(false);
            tab.go(address + "work/" + project);
            var again = new WatchedTask(bob, tab);
            passes(2);
            long booked = again.submitted();
            long worked = lost.countedMillis() + again.countedMillis();
            long asked = as(bob).get("/api/me/declarations").jsonPath().getLong("items[0].askedMillis");
            System.out.printf("Stopwatch %d ms over two pages, observed %d ms, declared %d ms.%n", worked, booked, asked);
            assertEquals(worked, booked + asked, TOLERANCE_MILLIS, "observed or declared, none is lost");
            assertTrue(asked > Attribution.HEARTBEAT_MILLIS / 2, "the first page's time was told though it ended before it could");
        }
    }

    @Test
    void aSleepingMachineDoesNotCount() throws Exception {
        String project = new TimedWork().published();
        TestPerson bob = TestPeople.annotator("IN");
        try (var chromium = new BareChromium()) {
            BareChromium.Tab tab = signedIn(chromium, address, bob);
            tab.go(address + "work/" + project);
            var asleep = new WatchedTask(bob, tab);
            passes(3);
            chromium.asleep(true);
            asleep.stop();
            passes(20);
            chromium.asleep(false);
            asleep.run();
            tab.press("2");
            passes(3);
            asleep.assertBooked("six seconds of twenty-six");
            assertEquals(0, as(bob).get("/api/me/declarations").jsonPath().getList("items").size(), "nothing is declared for a sleep");
        }
    }

    @Test
    void whoThinksBeforeAPageThatStoodStillLosesNoMoreThanThat() throws Exception {
        String project = new TimedWork().published(60, "");
        TestPerson bob = TestPeople.annotator("IN");
        try (var chromium = new BareChromium()) {
            BareChromium.Tab tab = signedIn(chromium, address, bob);
            tab.go(address + "work/" + project);
            var stalled = new WatchedTask(bob, tab);
            passes(2);
            tab.press("2");
            stalled.stop();
            tab.evaluate("setTimeout(() => { const until = Date.now() + 12000; while (Date.now() < until); }, 0)");
            passes(12);
            stalled.run();
            passes(6);
            stalled.assertBooked("eight seconds of twenty");
        }
    }

    /** For longer than goes unnoticed. */
    private static void worksWithoutConnection(BareChromium.Tab tab) {
        tab.offline(true);
        for (int i = 0; i < 13; i++) {
            passes(3);
            tab.press("1");
        }
    }

    /** What the browser kept between waits for a reviewer, and is booked as declared time then. */
    private void declaredAndApproved(TimedWork work, TestPerson bob, String project, long millis) throws SQLException {
        JsonPath declared = as(bob).get("/api/me/declarations").jsonPath();
        assertEquals("offline", declared.getString("items[0].source"));
        assertEquals("pending", declared.getString("items[0].state"));
        long asked = declared.getLong("items[0].askedMillis");
        assertEquals(millis, asked, TOLERANCE_MILLIS, "the rest is declared");
        assertEquals(0, declaredDirect(work, project));
        TestPerson reviewer = TestPeople.person("reviewer", work.organisation);
        String id = declared.getString("items[0].declarationId");
        as(reviewer).get("/api/projects/{id}/declarations", project).then().statusCode(200).body("items[0].declarationId", equalTo(id));
        as(reviewer).contentType("application/json").body("{\"approved\": true}").post("/api/declarations/{id}/decide", id)
                .then().statusCode(200).body("state", equalTo("approved"));
        assertEquals(asked, declaredDirect(work, project));
    }

    private long declaredDirect(TimedWork work, String project) {
        return balances.of(new Book(work.organisation), Commodity.LABOUR_DECLARED, Account.production(UUID.fromString(project), TimeClass.DIRECT));
    }
}
