package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.outside;
import static io.kreislauf.work.WorkFixture.state;

import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople.TestPerson;
import java.time.Duration;
import java.util.UUID;

/** A page that somebody uses while the clock moves: it says what it shows, and then that there was an input, as often as pages do. */
final class PageInUse {

    private static final int HEARTBEAT_SECONDS = 15;

    private PageInUse() {}

    /** A new page shows the task for so many seconds. */
    static UUID work(TestPerson annotator, String claimId, int seconds) {
        return work(annotator, UUID.randomUUID(), claimId, seconds);
    }

    static UUID work(TestPerson annotator, UUID tab, String claimId, int seconds) {
        return use(annotator, tab, state("shown", claimId, 0), state("active", claimId, 0), seconds);
    }

    /** @param projectId null: it is for none */
    static void present(TestPerson person, UUID tab, String kind, String projectId, int seconds) {
        use(person, tab, outside(kind, projectId), state("active", null, 0), seconds);
    }

    private static UUID use(TestPerson person, UUID tab, String what, String input, int seconds) {
        heartbeat(person, tab, what).statusCode(200);
        for (int left = seconds; left > 0; left -= HEARTBEAT_SECONDS) {
            TestClock.advance(Duration.ofSeconds(Math.min(HEARTBEAT_SECONDS, left)));
            heartbeat(person, tab, input).statusCode(200);
        }
        return tab;
    }

    static void leave(TestPerson person, UUID tab) {
        heartbeat(person, tab, state("hidden", null, 0)).statusCode(200);
    }
}
