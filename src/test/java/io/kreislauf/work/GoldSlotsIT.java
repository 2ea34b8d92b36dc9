package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.claimItem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Labels of items whose answer is known, among others, told apart by nobody who labels. */
@QuarkusTest
class GoldSlotsIT {

    private static final String GOLD_KEYS = "select external_key, 1 from item where project_id = ?::uuid and gold is not null";
    private static final String GOLD_SLOTS = """
            select state || case when item_id is null then '' else ' with item' end, count(*) from slot where project_id = ?::uuid and gold group by 1
            """;

    @Inject
    Balances balances;

    @Inject
    Sweeping sweeping;

    private TestPerson requester;

    /** Twenty ordinary items, each wanted once, and {@code gold} items whose answer is pos. */
    private String published(int gold, String settings) throws SQLException {
        String projectId = drafted(20, gold, settings);
        as(requester).post("/api/projects/{id}/publish", projectId).then().statusCode(201);
        return projectId;
    }

    private String drafted(int ordinary, int gold, String settings) throws SQLException {
        UUID organisation = TestPeople.organisation("manufacturer");
        TestFunds.deposit(organisation, "USD", 1_000_000);
        requester = TestPeople.person("requester", organisation);
        String projectId = as(requester).body("""
                {"title": "Sentiment", "currency": "USD", "rewardMinor": 25, "estimateSeconds": 60, "prefetchLimit": 50, "form": %s, %s}
                """.formatted(WorkFixture.FORM, settings)).post("/api/projects").then().statusCode(201).extract().path("projectId");
        String csv = IntStream.range(0, ordinary + gold).mapToObj(i -> i < ordinary ? "o%d,text %d,".formatted(i, i) : "g%d,text %d,pos".formatted(i, i))
                .collect(Collectors.joining("\n", "key,text,gold\n", "\n"));
        given().auth().oauth2(requester.token()).contentType("text/csv; charset=UTF-8").body(csv).post("/api/projects/{id}/items", projectId).then().statusCode(201);
        return projectId;
    }

    private static JsonPath claim(TestPerson annotator, String projectId, int count) {
        return as(annotator).body(Map.of("projectId", projectId, "count", count)).post("/api/claims").then().statusCode(201).extract().jsonPath();
    }

    private static Set<String> goldOf(TestPerson annotator, String projectId) throws SQLException {
        return WorkFixture.counts("""
                select i.external_key, count(*) from claim c join item i using (item_id)
                 where c.annotator_id = ? and c.project_id = ?::uuid and i.gold is not null and c.state <> 'lapsed' group by 1
                """, annotator.personId(), projectId).keySet();
    }

    @Test
    void theyAreFundedWithTheOthersAndGoBackWithThem() throws SQLException {
        String projectId = drafted(20, 2, "\"goldPercent\": 14");
        as(requester).get("/api/projects/{id}/cost", projectId).then().statusCode(200).body("labels", equalTo(23)).body("rewardsMinor", equalTo(23 * 25));
        as(requester).post("/api/projects/{id}/publish", projectId).then().statusCode(201).body("goldPercent", equalTo(14)).body("itemsNamedBy", equalTo("nobody"));
        assertEquals(Map.of("open", 3L), WorkFixture.counts(GOLD_SLOTS, projectId), "14 % of 20, rounded up");
        assertEquals(23 * 25, escrow(projectId));
        as(requester).body("{\"labelsWanted\": 2}").post("/api/projects/{id}/extend", projectId).then().statusCode(201);
        assertEquals(Map.of("open", 6L), WorkFixture.counts(GOLD_SLOTS, projectId));
        assertEquals(46 * 25, escrow(projectId));
        as(requester).post("/api/projects/{id}/close", projectId).then().statusCode(201);
        assertEquals(0, escrow(projectId));
    }

    private long escrow(String projectId) {
        return balances.of(new Book(requester.organisationId()), Commodity.money("USD"), Account.escrow(UUID.fromString(projectId)));
    }

    @Test
    void eachPersonGetsEachKnownItemAtMostOnceAndNobodyIsToldWhichItIs() throws SQLException {
        String projectId = published(4, "\"goldPercent\": 50, \"labelsWanted\": 2");
        List<TestPerson> people = List.of(TestPeople.annotator("KE"), TestPeople.annotator("KE"));
        Set<String> shapes = new HashSet<>();
        for (TestPerson person : people) {
            JsonPath claims = claim(person, projectId, 15);
            assertEquals(15, claims.getList("claims").size());
            claims.<Map<String, Object>>getList("claims").forEach(c -> shapes.add(new TreeMap<>(c).keySet() + " " + ((Map<?, ?>) c.get("content")).keySet()));
            as(person).get("/api/claims").then().body("claims.findAll { it.itemKey != null || it.itemId != null || it.gold != null }", empty());
        }
        assertEquals(1, shapes.size(), shapes.toString());
        assertFalse(shapes.toString().contains("item") || shapes.toString().contains("gold"), shapes.toString());
        String some = goldOf(people.getFirst(), projectId).iterator().next();
        assertNotNull(some, "a third of the slots are gold: of fifteen at least one is");
        for (TestPerson person : people) {
            JsonPath rest = claim(person, projectId, 15);
            assertTrue(rest.getList("claims").size() + 15 <= 24, "never a known item twice");
        }
        as(people.getFirst()).get("/api/tasks/{id}", projectId).then().body("goldPercent", equalTo(50)).body("gold", nullValue())
                .body("available", equalTo(0));
        assertEquals(Map.of(), WorkFixture.counts("select state, count(*) from slot where project_id = ?::uuid and not gold and state = 'open' group by 1", projectId));
    }

    @Test
    void aSlotThatIsGivenBackOrTimesOutGetsItsItemAnewAndALateLabelKeepsIt() throws SQLException {
        String projectId = published(1, "\"goldPercent\": 5, \"deadlineMinutes\": 10, \"leaseMinutes\": 2");
        TestPerson anna = TestPeople.annotator("KE");
        JsonPath claims = claim(anna, projectId, 21);
        assertEquals(Map.of("claimed with item", 1L), WorkFixture.counts(GOLD_SLOTS, projectId));
        String gold = goldClaim(anna, projectId);
        giveBack(anna, claims, gold);
        assertEquals(Map.of("open", 1L), WorkFixture.counts(GOLD_SLOTS, projectId));
        assertEquals(0, claim(anna, projectId, 1).getList("claims").size(), "never an item twice");
        TestPerson ben = TestPeople.annotator("KE");
        assertEquals(0, claim(ben, projectId, 1).getList("claims").size(), "a gold slot alone would tell that it is one");
        claims.<String>getList("claims.claimId").stream().filter(id -> !id.equals(gold)).forEach(id -> giveBack(anna, claims, id));
        // The last of all is given to nobody who has no other task beside it: the gold slot is the second.
        putSecond(projectId);
        JsonPath his = claim(ben, projectId, 21);
        assertEquals(Map.of("claimed with item", 1L), WorkFixture.counts(GOLD_SLOTS, projectId));
        String claimId = goldClaim(ben, projectId);
        WorkFixture.heartbeat(ben, UUID.randomUUID(), WorkFixture.state("shown", claimId, 0)).statusCode(200);
        TestClock.advance(Duration.ofMinutes(11));
        sweeping.endWhatIsOver();
        assertEquals("open", WorkFixture.counts(GOLD_SLOTS, projectId).keySet().iterator().next());
        submit(ben, claimId, versionOf(his, claimId), "pos");
        assertEquals(Map.of("filled with item", 1L), WorkFixture.counts(GOLD_SLOTS, projectId));
        assertEquals(21, claims.getList("claims").size());
    }

    /** Of known and other items alike: an answer given for a claim that lapsed can go with the newer claim of the same item. */
    @Test
    void aTaskThatIsTakenAnewTellsWhichOneItWas() throws SQLException {
        String projectId = published(1, "\"goldPercent\": 5, \"labelsWanted\": 1, \"leaseMinutes\": 2");
        putSecond(projectId);
        TestPerson anna = TestPeople.annotator("KE");
        Map<String, String> before = new TreeMap<>();
        JsonPath lapsed = claim(anna, projectId, 21);
        lapsed.<Map<String, Object>>getList("claims").forEach(c -> {
            assertEquals(c.get("claimId"), c.get("taskId"));
            before.put(c.get("content").toString(), (String) c.get("claimId"));
        });
        assertEquals(21, before.size());
        for (int round = 0; round < 2; round++) {
            TestClock.advance(Duration.ofMinutes(3));
            sweeping.endWhatIsOver();
            claim(anna, projectId, 21).<Map<String, Object>>getList("claims").forEach(c -> assertEquals(before.get(c.get("content").toString()), c.get("taskId")));
        }
        as(anna).get("/api/claims").then().body("claims.taskId.toSet()", equalTo(new HashSet<>(before.values())));
        String first = before.values().iterator().next();
        as(anna).body("{\"fencingVersion\": %s, \"formVersion\": 1, \"answer\": {\"sentiment\": \"pos\"}}".formatted(versionOf(lapsed, first)))
                .post("/api/claims/{id}/submit", first).then().statusCode(409).body("code", equalTo("FENCED"));
        JsonPath anew = as(anna).get("/api/claims").jsonPath();
        String newer = anew.getString("claims.find { it.taskId == '%s' }.claimId".formatted(first));
        submit(anna, newer, versionOf(anew, newer), "pos");
    }

    private static void putSecond(String projectId) throws SQLException {
        try (var owner = TestDatabase.asOwner(); var statement = owner.createStatement()) {
            statement.execute("""
                    update slot set rank = (select min(s.rank) + 1 from slot s where s.project_id = slot.project_id and not s.gold)
                     where project_id = '%s' and gold
                    """.formatted(projectId));
        }
    }

    private static Object versionOf(JsonPath claims, String claimId) {
        return claims.get("claims.find { it.claimId == '%s' }.fencingVersion".formatted(claimId));
    }

    private static void giveBack(TestPerson annotator, JsonPath claims, String claimId) {
        as(annotator).body("{\"fencingVersion\": %s, \"reason\": \"later\"}".formatted(versionOf(claims, claimId)))
                .post("/api/claims/{id}/return", claimId).then().statusCode(200);
    }

    @Test
    void everyClaimTakesOneFromWhatIsToldToBeThere() throws SQLException {
        String projectId = published(4, "\"goldPercent\": 50");
        TestPerson anna = TestPeople.annotator("KE");
        for (int left = 24; left > 0; left--) {
            as(anna).get("/api/tasks/{id}", projectId).then().body("available", equalTo(left));
            JsonPath claims = claim(anna, projectId, 1);
            if (claims.getList("claims").isEmpty()) {
                assertTrue(left <= 4, "only what has known answers is left");
                return;
            }
            submit(anna, claims.getString("claims[0].claimId"), claims.get("claims[0].fencingVersion"), "pos");
        }
    }

    private static String goldClaim(TestPerson annotator, String projectId) throws SQLException {
        return WorkFixture.counts("""
                select cast(c.claim_id as text), 1 from claim c join item i using (item_id) where c.annotator_id = ? and c.project_id = ?::uuid and i.gold is not null
                """, annotator.personId(), projectId).keySet().iterator().next();
    }

    private static void submit(TestPerson annotator, String claimId, Object fencingVersion, String value) {
        as(annotator).body("{\"fencingVersion\": %s, \"formVersion\": 1, \"answer\": {\"sentiment\": \"%s\"}}".formatted(fencingVersion, value))
                .post("/api/claims/{id}/submit", claimId).then().statusCode(200).body("state", equalTo("ACCEPTED"));
    }

    @Test
    void theRequesterSeesHowWellEachOneMeetsKnownAnswersUnderAPseudonym() throws SQLException {
        String projectId = published(4, "\"goldPercent\": 50");
        TestPerson anna = TestPeople.annotator("KE");
        List<String> golden = new ArrayList<>();
        JsonPath claims = claim(anna, projectId, 24);
        Set<String> known = WorkFixture.counts("""
                select cast(c.claim_id as text), 1 from claim c join item i using (item_id) where c.annotator_id = ? and i.gold is not null
                """, anna.personId()).keySet();
        assertEquals(4, known.size());
        for (int i = 0; i < claims.getList("claims").size(); i++) {
            String claimId = claims.getString("claims[%d].claimId".formatted(i));
            boolean isGold = known.contains(claimId);
            submit(anna, claimId, claims.get("claims[%d].fencingVersion".formatted(i)), isGold && golden.isEmpty() ? "neg" : "pos");
            if (isGold) {
                golden.add(claimId);
            }
        }
        as(requester).get("/api/projects/{id}/gold", projectId).then().statusCode(200).body("items", hasSize(1)).body("items[0].answered", equalTo(4))
                .body("items[0].right", equalTo(3)).body("items[0].accuracy", equalTo(0.75f)).body("items[0].low.toDouble()", closeTo(0.3006, 0.0001))
                .body("items[0].high.toDouble()", closeTo(0.9544, 0.0001)).body("items[0].annotator", not(equalTo(anna.personId().toString())));
        as(TestPeople.person("requester", TestPeople.organisation("manufacturer"))).get("/api/projects/{id}/gold", projectId).then().statusCode(404);
        as(anna).get("/api/projects/{id}/gold", projectId).then().statusCode(403);
        as(anna).get("/api/me/submissions").then().statusCode(200).body("items.findAll { it.itemKey != null }", empty());
    }

    @Test
    void whatWouldGiveThemAwayIsRefused() throws SQLException {
        String projectId = published(2, "\"goldPercent\": 10");
        claimItem(TestPeople.annotator("KE"), projectId, "o1").statusCode(409).body("code", equalTo("ITEMS_NOT_NAMED"));
        for (String settings : List.of("\"claimOrder\": \"priority\"", "\"itemsNamedBy\": \"annotators\"", "\"itemsNamedBy\": \"requester\"")) {
            as(requester).body("""
                    {"title": "T", "currency": "USD", "rewardMinor": 1, "estimateSeconds": 9, "form": %s, "goldPercent": 5, %s}
                    """.formatted(WorkFixture.FORM, settings)).post("/api/projects").then().statusCode(422).body("field", equalTo("goldPercent"))
                    .body("detail", containsString("known"));
        }
        String none = drafted(3, 0, "\"goldPercent\": 10");
        as(requester).post("/api/projects/{id}/publish", none).then().statusCode(409).body("code", equalTo("NO_GOLD"));
        String only = drafted(0, 3, "\"goldPercent\": 10");
        as(requester).post("/api/projects/{id}/publish", only).then().statusCode(409).body("code", equalTo("NO_ITEMS"));
    }

    @Test
    void withoutGoldSlotsKnownItemsAreLabelledLikeAllOthers() throws SQLException {
        String projectId = published(2, "\"labelsWanted\": 1");
        assertEquals(Map.of(), WorkFixture.counts(GOLD_SLOTS, projectId));
        assertEquals(Map.of("open", 22L), WorkFixture.counts("select state, count(*) from slot where project_id = ?::uuid group by 1", projectId));
        assertEquals(2, WorkFixture.counts(GOLD_KEYS, projectId).size());
    }
}
