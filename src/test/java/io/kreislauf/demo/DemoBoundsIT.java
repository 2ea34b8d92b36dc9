package io.kreislauf.demo;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** Where the demo must not be: this database holds organisations that it did not make. */
@QuarkusTest
class DemoBoundsIT {

    private static final String LOOPBACK = "127.0.0.1";
    private static final String EVERYWHERE = "0.0.0.0";

    @Inject
    DataSource dataSource;

    @Test
    void theDemoIsNotAddedToWhatOthersMade() throws Exception {
        TestPeople.organisation("manufacturer");
        var refused = assertThrows(IllegalStateException.class, () -> new DemoBounds(dataSource, () -> true, LOOPBACK).hold(null));
        assertTrue(refused.getMessage().contains("KREISLAUF_DEMO=false"), refused.getMessage());
    }

    @Test
    void thePasswordsThatEverybodyKnowsAreHeardByThisMachineOnly() throws Exception {
        try (var owner = TestDatabase.asOwner(); var statement = owner.createStatement()) {
            statement.execute("insert into demo_step (step) values ('a step of the demo')");
            try {
                var refused = assertThrows(IllegalStateException.class, () -> new DemoBounds(dataSource, () -> true, EVERYWHERE).hold(null));
                assertTrue(refused.getMessage().contains("loopback"), refused.getMessage());
                assertDoesNotThrow(() -> new DemoBounds(dataSource, () -> true, LOOPBACK).hold(null));
            } finally {
                statement.execute("delete from demo_step where step = 'a step of the demo'");
            }
        }
    }

    @Test
    void anInstallationWithoutTheDemoListensWhereItIsTold() {
        assertDoesNotThrow(() -> new DemoBounds(dataSource, () -> false, EVERYWHERE).hold(null));
    }
}
