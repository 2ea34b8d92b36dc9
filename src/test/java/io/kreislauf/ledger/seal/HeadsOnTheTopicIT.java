package io.kreislauf.ledger.seal;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.testing.TestPeople;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Whoever reads the topic can verify every head with nothing but the documented byte form and the published keys. */
@QuarkusTest
class HeadsOnTheTopicIT {

    @Inject
    Ledger ledger;
    @Inject
    Sealing sealing;

    @ConfigProperty(name = "kreislauf.stream.prefix")
    String prefix;
    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrap;

    @Test
    void everyHeadArrivesInOrderAndIsSigned() throws Exception {
        var org = new Book(TestPeople.organisation("manufacturer"));
        var anna = new Book(TestPeople.annotator("KE").personId());
        for (var i = 0; i < 3; i++) {
            ledger.post(new WorkSubmitted(UUID.randomUUID(), UUID.randomUUID(), org, anna, LabourMillis.observed(1_000), Wage.none("USD")), null);
            sealing.now();
        }
        var size = Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            sealing.now();
            return given().get("/api/ledger/heads?limit=1").then().statusCode(200).extract().jsonPath().getLong("items[0].treeSize");
        }, newest -> newest >= 3);
        var heads = Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::onTheTopic,
                found -> !found.isEmpty() && found.getLast().getLong("treeSize") >= size);

        var last = 0L;
        for (var head : heads) {
            assertTrue(head.getLong("treeSize") > last, "heads rise");
            last = head.getLong("treeSize");
            assertTrue(signed(head), "head " + last);
            var published = given().queryParam("after", last + 1).get("/api/ledger/heads?limit=200").then().statusCode(200).extract().jsonPath();
            assertEquals(head.getString("root"), published.getString("items.find { it.treeSize == " + last + " }.root"), "the head of size " + last);
        }
    }

    private List<JsonPath> onTheTopic() {
        var settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        var heads = new ArrayList<JsonPath>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = consumer.partitionsFor(prefix + "ledger-heads").stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(message -> {
                    var event = JsonPath.from(message.value());
                    assertEquals("io.kreislauf.ledger.head.v1", event.getString("type"));
                    heads.add(event.setRootPath("data"));
                });
            }
        }
        return heads;
    }

    /** The byte form of docs/reference/ledger-seals.md, written down a second time. */
    private static boolean signed(JsonPath head) throws Exception {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.write("KLHEAD1\n".getBytes(StandardCharsets.US_ASCII));
        out.writeLong(head.getLong("treeSize"));
        out.write(HexFormat.of().parseHex(head.getString("root")));
        out.writeLong(head.getLong("tx"));
        out.writeLong(micros(head.getString("firmAt")));
        out.writeLong(micros(head.getString("sealedAt")));
        var keyId = head.getString("keyId").getBytes(StandardCharsets.UTF_8);
        out.writeInt(keyId.length);
        out.write(keyId);
        var key = given().get("/api/ledger/keys").then().statusCode(200).extract().jsonPath()
                .getString("find { it.keyId == '" + head.getString("keyId") + "' }.publicKey");
        var verifier = Signature.getInstance("Ed25519");
        verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(key))));
        verifier.update(bytes.toByteArray());
        return verifier.verify(Base64.getDecoder().decode(head.getString("signature")));
    }

    private static long micros(String time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
    }
}
