package io.kreislauf.demo;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.WholeSystem;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Kafka away for a minute, and the application killed between submit and Kafka: no label is lost, none counted twice. */
final class LosingNothing {

    private static final Duration KAFKA_AWAY = Duration.ofSeconds(60);
    private static final Duration CATCH_UP_MAX = Duration.ofSeconds(90);

    private static final String LABELS_WAITING = "select count(*) from outbox where topic = 'labels'";

    private record Held(String claimId, Map<String, Object> body) {}

    private LosingNothing() {
    }

    /** Leaves the system ready, with twenty labels more. */
    static void neitherByKafkasAbsenceNorByTheApplicationsDeath(WholeSystem system) throws Exception {
        String annotator = system.token("baraka");
        List<Held> held = claim(system, annotator, 20);

        system.signal("kafka", "STOP");
        long away = System.nanoTime();
        held.subList(0, 10).forEach(one -> submit(system, annotator, one));
        await("Kafka is away for a minute").atMost(KAFKA_AWAY.plusSeconds(60)).until(() -> System.nanoTime() - away > KAFKA_AWAY.toNanos());
        assertEquals(10, count(system, LABELS_WAITING), "what Kafka has not acknowledged stays");
        system.signal("kafka", "CONT");
        await().atMost(CATCH_UP_MAX).untilAsserted(() -> assertEquals(0, count(system, LABELS_WAITING)));
        allArrived(system);

        system.signal("kafka", "STOP");
        List<String> answers = held.subList(10, 20).stream().map(one -> submit(system, annotator, one)).toList();
        system.kill("kreislauf");

        system.start();
        system.untilReady();
        allArrived(system);
        String again = system.token("baraka");
        assertEquals(answers, held.subList(10, 20).stream().map(one -> submit(system, again, one)).toList(), "the same submission is the same answer");
        allArrived(system);
        assertEquals(count(system, "select count(*) from submission"), eventsInTopic(system).size(), "each label is on the topic under one id");
    }

    /** Every submission has its label, and every label its submission. */
    private static void allArrived(WholeSystem system) {
        await().atMost(CATCH_UP_MAX).untilAsserted(() -> {
            assertEquals(0, count(system, LABELS_WAITING));
            assertEquals(count(system, "select count(*) from submission"), count(system, "select count(*) from label"));
            assertEquals(0, count(system, "select count(*) from submission s where not exists (select from label l where l.submission_id = s.submission_id)"));
            assertEquals(0, count(system, "select count(*) from dead_letter"));
        });
    }

    private static List<Held> claim(WholeSystem system, String token, int count) throws Exception {
        String project = given().baseUri(system.url()).auth().oauth2(token).get("/api/tasks?mayDo=true").then().statusCode(200).extract().path("items[0].projectId");
        JsonPath claims = given().baseUri(system.url()).auth().oauth2(token).contentType(ContentType.JSON).body(Map.of("projectId", project, "count", count))
                .post("/api/claims").then().statusCode(201).extract().jsonPath();
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(new Held(claims.getString("claims[%d].claimId".formatted(i)), Map.of("fencingVersion", claims.getLong("claims[%d].fencingVersion".formatted(i)),
                    "formVersion", claims.getInt("claims[%d].formVersion".formatted(i)), "answer", Map.of("kind", "praise"))));
        }
        return held;
    }

    private static String submit(WholeSystem system, String token, Held held) {
        try {
            return given().baseUri(system.url()).auth().oauth2(token).contentType(ContentType.JSON).body(held.body())
                    .post("/api/claims/%s/submit".formatted(held.claimId())).then().statusCode(200).extract().path("submissionId");
        } catch (java.io.IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    private static Set<String> eventsInTopic(WholeSystem system) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", system.settings().getProperty("kafka.bootstrap"));
        Set<String> submissions = new HashSet<>();
        Set<String> events = new HashSet<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("kreislauf.labels").stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> {
                    JsonPath event = JsonPath.from(message.value());
                    if (event.getString("type").equals("io.kreislauf.label.submitted.v1")) {
                        events.add(event.getString("id"));
                        submissions.add(event.getString("data.submissionId"));
                    }
                });
            }
        }
        assertTrue(events.size() == submissions.size(), "a label was told twice under two ids");
        return submissions;
    }

    private static long count(WholeSystem system, String sql) throws SQLException {
        try (var connection = system.database(); var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
