package io.kreislauf.dataset;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.Refusal;
import io.kreislauf.market.WorkedCircuit;
import io.kreislauf.testing.TestPeople;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the working version to downloaded files, through the real stack. */
@QuarkusTest
class ReleaseIT {

    @Inject
    ObjectMapper json;

    @Inject
    Freezing freezing;

    @Inject
    WritingRelease writing;

    @Inject
    ReleasingDataset releasing;

    @TempDir
    Path directory;

    private static WorkedCircuit worked() throws Exception {
        WorkedCircuit circuit = new WorkedCircuit();
        circuit.advanceAndWork();
        circuit.agree();
        return circuit;
    }

    @Test
    void unreviewedWorkBlocksAReleaseAndARejectionDoesNot() throws Exception {
        WorkedCircuit circuit = worked();
        UUID item = circuit.item(100, 100, null);
        UUID undecided = circuit.submission(item, "submitted", "yes");
        given().auth().oauth2(circuit.maker.token()).contentType("application/json").body("{\"name\": \"Too early\", \"licences\": 1}")
                .post("/api/projects/" + circuit.projectId + "/releases").then()
                .statusCode(409).body("code", equalTo("UNREVIEWED_WORK")).body("remedy", notNullValue());

        WorkedCircuit.row("update submission set state = 'rejected' where submission_id = ? returning submission_id", undecided);
        WorkedCircuit.row("update label set rejected = true where submission_id = ? returning submission_id", undecided);
        circuit.release(1);
        assertEquals(0, WorkedCircuit.count("select count(*) from version_submission where submission_id = ?", undecided));
        assertEquals(40, circuit.version.trainRows() + circuit.version.testRows());
    }

    @Test
    void aReleaseWaitsForLabelsOnTheirWayAndOthersCannotRelease() throws Exception {
        WorkedCircuit circuit = worked();
        UUID item = circuit.item(100, 100, null);
        UUID submission = circuit.submission(item, "approved", "yes");
        circuit.resolved(item, "yes", 1);
        DatasetVersion version = releasing.release(WorkedCircuit.caller(circuit.maker), circuit.projectId, WorkedCircuit.asked(1), null);
        assertEquals(41, version.trainRows() + version.testRows());
        assertEquals(1, WorkedCircuit.count("select count(*) from version_submission where submission_id = ?", submission));
        Refusal foreign = assertThrows(Refusal.class,
                () -> releasing.release(WorkedCircuit.caller(circuit.modelMaker), circuit.projectId, WorkedCircuit.asked(1), null));
        assertEquals(Refusal.Kind.MISSING, foreign.kind());
    }

    @Test
    void theSplitKeepsGroupsEqualContentAndGoldOnOneSideAndStaysTheSame() throws Exception {
        WorkedCircuit circuit = worked();
        WorkedCircuit.row("update item set gold = '{\"q\": \"yes\"}' where project_id = ? and external_key = 'item-5' returning item_id", circuit.projectId);
        UUID chained = circuit.item(101, 7, "group");
        circuit.submission(chained, "approved", "no");
        circuit.resolved(chained, "no", 1);
        circuit.awaitRows(41);
        String sides = sides(circuit.projectId);
        assertEquals(1, WorkedCircuit.count("select count(distinct s.split) from item_split s join item i using (item_id) where i.project_id = ? and external_key in ('item-0', 'item-1')", circuit.projectId));
        assertEquals(1, WorkedCircuit.count("""
                select count(distinct s.root) from item_split s join item i using (item_id)
                 where i.project_id = ? and (group_key = 'group' or external_key = 'item-7')
                """, circuit.projectId), "an item that shares a group with some and its content with others joins them all");
        assertEquals(0, WorkedCircuit.count("select count(*) from (select root from item_split where project_id = ? group by root having count(distinct split) > 1) torn", circuit.projectId));
        assertEquals(1, WorkedCircuit.count("select count(*) from item_split s join item i using (item_id) where i.project_id = ? and external_key = 'item-5' and split = 'train'", circuit.projectId));

        WorkedCircuit.row("with gone as (delete from item_split where project_id = ? returning project_id) select project_id from gone limit 1", circuit.projectId);
        io.quarkus.narayana.jta.QuarkusTransaction.requiringNew().run(() -> WorkedCircuit.bean(SplitRows.class).draw(circuit.projectId));
        assertEquals(sides, sides(circuit.projectId));
    }

    private static String sides(UUID projectId) throws Exception {
        try (var connection = io.kreislauf.testing.TestDatabase.asApplication();
             var select = connection.prepareStatement("select string_agg(item_id || split, ',' order by item_id) from item_split where project_id = ?")) {
            select.setObject(1, projectId);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    @Test
    void whatIsNoLongerAgreedLeavesTheWorkingVersion() throws Exception {
        WorkedCircuit circuit = worked();
        UUID item = WorkedCircuit.row("select item_id from item where project_id = ? and external_key = 'item-3'", circuit.projectId);
        circuit.resolved(item, null, 0);
        circuit.awaitRows(39);
        circuit.resolved(item, "no", 1);
        circuit.awaitRows(40);
        given().auth().oauth2(circuit.maker.token()).get("/api/projects/" + circuit.projectId + "/dataset").then()
                .statusCode(200).body("rows", equalTo(40)).body("sample[0].content.text", notNullValue());
    }

    @Test
    void filesHaveTheirHashesAndDuckDbReadsTheTablesAsTheyAreInJsonLines() throws Exception {
        WorkedCircuit circuit = worked();
        circuit.release(2);
        UUID id = circuit.version.versionId();
        byte[] manifestBytes = download(circuit.maker.token(), id, "manifest.json");
        JsonNode manifest = json.readTree(manifestBytes);
        assertEquals(900, manifest.at("/circuit/cMinor").asLong() / 100);
        assertEquals(420, manifest.at("/circuit/wages/effectiveMinorPerHour").asLong(), "1,260 dollars over 300 hours");
        assertEquals(600, manifest.at("/circuit/wages/advertisedMinorPerHour").asLong());
        assertEquals(200 * 3_600_000L, manifest.at("/circuit/hoursMillis/observed/direct").asLong());
        Set<String> paths = new HashSet<>();
        for (JsonNode file : manifest.required("files")) {
            String path = file.required("path").asText();
            byte[] bytes = download(circuit.maker.token(), id, path);
            paths.add(path);
            assertEquals(file.required("bytes").asLong(), bytes.length, path);
            assertEquals(file.required("sha256").asText(), HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)), path);
            Files.write(directory.resolve(path.replace('/', '-')), bytes);
        }
        assertEquals(Set.of("README.md", "data/train.jsonl", "data/test.jsonl", "data/train-00000-of-00001.parquet", "data/test-00000-of-00001.parquet",
                "labels/train.jsonl", "labels/test.jsonl", "labels/train-00000-of-00001.parquet", "labels/test-00000-of-00001.parquet"), paths);
        assertTrue(Files.readString(directory.resolve("README.md")).contains("| labelling, observed") || Files.readString(directory.resolve("README.md")).contains("direct, observed"));

        List<String> lines = new ArrayList<>();
        for (String split : List.of("train", "test")) {
            lines.addAll(parquet("data-" + split));
            List<String> fromJson = new ArrayList<>();
            for (String line : Files.readAllLines(directory.resolve("data-" + split + ".jsonl"))) {
                JsonNode row = json.readTree(line);
                fromJson.add(row.required("item").asText() + "|" + row.at("/content/text").asText() + "|" + row.at("/answer/q").asText() + "|" + row.required("labels").asInt());
            }
            assertEquals(fromJson, parquet("data-" + split), split);
        }
        assertEquals(40, lines.size());
        assertEquals(40, Stream.of("train", "test").mapToLong(split -> rows("labels-" + split)).sum());
        assertEquals(circuit.version.trainRows(), rows("data-train"));
    }

    private List<String> parquet(String table) throws Exception {
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection("jdbc:duckdb:"); var select = connection.createStatement();
             var row = select.executeQuery("select item, text, answer_q, labels, agreement, source, licence from read_parquet('%s')".formatted(file(table)))) {
            while (row.next()) {
                rows.add(row.getString(1) + "|" + row.getString(2) + "|" + row.getString(3) + "|" + row.getInt(4));
                assertEquals(1.0, row.getDouble(5));
                assertEquals("own CC0-1.0", row.getString(6) + " " + row.getString(7));
            }
        }
        return rows;
    }

    private long rows(String table) {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:"); var select = connection.createStatement();
             var row = select.executeQuery("select count(*) from read_parquet('%s')".formatted(file(table)))) {
            row.next();
            return row.getLong(1);
        } catch (java.sql.SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Path file(String table) {
        return directory.resolve(table + "-00000-of-00001.parquet");
    }

    private static byte[] download(String token, UUID versionId, String path) {
        return given().auth().oauth2(token).urlEncodingEnabled(false).get("/api/datasets/" + versionId + "/files/" + path).then().statusCode(200).extract().asByteArray();
    }

    @Test
    void onlyTheMakerAndLicenseesDownloadAndAPartCanBeAskedFor() throws Exception {
        WorkedCircuit circuit = worked();
        circuit.release(2);
        String file = "/api/datasets/" + circuit.version.versionId() + "/files/data/train.jsonl";
        given().auth().oauth2(circuit.modelMaker.token()).urlEncodingEnabled(false).get(file).then().statusCode(403)
                .body("code", equalTo("NOT_LICENSED")).body("remedy", notNullValue());
        given().auth().oauth2(TestPeople.person("researcher", null).token()).urlEncodingEnabled(false).get(file).then().statusCode(403);
        circuit.sell();
        var whole = given().auth().oauth2(circuit.modelMaker.token()).urlEncodingEnabled(false).get(file).then().statusCode(200).extract();
        byte[] bytes = whole.asByteArray();
        var part = given().auth().oauth2(circuit.modelMaker.token()).urlEncodingEnabled(false).header("Range", "bytes=3-9").get(file).then().statusCode(206)
                .header("Content-Range", "bytes 3-9/" + bytes.length).extract().asByteArray();
        assertEquals(new String(bytes, 3, 7), new String(part));
        given().auth().oauth2(circuit.modelMaker.token()).urlEncodingEnabled(false).header("If-None-Match", whole.header("ETag")).get(file).then().statusCode(304);
        given().auth().oauth2(circuit.modelMaker.token()).urlEncodingEnabled(false).header("Range", "bytes=999999999-").get(file).then().statusCode(416);
        given().auth().oauth2(circuit.modelMaker.token()).get("/api/datasets/" + circuit.version.versionId() + "/files/data/nothing.jsonl").then().statusCode(404);
    }

    @Test
    void anInterruptedReleaseIsFinishedAtTheNextStartWithTheSameBytes() throws Exception {
        WorkedCircuit circuit = worked();
        UUID versionId = freezing.freeze(WorkedCircuit.caller(circuit.maker), circuit.projectId, WorkedCircuit.asked(1), null).versionId();
        given().auth().oauth2(circuit.maker.token()).get("/api/datasets/" + versionId).then().statusCode(200).body("state", equalTo("releasing"));
        given().auth().oauth2(circuit.modelMaker.token()).get("/api/datasets/" + versionId).then().statusCode(404);
        writing.finishInterrupted();
        given().auth().oauth2(circuit.modelMaker.token()).get("/api/datasets/" + versionId).then().statusCode(200).body("state", equalTo("released"))
                .body("files.size()", equalTo(10));
        byte[] first = download(circuit.maker.token(), versionId, "manifest.json");
        writing.finish(versionId);
        assertEquals(new String(first), new String(download(circuit.maker.token(), versionId, "manifest.json")));
    }

    @Test
    void theSameRequestAgainIsTheSameRelease() throws Exception {
        WorkedCircuit circuit = worked();
        String key = UUID.randomUUID().toString();
        DatasetVersion first = releasing.release(WorkedCircuit.caller(circuit.maker), circuit.projectId, WorkedCircuit.asked(1), key);
        assertEquals(first.versionId(), releasing.release(WorkedCircuit.caller(circuit.maker), circuit.projectId, WorkedCircuit.asked(1), key).versionId());
        assertEquals(1, WorkedCircuit.count("select count(*) from dataset_version where project_id = ?", circuit.projectId));
    }

    @Test
    void aNewVersionTakesOverWhatTheUnsoldLicencesCarried() throws Exception {
        WorkedCircuit circuit = worked();
        circuit.release(2);
        circuit.sell();
        DatasetVersion second = releasing.release(WorkedCircuit.caller(circuit.maker), circuit.projectId, WorkedCircuit.asked(3), null);
        assertEquals(2, second.number());
        assertEquals(150 * 3_600_000L, second.stock().labour().observedMillis());
        assertEquals(45_000, second.cost().cMinor());
        assertEquals(63_000, second.cost().vMinor());
        assertFalse(second.hours().takenOver().observedMillis() == 0);
        given().auth().oauth2(circuit.maker.token()).contentType("application/json")
                .body("{\"versionId\": \"%s\", \"buyerOrganisationId\": \"%s\", \"priceMinor\": 1, \"runsTotal\": 1}".formatted(circuit.version.versionId(), circuit.modelMaker.organisationId()))
                .post("/api/licences/offers").then().statusCode(409).body("code", equalTo("REPLACED"));
    }
}
