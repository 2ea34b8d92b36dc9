package io.kreislauf.web;

import static io.kreislauf.web.TimedWork.TOLERANCE_MILLIS;
import static io.kreislauf.web.TimedWork.passes;
import static io.kreislauf.web.TimedWork.signedIn;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What is booked is what a person beside the screen would have measured with a stopwatch: a real browser, real tabs, a real
 * clock. The stopwatch is this test's; it is allowed to differ by one second.
 */
@QuarkusTest
class BrowserTimeIT {

    @TestHTTPResource("/")
    String address;

    @Test
    void aHiddenTabAndAnIdleSpellDoNotCount() throws Exception {
        String project = new TimedWork().published();
        TestPerson anna = TestPeople.annotator("KE");
        try (var chromium = new BareChromium()) {
            BareChromium.Tab tab = signedIn(chromium, address, anna);
            tab.go(address + "work/" + project);

            var hidden = new WatchedTask(anna, tab);
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

            WatchedTask idle = hidden.next();
            passes(2);
            tab.press("1");
            passes(TimedWork.IDLE_SECONDS);
            idle.stop();
            passes(5);
            idle.run();
            tab.press("2");
            passes(2);
            idle.assertBooked("thinking counts up to the threshold, what follows does not, until the next input");
        }
    }

    /** Each input takes the clock along, to the other window and back, long before a heartbeat is due. */
    @Test
    void ofTwoWindowsSideBySideASecondBelongsToTheOneWithTheLatestInput() throws Exception {
        var work = new TimedWork();
        String left = work.published();
        String right = work.published();
        TestPerson anna = TestPeople.annotator("KE");
        long begun = System.nanoTime();
        try (var chromium = new BareChromium()) {
            BareChromium.Tab tab = signedIn(chromium, address, anna);
            tab.go(address + "work/" + left);
            var here = new WatchedTask(anna, tab);
            passes(2);
            tab.press("Shift");
            BareChromium.Tab window = chromium.open(address + "work/" + right, true);
            window.until("document.querySelector('main') !== null");
            here.stop();
            var there = new WatchedTask(anna, window);
            passes(3);
            tab.press("1");
            here.run();
            there.stop();
            passes(4);
            window.press("2");
            there.run();
            here.stop();
            passes(3);
            tab.press("1");
            here.run();
            there.stop();
            passes(2);
            here.assertBooked("what the other window had is not this one's");

            WatchedTask next = here.next();
            passes(3);
            window.press("1");
            there.run();
            next.stop();
            passes(4);
            there.assertBooked("three times it had the latest input");
            passes(3);
            tab.press("1");
            next.run();
            passes(2);
            next.assertBooked("nothing of a window that was submitted meanwhile");
            tellMessages(anna, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** The page that was there first has not heard of the other device when the other one's task is submitted: its next heartbeat is not due yet. */
    @Test
    void ofTwoDevicesASecondBelongsToTheOneWithTheLatestInputFromTheFirstMomentOn() throws Exception {
        var work = new TimedWork();
        String left = work.published();
        String right = work.published();
        TestPerson anna = TestPeople.annotator("KE");
        try (var laptop = new BareChromium(); var phone = new BareChromium()) {
            BareChromium.Tab tab = signedIn(laptop, address, anna);
            BareChromium.Tab other = signedIn(phone, address, anna);
            tab.go(address + "work/" + left);
            var here = new WatchedTask(anna, tab);
            passes(1);
            other.go(address + "work/" + right);
            other.until("document.querySelector('main') !== null");
            here.stop();
            var there = new WatchedTask(anna, other);
            passes(4);
            tab.press("1");
            here.run();
            there.stop();
            passes(4);
            here.stop();
            there.run();
            there.assertBooked("four seconds, and what submitting took");
            WatchedTask next = there.next();
            passes(2);
            next.stop();
            tab.press("2");
            here.run();
            passes(2);
            here.assertBooked("one second, four and two");
        }
    }

    @Test
    void searchIsBookedWithTheClaimThatItLedTo() throws Exception {
        String project = new TimedWork().published();
        TestPerson anna = TestPeople.annotator("KE");
        try (var chromium = new BareChromium()) {
            BareChromium.Tab tab = signedIn(chromium, address, anna);
            tab.go(address + "tasks/" + project);
            String start = "document.querySelector('a[href=\"/work/%s\"]')".formatted(project);
            tab.until(start + " !== null");
            long begun = System.nanoTime();
            passes(6);
            tab.evaluate(start + ".click()");
            var task = new WatchedTask(anna, tab);
            long searched = Duration.ofNanos(System.nanoTime() - begun).toMillis();
            assertEquals(searched, TimedWork.as(anna).get("/api/me/work").jsonPath().getLong("today.byClass.search"), TOLERANCE_MILLIS,
                    "all of it, the moments since the page's last message too");
            passes(2);
            task.assertBooked("and the task has none of it");
        }
    }

    /** How often a page in use really sends: for the benchmarks. */
    private static void tellMessages(TestPerson anna, Duration span) throws SQLException {
        try (var connection = TestDatabase.asOwner();
             var count = connection.prepareStatement("select count(distinct (tab, received_at)) from observation where annotator_id = ?")) {
            count.setObject(1, anna.personId());
            try (var row = count.executeQuery()) {
                row.next();
                System.out.printf("One annotator sent %d messages in %d s, over four tasks, in two windows side by side.%n", row.getLong(1), span.toSeconds());
            }
        }
    }
}
