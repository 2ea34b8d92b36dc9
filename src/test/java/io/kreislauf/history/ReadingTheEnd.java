package io.kreislauf.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.history.Ending.Claim;
import io.kreislauf.history.Ending.Slot;
import io.kreislauf.history.Ending.Submission;
import io.kreislauf.history.Ending.Told;
import io.kreislauf.testing.ApplicationProcesses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what is there in the end, past the application: plain rows and plain messages. */
final class ReadingTheEnd {

    interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private ReadingTheEnd() {}

    static Ending of(ApplicationProcesses processes, Installed installed, Plan plan) throws SQLException {
        UUID project = installed.projectId();
        try (Connection connection = processes.database()) {
            List<Slot> slots = rows(connection, "select slot_id, item_id, ordinal, state, claim_id from slot where project_id = ?", project,
                    row -> new Slot(id(row, 1), id(row, 2), row.getInt(3), row.getString(4), id(row, 5)));
            List<Claim> claims = rows(connection, """
                    select claim_id, slot_id, item_id, annotator_id, fencing_version, state, cast(extract(epoch from claimed_at) * 1000000 as bigint)
                      from claim where project_id = ?
                    """, project, row -> new Claim(id(row, 1), id(row, 2), id(row, 3), id(row, 4), row.getLong(5), row.getString(6), row.getLong(7)));
            List<Submission> submissions = rows(connection, """
                    select submission_id, claim_id, slot_id, item_id, annotator_id, answer ->> 'q', late_kept from submission where project_id = ?
                    """, project, row -> new Submission(id(row, 1), id(row, 2), id(row, 3), id(row, 4), id(row, 5), row.getString(6), row.getBoolean(7)));
            List<UUID> taken = rows(connection, "select submission_id from label where project_id = ?", project, row -> id(row, 1));
            long escrow = rows(connection, """
                    select coalesce(sum(leg.amount), 0)
                      from ledger_entry e cross join lateral unnest(e.accounts, e.amounts) as leg (account, amount)
                     where leg.account = 'ESCROW:' || cast(? as uuid)
                    """, project, row -> row.getLong(1)).getFirst();
            return new Ending(plan.overlap(), plan.items(), Installed.REWARD_MINOR, escrow, slots, claims, submissions, told(processes, project), taken);
        }
    }

    private static List<Told> told(ApplicationProcesses processes, UUID project) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", processes.kafka());
        List<Told> told = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(processes.prefix() + "labels").stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> {
                    JsonNode event = json(message.value());
                    if (event.path("type").asText().equals("io.kreislauf.label.submitted.v1") && event.path("data").path("projectId").asText().equals(project.toString())) {
                        told.add(new Told(UUID.fromString(event.path("id").asText()), UUID.fromString(event.path("data").path("submissionId").asText())));
                    }
                });
            }
        }
        return told;
    }

    private static JsonNode json(String text) {
        try {
            return Front.JSON.readTree(text);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    static <T> List<T> rows(Connection connection, String sql, UUID project, Row<T> read) throws SQLException {
        List<T> rows = new ArrayList<>();
        try (var select = connection.prepareStatement(sql)) {
            select.setObject(1, project);
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(read.of(row));
                }
            }
        }
        return rows;
    }

    static UUID id(ResultSet row, int column) throws SQLException {
        return row.getObject(column, UUID.class);
    }
}
