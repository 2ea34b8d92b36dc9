package io.kreislauf.web;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.time.Attribution;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What is booked is what a person beside the screen would have measured with a stopwatch: a real browser, real tabs, a real
 * clock. The stopwatch is this test's; it is allowed to differ by one second. Of two windows open side by side, both
 * visible, the server knows the other one up to its last message when a task is submitted: the sum is exact, the
 * division by up to a heartbeat is not.
 */
@QuarkusTest
class BrowserTimeIT {

    private static final long TOLERANCE_MILLIS = 1_000;
    private static final int IDLE_SECONDS = 8;

    @TestHTTPResource("/")
    String address;

    private UUID organisation;
    private TestPerson requester;

    /** A task that somebody has before them, and a stopwatch that is pressed as it counts and as it does not. */
    private final class Watched {

        private final TestPerson annotator;
        private final BareChromium.Tab tab;
        private final String item;
        private long countedMillis;
        private long runningSince;
        private long nextShown;

        /** The first of a page. */
        Watched(TestPerson annotator, BareChromium.Tab tab) {
            this(annotator, tab, 0);
        }

        private Watched(TestPerson annotator, BareChromium.Tab tab, long since) {
            tab.until("document.querySelector('.item-text, .item-value') !== null");
            this.runningSince = since == 0 ? System.nanoTime() : since;
            this.annotator = annotator;
            this.tab = tab;
            this.item = tab.evaluate("document.querySelector('.item').innerText.match(/item \\d+/)[0]");
        }

        /** The one that came before the eyes when this one was submitted. */
        Watched next() {
            return new Watched(annotator, tab, nextShown);
        }

        void stop() {
            countedMillis += Duration.ofNanos(System.nanoTime() - runningSince).toMillis();
        }

        void run() {
            runningSince = System.nanoTime();
        }

        /** Chooses and submits, and tells the booked time once the server has it. */
        JsonPath submit() {
            tab.press("1");
            tab.press("Enter");
            stop();
            tab.until("document.querySelector('.item') === null || !document.querySelector('.item').innerText.includes('%s')".formatted(item));
            nextShown = System.nanoTime();
            return await().atMost(Duration.ofSeconds(30)).until(() -> given().auth().oauth2(annotator.token()).get("/api/me/submissions").jsonPath(),
                    all -> all.getList("items.itemKey").contains(key()));
        }

        private String key() {
            return "k" + item.substring("item ".length());
        }

        long booked(JsonPath submissions) {
            return submissions.getLong("items.find { it.itemKey == '%s' }.bookedMillis".formatted(key()));
        }

        void assertBooked(String what) {
            long booked = booked(submit());
            assertEquals(countedMillis, booked, TOLERANCE_MILLIS, what);
        }
    }

    @Test
    void eachMomentIsBookedAsAStopwatchWouldHaveIt() throws Exception {
        organisation = TestPeople.organisation("manufacturer");
        requester = TestPeople.person("requester", organisation);
        TestFunds.deposit(organisation, "USD", 100_000);
        String first = published();
        String second = published();
        tabs(TestPeople.annotator("KE"), first, second);
    }

    /** A hidden tab, an idle spell, two windows at once. */
    private void tabs(TestPerson anna, String project, String other) throws Exception {
        long begun = System.nanoTime();
        try (var chromium = new BareChromium()) {
            BareChromium.Tab tab = signedIn(chromium, anna);
            tab.go(address + "work/" + project);

            Watched hidden = new Watched(anna, tab);
            passes(3);
            BareChromium.Tab elsewhere = chromium.open("about:blank", false);
            elsewhere.bringToFront();
            tab.until("document.visibilityState === 'hidden'");
            hidden.stop();
            passes(4);
            hidden.run();
            tab.bringToFront();
            passes(3);
            hidden.assertBooked("a hidden tab does not count");

            Watched idle = hidden.next();
            passes(2);
            tab.press("1");
            passes(IDLE_SECONDS);
            idle.stop();
            passes(5);
            idle.run();
            tab.press("2");
            passes(2);
            idle.assertBooked("thinking counts up to the threshold, what follows does not, until the next input");

            Watched here = idle.next();
            passes(2);
            tab.press("Shift");
            BareChromium.Tab window = chromium.open(address + "work/" + other, true);
            Watched there = new Watched(anna, window);
            here.stop();
            passes(3);
            tab.press("1");
            here.run();
            there.stop();
            passes(3);
            long bookedHere = here.booked(here.submit());
            window.press("1");
            there.run();
            long bookedThere = there.booked(there.submit());
            assertEquals(here.countedMillis + there.countedMillis, bookedHere + bookedThere, 2 * TOLERANCE_MILLIS, "no second is booked twice, and none is lost");
            assertTrue(Math.abs(here.countedMillis - bookedHere) < Attribution.HEARTBEAT_MILLIS,
                    "what the other window had last is known up to its last message: %d booked, %d counted".formatted(bookedHere, here.countedMillis));
            tellMessages(anna, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** How often a page in use really sends: for the benchmarks. */
    private static void tellMessages(TestPerson anna, Duration span) throws SQLException {
        try (var connection = TestDatabase.asOwner();
             var count = connection.prepareStatement("select count(distinct (tab, received_at)) from observation where annotator_id = ?")) {
            count.setObject(1, anna.personId());
            try (var row = count.executeQuery()) {
                row.next();
                System.out.printf("One annotator sent %d messages in %d s, over four tasks, two windows, a hidden and an idle spell.%n", row.getLong(1), span.toSeconds());
            }
        }
    }

    private BareChromium.Tab signedIn(BareChromium chromium, TestPerson person) {
        BareChromium.Tab tab = chromium.open(address + "login?to=/mine", false);
        tab.until("document.querySelector('#username') !== null");
        tab.evaluate("document.querySelector('#username').value = '%s'; document.querySelector('#password').value = '%s'; document.querySelector('[type=submit]').click()"
                .formatted(person.user().login(), person.user().password()));
        tab.until("location.pathname === '/mine' && document.querySelector('main h1') !== null");
        return tab;
    }

    /** Nothing to wait for but time itself: it is what is measured. */
    private static void passes(int seconds) {
        await().pollDelay(Duration.ofSeconds(seconds)).atMost(Duration.ofSeconds(seconds + 5)).until(() -> true);
    }

    private String published() {
        String project = as(requester).contentType("application/json").body("""
                {"title": "Tones %s", "purpose": "A test of time", "guidelines": "Judge.", "currency": "USD", "rewardMinor": 25, "estimateSeconds": 30,
                 "labelsWanted": 1, "idleSeconds": %d, "prefetchLimit": 5,
                 "form": {"questions": [{"name": "tone", "title": "Which tone?", "choices": [{"value": "good", "title": "Good"}, {"value": "bad", "title": "Bad"}]}]}}
                """.formatted(UUID.randomUUID(), IDLE_SECONDS)).post("/api/projects").then().statusCode(201).extract().path("projectId");
        as(requester).contentType("text/csv").body("key,text\n" + IntStream.range(100, 108).mapToObj("k%1$d,This is item %1$d of a list"::formatted)
                .collect(Collectors.joining("\n"))).post("/api/projects/{id}/items", project).then().statusCode(201);
        as(requester).contentType("application/json").body("{}").post("/api/projects/{id}/publish", project).then().statusCode(201);
        return project;
    }

    private static io.restassured.specification.RequestSpecification as(TestPerson person) {
        return given().auth().oauth2(person.token());
    }
}
