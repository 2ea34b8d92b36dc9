package io.kreislauf.stream;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.Refusal;
import io.kreislauf.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;

@QuarkusTest
class StreamIT {

    record Told(int number) {}

    @Inject
    Outbox outbox;

    @Inject
    Consuming consuming;

    @Inject
    RepeatedRequests repeated;

    @Inject
    Topics topics;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @Test
    void eventsOfOneKeyArriveInOrderAndARolledBackOneNever() {
        UUID key = UUID.randomUUID();
        for (int i = 0; i < 50; i++) {
            int number = i;
            boolean kept = i % 5 != 4;
            try {
                QuarkusTransaction.requiringNew().run(() -> {
                    outbox.add(Topic.DATASETS, "io.kreislauf.test.told.v1", key, new Told(number));
                    if (!kept) {
                        throw new IllegalStateException("rolled back on purpose");
                    }
                });
            } catch (IllegalStateException onPurpose) {
                assertEquals("rolled back on purpose", onPurpose.getMessage());
            }
        }
        List<Integer> expected = java.util.stream.IntStream.range(0, 50).filter(i -> i % 5 != 4).boxed().toList();
        List<Integer> arrived = new ArrayList<>();
        try (var consumer = reader()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topics.named(Topic.DATASETS)).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> {
                    if (message.key().equals(key.toString())) {
                        arrived.add(io.restassured.path.json.JsonPath.from(message.value()).getInt("data.number"));
                    }
                });
                assertEquals(expected, arrived);
            });
        }
    }

    @Test
    void aSecondDeliveryDoesNothingAndAPoisonMessageIsSetAside() throws SQLException {
        String me = "test-" + UUID.randomUUID();
        List<Integer> seen = new ArrayList<>();
        List<ConsumerRecord<String, String>> messages = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            messages.add(message(i, """
                    {"specversion":"1.0","id":"%s","source":"/test","type":"t","subject":"%s","time":"2026-01-01T00:00:00Z",
                     "datacontenttype":"application/json","data":{"number":%d}}""".formatted(UUID.randomUUID(), UUID.randomUUID(), i)));
        }
        messages.add(message(4, "{not json"));
        var batch = new ConsumerRecords<>(Map.of(new TopicPartition(topics.named(Topic.DATASETS), 0), messages), Map.of());
        for (int delivery = 0; delivery < 2; delivery++) {
            List<Integer> attempt = new ArrayList<>();
            consuming.each(me, batch, events -> {
                attempt.clear();
                for (CloudEvent event : events) {
                    if (event.data().get("number").asInt() == 2) {
                        throw new IllegalArgumentException("poison");
                    }
                    attempt.add(event.data().get("number").asInt());
                }
                seen.addAll(attempt);
            });
        }
        assertEquals(List.of(0, 1, 3), seen);
        try (var connection = TestDatabase.asApplication();
             var count = connection.prepareStatement("select array_agg(offset_no order by offset_no) from dead_letter where consumer = ?")) {
            count.setString(1, me);
            try (var row = count.executeQuery()) {
                row.next();
                assertEquals("{2,4}", row.getString(1));
            }
        }
    }

    @Test
    void theSameRequestAgainGetsTheSameAnswerAndAnotherUnderItsKeyIsRefused() {
        UUID owner = UUID.randomUUID();
        int[] done = {0};
        for (int i = 0; i < 3; i++) {
            Told answer = QuarkusTransaction.requiringNew().call(() ->
                    repeated.once(owner, "k1", Map.of("a", 1), Told.class, () -> new Told(++done[0])));
            assertEquals(1, answer.number());
        }
        assertEquals(1, done[0]);
        Refusal refusal = assertThrows(Refusal.class, () -> QuarkusTransaction.requiringNew().run(() ->
                repeated.once(owner, "k1", Map.of("a", 2), Told.class, () -> new Told(++done[0]))));
        assertEquals("KEY_REUSED", refusal.code());
        assertTrue(refusal.remedy().contains("new key"));
    }

    private ConsumerRecord<String, String> message(long offset, String value) {
        return new ConsumerRecord<>(topics.named(Topic.DATASETS), 0, offset, UUID.randomUUID().toString(), value);
    }

    private KafkaConsumer<String, String> reader() {
        return new KafkaConsumer<>(new HashMap<>(kafka), new StringDeserializer(), new StringDeserializer());
    }
}
