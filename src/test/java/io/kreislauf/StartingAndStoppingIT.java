package io.kreislauf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kreislauf.testing.ApplicationProcesses;
import io.kreislauf.testing.WholeSystem;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What deploy/run promises: whatever is killed, nothing is left running, and the next start finds its data. The application and a launcher whose
 * application works are killed by {@link io.kreislauf.demo.DemoIT}.
 */
class StartingAndStoppingIT {

    @Test
    void whateverIsKilledNothingIsLeftAndTheNextStartFindsItsData() throws Exception {
        try (var system = new WholeSystem("starting-and-stopping", false)) {
            system.start();
            system.untilStarted("kafka");
            system.killLauncher();

            system.start();
            system.untilReady();
            try (var connection = system.database(); var statement = connection.createStatement()) {
                statement.execute("create table kept (what text)");
                statement.execute("insert into kept values ('this')");
            }
            system.stop();

            for (var part : List.of("kafka", "keycloak", "postgres")) {
                system.start();
                system.untilReady();
                assertEquals("this", kept(system), () -> "before " + part + " was killed");
                system.kill(part);
            }
            system.start();
            system.untilReady();
            system.killServerOfPostgres();
            system.start();
            system.untilReady();
            assertEquals("this", kept(system), "after PostgreSQL itself was killed");
            system.interrupt();

            system.start("--reset", "--yes");
            system.untilReady();
            assertThrows(SQLException.class, () -> kept(system), "all of it was to be deleted");
            system.stop();
        }
    }

    @Test
    void serversThatAreConfiguredAreUsedAndNoneIsStartedBesideThem() throws Exception {
        try (var servers = new ApplicationProcesses(0); var system = new WholeSystem("external-servers", servers.environment())) {
            system.start();
            system.untilReady();
            assertEquals(Set.of("kreislauf"), system.parts().stringPropertyNames());
            try (var connection = servers.database(); var row = connection.createStatement().executeQuery("select count(*) from organisation")) {
                row.next();
                assertEquals(0, row.getInt(1), "there is no demo unless it is asked for");
            }
            system.stop();
        }
    }

    private static String kept(WholeSystem system) throws SQLException {
        try (var connection = system.database(); var rows = connection.createStatement().executeQuery("select what from kept")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }
}
