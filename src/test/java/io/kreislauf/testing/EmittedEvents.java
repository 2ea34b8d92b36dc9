package io.kreislauf.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What the application under test has sent to Kafka, read from the first message. */
public final class EmittedEvents {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EmittedEvents() {
    }

    /**
     * All CloudEvents of a topic, in the order of each partition.
     *
     * @param topic without the installation's prefix
     */
    public static List<JsonNode> of(String topic) throws IOException {
        var named = TestDatabase.setting("kreislauf.stream.prefix") + topic;
        var events = new ArrayList<JsonNode>();
        try (var consumer = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", TestDatabase.setting("kafka.bootstrap.servers")),
                new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(named).stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var end = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < end.get(p))) {
                for (var message : consumer.poll(Duration.ofMillis(200))) {
                    events.add(JSON.readTree(message.value()));
                }
            }
        }
        return events;
    }

    /** What is wrong with an event's data by the schema of its type; empty if nothing is. */
    public static Stream<String> faults(JsonNode event) {
        var type = event.required("type").asText();
        try (var schema = EmittedEvents.class.getResourceAsStream("/schemas/" + type + ".json")) {
            if (schema == null) {
                return Stream.of(type + " has no schema");
            }
            return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema).validate(event.required("data")).stream()
                    .map(fault -> type + ": " + fault.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
