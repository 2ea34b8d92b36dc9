package io.kreislauf.label;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.stream.Outbox;
import io.kreislauf.stream.Topic;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the topic of labels to what is agreed, through the real outbox and Kafka. */
@QuarkusTest
class AgreeingIT {

    @Inject
    Outbox outbox;

    @Inject
    ObjectMapper json;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @ConfigProperty(name = "kreislauf.stream.prefix")
    String prefix;

    private UUID organisationId;
    private UUID projectId;
    private UUID itemId;
    private final List<UUID> submissions = new ArrayList<>();

    /** An item that wants two labels and may get three. */
    @BeforeEach
    void anItem() throws SQLException {
        organisationId = TestPeople.organisation("manufacturer");
        projectId = insert("""
                insert into project (organisation_id, title, form, state, currency, pay_rule, reward_minor, estimate_millis, labels_wanted, labels_max)
                values (?, 'T', '{"questions": []}', 'published', 'USD', 'piece', 1, 1000, 2, 3) returning project_id
                """, organisationId);
        itemId = insert("insert into item (project_id, external_key, content) values (?, 'a', '{}') returning item_id", projectId);
        for (int ordinal = 1; ordinal <= 3; ordinal++) {
            insert("insert into slot (project_id, item_id, ordinal, state) select project_id, item_id, " + ordinal + ", '"
                    + (ordinal == 3 ? "unopened" : "filled") + "' from item where item_id = ? returning slot_id", itemId);
        }
    }

    private static UUID insert(String sql, UUID parameter) throws SQLException {
        try (var connection = TestDatabase.asApplication(); var insert = connection.prepareStatement(sql)) {
            insert.setObject(1, parameter);
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getObject(1, UUID.class);
            }
        }
    }

    private void submitted(String... values) {
        Stream.of(values).forEach(value -> {
            UUID submissionId = UUID.randomUUID();
            submissions.add(submissionId);
            send("submitted", Map.of("submissionId", submissionId, "projectId", projectId, "itemId", itemId, "annotatorId", UUID.randomUUID(),
                    "answer", Map.of("q", value), "counts", true));
        });
    }

    private void judged(String how, int which) {
        send(how, Map.of("submissionId", submissions.get(which), "projectId", projectId, "itemId", itemId));
    }

    private void send(String what, Map<String, Object> data) {
        QuarkusTransaction.requiringNew().run(() -> outbox.add(Topic.LABELS, "io.kreislauf.label." + what + ".v1", itemId, data));
    }

    private void awaitAgreed(String expected) {
        await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> assertEquals(expected, agreed()));
    }

    private String agreed() throws SQLException {
        return one("select concat_ws(' ', answer, tied, labels, agreement, resolved) from item_label where item_id = ?");
    }

    private String slot3() throws SQLException {
        return one("select state from slot where item_id = ? and ordinal = 3");
    }

    private String one(String sql) throws SQLException {
        try (var connection = TestDatabase.asApplication(); var select = connection.prepareStatement(sql)) {
            select.setObject(1, itemId);
            try (var row = select.executeQuery()) {
                return row.next() ? row.getString(1) : "nothing";
            }
        }
    }

    @Test
    void aMajorityOfTheLabelsWantedResolvesAnItemAndAsksForNoMore() throws SQLException {
        submitted("yes");
        awaitAgreed("{\"q\": \"yes\"} 1 1.00000 f");
        submitted("yes");
        awaitAgreed("{\"q\": \"yes\"} 2 1.00000 t");
        assertEquals("unopened", slot3());
    }

    @Test
    void aTieAsksForOneMoreLabelThatIsFunded() throws SQLException {
        submitted("yes", "no");
        awaitAgreed("{\"q\": [\"no\", \"yes\"]} 2 0.50000 f");
        await().untilAsserted(() -> assertEquals("open", slot3()));
        insert("update slot set state = 'filled' where item_id = ? and ordinal = 3 returning slot_id", itemId);
        submitted("no");
        awaitAgreed("{\"q\": \"no\"} 3 0.66667 t");
    }

    @Test
    void aTieThatNoLabelCanBreakAnyMoreIsResolvedAsATie() throws SQLException {
        insert("update slot set state = 'closed' where item_id = ? and ordinal = 3 returning slot_id", itemId);
        submitted("yes", "no");
        awaitAgreed("{\"q\": [\"no\", \"yes\"]} 2 0.50000 t");
    }

    @Test
    void aRejectionTakesItsLabelOutAndAWonAppealBringsItBack() throws SQLException {
        submitted("yes", "yes");
        awaitAgreed("{\"q\": \"yes\"} 2 1.00000 t");
        judged("rejected", 0);
        awaitAgreed("{\"q\": \"yes\"} 1 1.00000 f");
        judged("rejected", 1);
        awaitAgreed("0 f");
        judged("restored", 0);
        judged("restored", 1);
        awaitAgreed("{\"q\": \"yes\"} 2 1.00000 t");
    }

    @Test
    void whatIsAgreedGoesOutAndIsTakenBackWhenItGoes() throws SQLException {
        submitted("yes", "yes");
        awaitAgreed("{\"q\": \"yes\"} 2 1.00000 t");
        judged("rejected", 0);
        awaitAgreed("{\"q\": \"yes\"} 1 1.00000 f");
        assertEquals(List.of(true, false), toldInOrder().stream().map(told -> told.path("resolved").asBoolean()).toList());
    }

    @Test
    void theOwnerSeesWhatIsAgreedAndHowFarTheProjectIs() throws SQLException {
        submitted("yes", "yes");
        awaitAgreed("{\"q\": \"yes\"} 2 1.00000 t");
        String token = TestPeople.person("reviewer", organisationId).token();
        given().auth().oauth2(token).get("/api/projects/{id}/labels", projectId).then().statusCode(200).body("items", hasSize(1))
                .body("items[0].itemKey", equalTo("a")).body("items[0].answer.q", equalTo("yes")).body("items[0].counts.q.yes", equalTo(2))
                .body("items[0].agreement", equalTo(1.0f)).body("items[0].resolved", equalTo(true));
        given().auth().oauth2(token).get("/api/projects/{id}/progress", projectId).then().statusCode(200).body("items", equalTo(1))
                .body("slots", equalTo(3)).body("labels", equalTo(2)).body("resolved", equalTo(1)).body("observedMillis", equalTo(0));
        String stranger = TestPeople.person("reviewer", TestPeople.organisation("manufacturer")).token();
        given().auth().oauth2(stranger).get("/api/projects/{id}/labels", projectId).then().statusCode(404);
        given().auth().oauth2(stranger).get("/api/projects/{id}/progress", projectId).then().statusCode(404);
    }

    /** What the topic of items says about the item, read from its beginning until a retraction. */
    private List<JsonNode> toldInOrder() {
        List<JsonNode> told = new ArrayList<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "group.id", "test-" + UUID.randomUUID(), "auto.offset.reset", "earliest");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(prefix + "items"));
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                for (var message : consumer.poll(Duration.ofMillis(200))) {
                    if (message.key().equals(itemId.toString())) {
                        told.add(json.readTree(message.value()).required("data"));
                    }
                }
                return !told.isEmpty() && !told.getLast().path("resolved").asBoolean();
            });
        }
        return told;
    }
}
