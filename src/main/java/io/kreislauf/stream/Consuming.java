package io.kreislauf.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/**
 * Takes events in exactly once in effect: the note that a consumer has had an event, and what the event does, are one
 * transaction. A batch that fails is tried again a few times, then message by message; a message that still fails is
 * kept in the dead-letter topic and named in {@code dead_letter}, and the rest goes on.
 */
@ApplicationScoped
public class Consuming {

    private static final Logger LOG = Logger.getLogger(Consuming.class);

    private static final String NOTE = """
            insert into consumed_event (consumer, event_id)
            select ?, id from unnest(cast(? as uuid[])) as id
            on conflict do nothing returning event_id
            """;
    private static final String BURY = """
            insert into dead_letter (consumer, topic, partition_no, offset_no, reason)
            values (?, ?, ?, ?, ?) on conflict do nothing
            """;

    private record Read(ConsumerRecord<String, String> message, CloudEvent event) {}

    private final DataSource dataSource;
    private final ObjectMapper json;
    private final Sending sending;
    private final StreamSettings settings;

    Consuming(DataSource dataSource, ObjectMapper json, Sending sending, StreamSettings settings) {
        this.dataSource = dataSource;
        this.json = json;
        this.sending = sending;
        this.settings = settings;
    }

    /**
     * @param consumer names who takes in; each event takes effect once per consumer
     * @param effect   gets the events that are new, in order, within the transaction
     */
    public void each(String consumer, ConsumerRecords<String, String> messages, Consumer<List<CloudEvent>> effect) {
        List<Read> read = new ArrayList<>();
        for (ConsumerRecord<String, String> message : messages) {
            try {
                read.add(new Read(message, json.readValue(message.value(), CloudEvent.class)));
            } catch (JsonProcessingException | IllegalArgumentException malformed) {
                bury(consumer, message, malformed);
            }
        }
        if (read.isEmpty() || attempt(consumer, read, effect) == null) {
            return;
        }
        for (Read one : read) {
            RuntimeException failure = attempt(consumer, List.of(one), effect);
            if (failure != null) {
                bury(consumer, one.message, failure);
            }
        }
    }

    /** Null if it worked in one of the attempts, else the last failure. */
    private RuntimeException attempt(String consumer, List<Read> batch, Consumer<List<CloudEvent>> effect) {
        RuntimeException last = null;
        for (int attempt = 1; attempt <= settings.attempts(); attempt++) {
            try {
                QuarkusTransaction.requiringNew().run(() -> effect.accept(fresh(consumer, batch)));
                return null;
            } catch (RuntimeException failure) {
                last = failure;
                LOG.warnf(failure, "%s could not take in %d events, attempt %d of %d", consumer, batch.size(), attempt, settings.attempts());
                pause(100L << attempt);
            }
        }
        return last;
    }

    private List<CloudEvent> fresh(String consumer, List<Read> batch) {
        Map<UUID, CloudEvent> events = new LinkedHashMap<>();
        batch.forEach(r -> events.putIfAbsent(r.event.id(), r.event));
        try (Connection connection = dataSource.getConnection(); var note = connection.prepareStatement(NOTE)) {
            note.setString(1, consumer);
            note.setArray(2, connection.createArrayOf("uuid", events.keySet().toArray()));
            Set<UUID> isNew = new HashSet<>();
            try (var rows = note.executeQuery()) {
                while (rows.next()) {
                    isNew.add(rows.getObject(1, UUID.class));
                }
            }
            return events.values().stream().filter(e -> isNew.contains(e.id())).toList();
        } catch (SQLException failure) {
            throw new IllegalStateException("Consumed events could not be noted.", failure);
        }
    }

    /** If even this fails the exception stops the channel: the message is not committed and comes again. */
    private void bury(String consumer, ConsumerRecord<String, String> message, Exception reason) {
        LOG.errorf(reason, "%s gives up on %s/%d@%d", consumer, message.topic(), message.partition(), message.offset());
        sending.all(List.of(new Sending.Message(Topics.deadLettersOf(message.topic()), message.key(), message.value())));
        QuarkusTransaction.requiringNew().run(() -> {
            try (Connection connection = dataSource.getConnection(); var bury = connection.prepareStatement(BURY)) {
                bury.setString(1, consumer);
                bury.setString(2, message.topic());
                bury.setInt(3, message.partition());
                bury.setLong(4, message.offset());
                bury.setString(5, String.valueOf(reason));
                bury.executeUpdate();
            } catch (SQLException failure) {
                throw new IllegalStateException("A dead letter could not be noted.", failure);
            }
        });
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped while taking in events.", stopping);
        }
    }
}
