package io.kreislauf.web;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.testing.TestPeople.TestPerson;
import io.restassured.path.json.JsonPath;
import java.time.Duration;

/** A task that somebody has before them, and a stopwatch that is pressed as it counts and as it does not. */
final class WatchedTask {

    private final TestPerson annotator;
    private final BareChromium.Tab tab;
    private final String item;
    private long countedMillis;
    private long runningSince;
    private long nextShown;

    /** The first of a page. */
    WatchedTask(TestPerson annotator, BareChromium.Tab tab) {
        this(annotator, tab, 0);
    }

    private WatchedTask(TestPerson annotator, BareChromium.Tab tab, long since) {
        tab.until("document.querySelector('.item-text, .item-value') !== null");
        this.runningSince = since == 0 ? System.nanoTime() : since;
        this.annotator = annotator;
        this.tab = tab;
        this.item = tab.evaluate("document.querySelector('.item').innerText.match(/item \\d+/)[0]");
    }

    /** The one that came before the eyes when this one was submitted. */
    WatchedTask next() {
        return new WatchedTask(annotator, tab, nextShown);
    }

    void stop() {
        countedMillis += Duration.ofNanos(System.nanoTime() - runningSince).toMillis();
    }

    void run() {
        runningSince = System.nanoTime();
    }

    /** Up to the last stop. */
    long countedMillis() {
        return countedMillis;
    }

    /** Chooses and submits, and tells the booked time once the server has it. */
    long submitted() {
        tab.press("1");
        tab.press("Enter");
        stop();
        tab.until("document.querySelector('.item') === null || !document.querySelector('.item').innerText.includes('%s')".formatted(item));
        nextShown = System.nanoTime();
        String key = "k" + item.substring("item ".length());
        JsonPath submissions = await().atMost(Duration.ofSeconds(30)).until(() -> TimedWork.as(annotator).get("/api/me/submissions").jsonPath(),
                all -> all.getList("items.itemKey").contains(key));
        return submissions.getLong("items.find { it.itemKey == '%s' }.bookedMillis".formatted(key));
    }

    void assertBooked(String what) {
        long booked = submitted();
        System.out.printf("Stopwatch %d ms, booked %d ms: %s.%n", countedMillis, booked, what);
        assertEquals(countedMillis, booked, TimedWork.TOLERANCE_MILLIS, what);
    }
}
