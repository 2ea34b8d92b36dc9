package io.kreislauf.project;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ProjectIT {

    private static final String DRAFT = """
            {"title": "Sentiment", "purpose": "To test", "guidelines": "Choose.", "currency": "USD", "rewardMinor": 25,
             "estimateSeconds": 150, "labelsWanted": 2, "labelsMax": 3, "floorMinorPerHour": 420, "reserveMinor": 1000,
             "examples": [{"content": {"text": "Nice"}, "answer": {"sentiment": "pos"}}],
             "form": {"questions": [{"name": "sentiment", "title": "How does it sound?", "choices": [
                {"value": "pos", "title": "Positive", "key": "1"}, {"value": "neg", "title": "Negative", "key": "2"}]}]}}
            """;

    @Inject
    Balances balances;

    private TestPerson requester;
    private String token;

    @BeforeEach
    void anOrganisationWithMoney() throws SQLException {
        requester = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        token = requester.token();
        TestFunds.deposit(requester.organisationId(), "USD", 10_000);
    }

    private RequestSpecification asRequester() {
        return given().auth().oauth2(token).contentType("application/json");
    }

    private RequestSpecification asRequesterOfJsonLines() {
        return given().config(RestAssured.config().encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs("application/x-ndjson", ContentType.TEXT)))
                .auth().oauth2(token).contentType("application/x-ndjson");
    }

    @Test
    void aDraftSentTwiceWithOneKeyIsOneProject() {
        var key = UUID.randomUUID().toString();
        String first = asRequester().header("Idempotency-Key", key).body(DRAFT).post("/api/projects").then().statusCode(201).extract().path("projectId");
        asRequester().header("Idempotency-Key", key).body(DRAFT).post("/api/projects").then().statusCode(201).body("projectId", equalTo(first));
        asRequester().header("Idempotency-Key", key).body(DRAFT.replaceFirst("\"title\":\\s*\"", "$0Another ")).post("/api/projects").then().statusCode(409)
                .body("code", equalTo("KEY_REUSED"));
    }

    private String drafted() {
        return drafted(DRAFT);
    }

    private String drafted(String draft) {
        return asRequester().body(draft).post("/api/projects").then().statusCode(201).extract().path("projectId");
    }

    private ValidatableResponse imported(String projectId, String csv) {
        return given().auth().oauth2(token).contentType("text/csv; charset=UTF-8").body(csv).post("/api/projects/{id}/items", projectId).then();
    }

    private ValidatableResponse doing(String what, String projectId) {
        return asRequester().post("/api/projects/{id}/" + what, projectId).then();
    }

    private String published() {
        String projectId = drafted();
        imported(projectId, csv(10)).statusCode(201);
        doing("publish", projectId).statusCode(201);
        return projectId;
    }

    private static String csv(int rows) {
        return IntStream.rangeClosed(1, rows).mapToObj(i -> "k%d,text %d".formatted(i, i)).collect(Collectors.joining("\n", "key,text\n", "\n"));
    }

    private long balance(Account account) {
        return balances.of(new Book(requester.organisationId()), Commodity.money("USD"), account);
    }

    private Map<String, Long> slotsByState(String projectId) throws SQLException {
        try (var connection = TestDatabase.asApplication();
             var select = connection.prepareStatement("select state, count(*) from slot where project_id = ? group by state")) {
            select.setObject(1, UUID.fromString(projectId));
            Map<String, Long> slots = new java.util.TreeMap<>();
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    slots.put(rows.getString(1), rows.getLong(2));
                }
            }
            return slots;
        }
    }

    @Test
    void aDraftIsKeptAsItWasSentWithDefaultsForTheRest() {
        asRequester().get("/api/projects/{id}", drafted()).then().statusCode(200)
                .body("title", equalTo("Sentiment")).body("state", equalTo("draft")).body("payRule", equalTo("piece"))
                .body("estimateMillis", equalTo(150_000)).body("idleMillis", equalTo(60_000)).body("trainSharePercent", equalTo(70))
                .body("advertisedMinorPerHour", equalTo(600)).body("form.questions[0].choices[1].value", equalTo("neg"))
                .body("form.questions[0].required", equalTo(true)).body("examples[0].answer.sentiment", equalTo("pos"))
                .body("createdAt", notNullValue()).body("publishedAt", nullValue());
    }

    @Test
    void aDraftCanBeChangedFieldByField() {
        String projectId = drafted();
        asRequester().body("{\"rewardMinor\": 30, \"labelsMax\": null}").patch("/api/projects/{id}", projectId).then().statusCode(200)
                .body("rewardMinor", equalTo(30)).body("labelsMax", nullValue()).body("title", equalTo("Sentiment")).body("formVersion", equalTo(1));
    }

    @Test
    void aFaultyDraftNamesTheField() {
        asRequester().body(DRAFT.replace("\"USD\"", "\"XXY\"")).post("/api/projects").then().statusCode(422)
                .contentType("application/problem+json").body("field", equalTo("currency")).body("remedy", notNullValue());
        asRequester().body(DRAFT.replace("\"labelsMax\": 3", "\"labelsMax\": 1")).post("/api/projects").then().statusCode(422).body("field", equalTo("labelsMax"));
        asRequester().body(DRAFT.replace("\"neg\"", "\"pos\"")).post("/api/projects").then().statusCode(422)
                .body("field", equalTo("form.questions[0].choices[1].value"));
        asRequester().body(DRAFT.replace("\"rewardMinor\": 25", "\"rewardMinor\": -1")).post("/api/projects").then().statusCode(422).body("field", equalTo("rewardMinor"));
        asRequester().body("{\"titel\": 1}").post("/api/projects").then().statusCode(400).body("code", equalTo("UNREADABLE"));
    }

    @Test
    void anotherOrganisationsProjectIsNotThere() throws SQLException {
        String projectId = drafted();
        TestPerson stranger = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        String strangersToken = stranger.token();
        for (String path : new String[] {"", "/items", "/cost"}) {
            given().auth().oauth2(strangersToken).get("/api/projects/{id}" + path, projectId).then().statusCode(404).body("code", equalTo("NOT_FOUND"));
        }
        for (String action : new String[] {"publish", "pause", "resume", "close", "cancel", "extend"}) {
            given().auth().oauth2(strangersToken).contentType("application/json").post("/api/projects/{id}/" + action, projectId).then().statusCode(404);
        }
        given().auth().oauth2(strangersToken).contentType("text/csv").body(csv(1)).post("/api/projects/{id}/items", projectId).then().statusCode(404);
        given().auth().oauth2(strangersToken).get("/api/projects").then().statusCode(200).body("items", hasSize(0));
    }

    @Test
    void projectsAreListedNewestFirstAPageAtATime() {
        String first = drafted();
        String second = drafted();
        String next = asRequester().get("/api/projects?limit=1").then().body("items", hasSize(1)).body("items[0].projectId", equalTo(second))
                .extract().path("next");
        asRequester().get("/api/projects?limit=1&after=" + next).then().body("items[0].projectId", equalTo(first)).body("next", nullValue());
        asRequester().get("/api/projects?limit=0").then().statusCode(422).body("field", equalTo("limit"));
    }

    @Test
    void itemsComeInWithWhatIsKnownOfThem() {
        String projectId = drafted();
        imported(projectId, "\uFEFFkey,text,labelsWanted,gold,source,licence,lawfulBasis\na,\"One, two\",3,pos,own,CC0-1.0,authored\nb,Three,,,,,\n")
                .statusCode(201).body("imported", equalTo(2));
        asRequester().get("/api/projects/{id}/items", projectId).then().statusCode(200)
                .body("items.externalKey", equalTo(java.util.List.of("a", "b"))).body("items[0].content.text", equalTo("One, two"))
                .body("items[0].gold.sentiment", equalTo("pos")).body("items[0].labelsWanted", equalTo(3)).body("items[0].licence", equalTo("CC0-1.0"));
    }

    @Test
    void aBadRowIsReportedAndNothingIsHalfImported() {
        String projectId = drafted();
        imported(projectId, csv(2500) + "k2501\n,empty key\nk1,again\n").statusCode(422).body("code", equalTo("FAULTY_ROWS"))
                .body("errors.line", hasItems(2502, 2503)).body("errors[0].column", equalTo("text"));
        asRequester().get("/api/projects/{id}/items", projectId).then().body("items", hasSize(0));
    }

    @Test
    void aKeyComesInOnce() {
        String projectId = drafted();
        imported(projectId, "key,text\na,one\nb,two\na,three\n").statusCode(422).body("errors", hasSize(1)).body("errors[0].line", equalTo(4))
                .body("errors[0].column", equalTo("key")).body("errors[0].message", containsString("line 2"));
        imported(projectId, csv(3)).statusCode(201);
        imported(projectId, "key,text\nk9,new\nk2,old\n").statusCode(422).body("errors[0].line", equalTo(3));
        imported(projectId, csv(2002).replace("k2002", "k1999")).statusCode(422);
        asRequester().get("/api/projects/{id}/items", projectId).then().body("items", hasSize(3));
    }

    @Test
    void jsonLinesComeInToo() {
        String projectId = drafted();
        asRequesterOfJsonLines().body("{\"key\": \"a\", \"text\": \"One\", \"gold\": \"pos\"}\n{\"key\": \"b\", \"text\"\n")
                .post("/api/projects/{id}/items", projectId).then().statusCode(422).body("errors[0].line", equalTo(2));
        asRequesterOfJsonLines().body("{\"key\": \"a\", \"text\": \"One\", \"gold\": \"pos\"}\n")
                .post("/api/projects/{id}/items", projectId).then().statusCode(201).body("imported", equalTo(1));
    }

    @Test
    void theCostIsToldBeforeAnythingIsPaid() {
        String projectId = drafted();
        imported(projectId, csv(10)).statusCode(201);
        asRequester().get("/api/projects/{id}/cost", projectId).then().statusCode(200)
                .body("items", equalTo(10)).body("labels", equalTo(30)).body("rewardsMinor", equalTo(750)).body("reserveMinor", equalTo(1000))
                .body("totalMinor", equalTo(1750)).body("cashMinor", equalTo(10_000)).body("missingMinor", equalTo(0))
                .body("advertisedMinorPerHour", equalTo(600));
    }

    @Test
    void publishingFundsEverySlotAndOpensThoseWanted() throws SQLException {
        String projectId = published();
        assertEquals(Map.of("open", 20L, "unopened", 10L), slotsByState(projectId));
        assertEquals(750, balance(Account.escrow(UUID.fromString(projectId))));
        assertEquals(1000, balance(Account.reserve(UUID.fromString(projectId))));
        assertEquals(8250, balance(Account.CASH));
        asRequester().get("/api/projects/{id}", projectId).then().body("state", equalTo("published")).body("publishedAt", notNullValue());
    }

    @Test
    void publishingWithoutFundsChangesNothingAndSaysWhatIsMissing() throws SQLException {
        String projectId = drafted(DRAFT.replace("\"rewardMinor\": 25", "\"rewardMinor\": 1000"));
        imported(projectId, csv(10)).statusCode(201);
        doing("publish", projectId).statusCode(409).body("code", equalTo("NO_FUNDS")).body("detail", containsString("21000 are missing"));
        assertEquals(Map.of(), slotsByState(projectId));
        assertEquals(10_000, balance(Account.CASH));
    }

    @Test
    void aProjectIsPublishedOnceAndOnlyWithItems() throws SQLException {
        String projectId = drafted();
        doing("publish", projectId).statusCode(409).body("code", equalTo("NO_ITEMS"));
        imported(projectId, csv(1)).statusCode(201);
        String key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            asRequester().header("Idempotency-Key", key).post("/api/projects/{id}/publish", projectId).then().statusCode(201).body("state", equalTo("published"));
        }
        doing("publish", projectId).statusCode(409).body("code", equalTo("WRONG_STATE"));
        assertEquals(75, balance(Account.escrow(UUID.fromString(projectId))));
        asRequester().header("Idempotency-Key", key).post("/api/projects/{id}/close", projectId).then().statusCode(409).body("code", equalTo("KEY_REUSED"));
    }

    @Test
    void theFutureIsRefused() {
        String projectId = drafted();
        imported(projectId, csv(1)).statusCode(201);
        asRequester().body("{\"effectiveAt\": \"2999-01-01T00:00:00Z\"}").post("/api/projects/{id}/publish", projectId).then()
                .statusCode(422).body("field", equalTo("effectiveAt"));
    }

    @Test
    void pausingHoldsAndResumingGoesOn() {
        String projectId = published();
        doing("resume", projectId).statusCode(409);
        doing("pause", projectId).statusCode(201).body("state", equalTo("paused"));
        doing("pause", projectId).statusCode(409).body("code", equalTo("WRONG_STATE"));
        doing("resume", projectId).statusCode(201).body("state", equalTo("published"));
    }

    @Test
    void aPausedProjectsFormGrowsButIsNeverNarrowed() {
        String projectId = published();
        asRequester().body("{\"title\": \"x\"}").patch("/api/projects/{id}", projectId).then().statusCode(409).body("code", equalTo("WRONG_STATE"));
        doing("pause", projectId).statusCode(201);
        String grown = "{\"form\": {\"questions\": [{\"name\": \"sentiment\", \"choices\": [{\"value\": \"pos\"}, {\"value\": \"neg\"}, {\"value\": \"mixed\"}]}]}}";
        asRequester().body(grown).patch("/api/projects/{id}", projectId).then().statusCode(200).body("formVersion", equalTo(2));
        asRequester().body(grown.replace("neg", "bad")).patch("/api/projects/{id}", projectId).then().statusCode(409).body("code", equalTo("FORM_NARROWED"));
        asRequester().body("{\"rewardMinor\": 1}").patch("/api/projects/{id}", projectId).then().statusCode(409).body("code", equalTo("PROMISED"));
    }

    @Test
    void extendingFundsNewItemsAndMoreLabels() throws SQLException {
        String projectId = published();
        imported(projectId, "key,text\nlate,one\n").statusCode(201);
        asRequester().get("/api/projects/{id}/cost", projectId).then().body("rewardsMinor", equalTo(75)).body("reserveMinor", equalTo(0));
        doing("extend", projectId).statusCode(201);
        assertEquals(Map.of("open", 22L, "unopened", 11L), slotsByState(projectId));
        asRequester().body("{\"labelsWanted\": 4, \"reserveMinor\": 50}").post("/api/projects/{id}/extend", projectId).then().statusCode(201)
                .body("labelsWanted", equalTo(4)).body("labelsMax", equalTo(4)).body("reserveMinor", equalTo(1050));
        assertEquals(Map.of("open", 44L), slotsByState(projectId));
        assertEquals(44 * 25, balance(Account.escrow(UUID.fromString(projectId))));
        asRequester().body("{\"labelsWanted\": 1}").post("/api/projects/{id}/extend", projectId).then().statusCode(422);
        asRequester().body("{\"labelsWanted\": 900}").post("/api/projects/{id}/extend", projectId).then().statusCode(409).body("code", equalTo("NO_FUNDS"));
        assertEquals(Map.of("open", 44L), slotsByState(projectId));
    }

    @Test
    void cancellingGivesBackWhatNobodyHasClaimed() throws SQLException {
        String projectId = published();
        try (var connection = TestDatabase.asApplication();
             var claim = connection.prepareStatement("update slot set state = 'claimed' where slot_id = (select slot_id from slot where project_id = ? and state = 'open' limit 1)")) {
            claim.setObject(1, UUID.fromString(projectId));
            claim.executeUpdate();
        }
        doing("cancel", projectId).statusCode(201).body("state", equalTo("cancelled")).body("closedAt", notNullValue());
        assertEquals(Map.of("claimed", 1L, "closed", 29L), slotsByState(projectId));
        assertEquals(25, balance(Account.escrow(UUID.fromString(projectId))));
        assertEquals(1000, balance(Account.reserve(UUID.fromString(projectId))), "the claimed task may still be owed a top-up");
        assertEquals(10_000 - 1025, balance(Account.CASH));
        doing("close", projectId).statusCode(409);
    }

    @Test
    void closingAProjectThatOwesNothingGivesEverythingBack() {
        String projectId = published();
        doing("close", projectId).statusCode(201).body("state", equalTo("closed"));
        assertEquals(10_000, balance(Account.CASH));
        assertEquals(0, balance(Account.escrow(UUID.fromString(projectId))));
        assertEquals(0, balance(Account.reserve(UUID.fromString(projectId))));
        imported(projectId, csv(1)).statusCode(409).body("code", equalTo("WRONG_STATE"));
    }

    @Test
    void payByTheHourHoldsTheEstimatedTimeForEachLabel() {
        String projectId = drafted(DRAFT.replace("\"rewardMinor\": 25", "\"payRule\": \"hour\", \"rewardMinor\": 1000"));
        imported(projectId, csv(1)).statusCode(201);
        doing("publish", projectId).statusCode(201);
        assertEquals(3 * 42, balance(Account.escrow(UUID.fromString(projectId))), "1000 an hour for 150 s is 41.67, rounded up");
    }
}
