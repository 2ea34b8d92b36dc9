package io.kreislauf.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads the topic of labels from offset 0 to its end. */
final class TopicCount {

    private TopicCount() {}

    /** How many different submissions of the project the topic tells of, by event id. */
    static int submitted(Installation installation, String projectId) {
        Map<String, Object> settings = Map.of("bootstrap.servers", installation.kafka(), "enable.auto.commit", "false", "max.poll.records", "5000");
        Set<String> events = new HashSet<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(installation.topicPrefix() + "labels").stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofSeconds(1))) {
                    if (message.value() != null && message.value().contains(projectId)) {
                        JsonNode event = Api.JSON.readTree(message.value());
                        if (event.path("type").asText().equals("io.kreislauf.label.submitted.v1")
                                && event.path("data").path("projectId").asText().equals(projectId)) {
                            events.add(event.path("id").asText());
                        }
                    }
                }
            }
        } catch (IOException malformed) {
            throw new ReplayFailure("The topic of labels holds something that is not JSON: " + malformed.getMessage(), malformed);
        }
        return events.size();
    }
}
