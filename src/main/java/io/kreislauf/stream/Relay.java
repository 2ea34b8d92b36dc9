package io.kreislauf.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Carries the outbox to Kafka in order, one relay at a time over all replicas (an advisory lock). An event leaves the
 * outbox only after Kafka has acknowledged it; if the process dies in between, it is sent again with the same id.
 */
@ApplicationScoped
class Relay {

    private static final Logger LOG = Logger.getLogger(Relay.class);
    private static final long RETRY_MILLIS_MAX = 5_000;

    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtext('kreislauf.relay'))";
    private static final String NEXT = """
            select outbox_id, event_id, topic, message_key, type, cast(data as text), occurred_at
              from outbox order by outbox_id limit ?
            """;
    private static final String SENT = "delete from outbox where outbox_id = any (?)";

    private record Waiting(long id, String topic, CloudEvent event) {}

    private final DataSource dataSource;
    private final ObjectMapper json;
    private final Sending sending;
    private final StreamSettings settings;
    private volatile Thread thread;

    Relay(DataSource dataSource, ObjectMapper json, Sending sending, StreamSettings settings) {
        this.dataSource = dataSource;
        this.json = json;
        this.sending = sending;
        this.settings = settings;
    }

    void start(@Observes @Priority(2) StartupEvent starting) {
        // Known before it runs: it ends by itself when it is not the one that is known.
        thread = Thread.ofPlatform().name("outbox-relay").daemon().unstarted(this::carryOn);
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        Thread running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            running.join(5_000);
        }
    }

    private void carryOn() {
        long restMillis = settings.relayRest().toMillis();
        long waitMillis = restMillis;
        while (thread == Thread.currentThread()) {
            try {
                int carried = QuarkusTransaction.requiringNew().call(this::carryBatch);
                waitMillis = carried > 0 ? 0 : restMillis;
            } catch (RuntimeException failure) {
                waitMillis = Math.min(Math.max(restMillis, waitMillis * 2), RETRY_MILLIS_MAX);
                if (thread == Thread.currentThread()) {
                    LOG.warnf("The outbox waits: %s. Trying again in %d ms.", failure.getMessage(), waitMillis);
                }
            }
            if (waitMillis > 0) {
                try {
                    Thread.sleep(waitMillis);
                } catch (InterruptedException stopping) {
                    return;
                }
            }
        }
    }

    private int carryBatch() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            try (var lock = connection.createStatement(); var got = lock.executeQuery(LOCK)) {
                got.next();
                if (!got.getBoolean(1)) {
                    return 0;
                }
            }
            List<Waiting> batch = next(connection);
            if (batch.isEmpty()) {
                return 0;
            }
            sending.all(batch.stream().map(w -> new Sending.Message(w.topic, w.event.subject().toString(), written(w.event))).toList());
            try (var sent = connection.prepareStatement(SENT)) {
                sent.setArray(1, connection.createArrayOf("bigint", batch.stream().map(Waiting::id).toArray()));
                sent.executeUpdate();
            }
            return batch.size();
        }
    }

    private List<Waiting> next(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(NEXT)) {
            select.setInt(1, settings.relayBatch());
            try (var rows = select.executeQuery()) {
                List<Waiting> batch = new ArrayList<>();
                while (rows.next()) {
                    Instant at = rows.getObject(7, OffsetDateTime.class).toInstant();
                    batch.add(new Waiting(rows.getLong(1), settings.prefix() + rows.getString(3),
                            CloudEvent.of(rows.getObject(2, UUID.class), rows.getString(5), rows.getObject(4, UUID.class), at,
                                    json.readTree(rows.getString(6)))));
                }
                return batch;
            } catch (JsonProcessingException impossible) {
                throw new IllegalStateException("The outbox holds what is not JSON.", impossible);
            }
        }
    }

    private String written(CloudEvent event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
