package io.kreislauf.work;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;

/** The clock that a test moves runs on meanwhile: no less is booked than it was moved by, and no more than what has really passed besides. */
final class RunningClock {

    private final Instant begun = Instant.now();

    void booked(long movedMillis, long bookedMillis) {
        booked(movedMillis, bookedMillis, "all of it");
    }

    void booked(long movedMillis, long bookedMillis, String why) {
        long passed = Duration.between(begun, Instant.now()).toMillis();
        assertTrue(bookedMillis >= movedMillis && bookedMillis <= movedMillis + passed, () -> "%s: %d ms booked of %d, %d passed".formatted(why, bookedMillis, movedMillis, passed));
    }
}
