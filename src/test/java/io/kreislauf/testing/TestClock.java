package io.kreislauf.testing;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

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

    /** Moves on into the next UTC day if this one is over within the given time, for tests of what belongs to a day. */
    public static void notBeforeMidnight(Duration within) {
        Instant now = now();
        Instant midnight = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
        if (now.plus(within).isAfter(midnight)) {
            advance(Duration.between(now, midnight).plusMinutes(1));
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
