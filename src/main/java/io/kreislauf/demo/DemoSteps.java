package io.kreislauf.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/** Does each step of the demo once, and remembers what it made. */
@ApplicationScoped
class DemoSteps {

    private static final Logger LOG = Logger.getLogger(DemoSteps.class);

    private final DataSource dataSource;
    private final ObjectMapper json;

    DemoSteps(DataSource dataSource, ObjectMapper json) {
        this.dataSource = dataSource;
        this.json = json;
    }

    /** Does {@code work} and notes its result in one transaction, unless an earlier start has. */
    @Transactional
    <T> T once(String step, Class<T> type, Supplier<T> work) {
        return known(step, type, work);
    }

    /** As {@link #once}, for work that has transactions of its own and can be repeated after a stop half-way. */
    <T> T onceRepeatable(String step, Class<T> type, Supplier<T> work) {
        return known(step, type, work);
    }

    private <T> T known(String step, Class<T> type, Supplier<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            try (var find = connection.prepareStatement("select cast(data as text) from demo_step where step = ?")) {
                find.setString(1, step);
                try (var row = find.executeQuery()) {
                    if (row.next()) {
                        return json.readValue(row.getString(1), type);
                    }
                }
            }
            LOG.infof("Demo: %s", step);
            T made = work.get();
            try (var note = connection.prepareStatement("insert into demo_step (step, data) values (?, cast(? as jsonb))")) {
                note.setString(1, step);
                note.setString(2, json.writeValueAsString(made));
                note.executeUpdate();
            }
            return made;
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException("Step of the demo: " + step, failure);
        }
    }
}
