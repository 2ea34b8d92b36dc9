package io.kreislauf.ledger.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** As {@link RulebookTest}, with histories that nobody has seen before. {@code simulate.seed} says which; else the time does. */
class RulebookAtRandomTest {

    private static final int HISTORIES = 10;

    @Test
    void eachEventBooksWhatTheRulebookSays() {
        long seed = Long.getLong("simulate.seed", System.currentTimeMillis());
        System.out.println("rulebook: seed " + seed);
        var events = RulebookTest.events(seed, seed + HISTORIES - 1);
        assertTrue(events.size() > HISTORIES * SimulatorIT.STEPS / 2, "seed " + seed);
        for (var event : events) {
            assertEquals(Rulebook.legs(event), RulebookTest.booked(event).sums(), () -> "seed " + seed + ": " + event);
        }
    }
}
