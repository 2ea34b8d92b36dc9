package io.kreislauf.stream;

import io.kreislauf.Refusal;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import javax.sql.DataSource;

/** The one clock: the database's. Outside a database that a test made, a moved clock stops the application. */
@ApplicationScoped
public class DatabaseClock {

    private final DataSource dataSource;

    DatabaseClock(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public Instant now() {
        try (Connection connection = dataSource.getConnection(); var select = connection.createStatement();
             var row = select.executeQuery("select clock_now()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException failure) {
            throw new IllegalStateException("The clock cannot be read.", failure);
        }
    }

    /**
     * The time at which an organisation says that its own event happened.
     *
     * @param named null means now
     * @throws Refusal if it is in the future
     */
    public Instant effective(Instant named) {
        Instant now = now();
        if (named != null && named.isAfter(now)) {
            throw Refusal.invalid("effectiveAt", "%s is in the future.".formatted(named), "Book it when it has happened.");
        }
        return named == null ? now : named;
    }

    void refuseMovedClock(@Observes @Priority(1) StartupEvent starting) throws SQLException {
        try (Connection connection = dataSource.getConnection(); var select = connection.createStatement();
             var row = select.executeQuery("select (skew > interval '0' or clock_now() <> statement_timestamp()) and not made_by_test() from clock_skew")) {
            row.next();
            if (row.getBoolean(1)) {
                throw new IllegalStateException("The clock of this database has been moved, and no test made this database. Kreislauf does not start.");
            }
        }
    }
}
