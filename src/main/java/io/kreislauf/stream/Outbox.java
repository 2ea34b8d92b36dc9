package io.kreislauf.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Where a use case leaves its events, in its own transaction; {@link Relay} carries them to Kafka afterwards. */
@ApplicationScoped
public class Outbox {

    /** An event on its way out; {@code data} is written as JSON. */
    public record Outgoing(Topic topic, String type, UUID key, Object data) {}

    private static final String INSERT = """
            insert into outbox (topic, message_key, type, data)
            select o.topic, o.message_key, o.type, cast(o.data as jsonb)
              from unnest(cast(? as text[]), cast(? as uuid[]), cast(? as text[]), cast(? as text[]))
                   with ordinality as o(topic, message_key, type, data, position)
             order by o.position
            """;

    private final DataSource dataSource;
    private final ObjectMapper json;

    public Outbox(DataSource dataSource, ObjectMapper json) {
        this.dataSource = dataSource;
        this.json = json;
    }

    /** Leaves one event; it is sent if and only if the transaction commits. */
    public void add(Topic topic, String type, UUID key, Object data) {
        addAll(List.of(new Outgoing(topic, type, key, data)));
    }

    /** Leaves many events in one round trip; they are sent in this order. */
    public void addAll(List<Outgoing> events) {
        if (events.isEmpty()) {
            return;
        }
        try (Connection connection = dataSource.getConnection(); var insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, connection.createArrayOf("text", events.stream().map(e -> e.topic().plainName()).toArray()));
            insert.setArray(2, connection.createArrayOf("uuid", events.stream().map(Outgoing::key).toArray()));
            insert.setArray(3, connection.createArrayOf("text", events.stream().map(Outgoing::type).toArray()));
            insert.setArray(4, connection.createArrayOf("text", events.stream().map(e -> written(e.data())).toArray()));
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("The outbox could not be written.", failure);
        }
    }

    private String written(Object data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("An event that cannot be written as JSON: " + data, failure);
        }
    }
}
