package io.kreislauf.testing;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

/** The one clock of the database under test. It only goes forward, for every test that follows as well. */
public final class TestClock {

    private TestClock() {
    }

    /** Moves the clock forward, as the owner of a database that a test made may. */
    public static void advance(Duration by) {
        try (var connection = TestDatabase.asOwner(); var statement = connection.prepareStatement("select move_clock(make_interval(secs => ?))")) {
            statement.setDouble(1, by.toMillis() / 1000.0);
            statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException("the clock does not move: " + e.getMessage(), e);
        }
    }

    /** What the clock says now. */
    public static Instant now() {
        try (var connection = TestDatabase.asOwner(); var rows = connection.createStatement().executeQuery("select clock_now()")) {
            rows.next();
            return rows.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
