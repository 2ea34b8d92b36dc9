package io.kreislauf.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@code deploy/chaos claims}: two processes, one killed, both paused, leases and deadlines ended. */
class ClaimsUnderDisturbanceIT {

    @Test
    void noItemOverItsOverlapNobodyTwiceNoSlotOrLabelLost() throws Exception {
        ClaimsUnderDisturbance.Result result = new ClaimsUnderDisturbance(Plan.SHORT).run();
        System.err.println(result.figures());
        assertEquals(List.of(), result.violations().stream().limit(20).toList(), () -> "see " + result.figures());
        for (String happened : List.of("kills", "stops", "clockMoves", "labels", "claimsExpired", "submitsAcknowledged", "heartbeatsAcknowledged", "observedMillis")) {
            assertTrue(result.figures().path(happened).asLong() > 0, happened + ": the test disturbed nothing");
        }
    }
}
