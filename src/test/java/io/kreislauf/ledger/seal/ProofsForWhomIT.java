package io.kreislauf.ledger.seal;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.WageEvent.WagesPaid;
import io.kreislauf.ledger.WageEvent.WorkApproved;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.testing.OfflineVerifier;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof shows an organisation its own legs without the people in them, and a person the own legs with the organisation in them. */
@QuarkusTest
class ProofsForWhomIT {

    @Inject
    Ledger ledger;
    @Inject
    Sealing sealing;

    @TempDir
    Path files;

    private OfflineVerifier verifier;
    private TestPerson requester;
    private TestPerson anna;
    private UUID org;

    @BeforeEach
    void people() throws Exception {
        verifier = new OfflineVerifier(files);
        org = TestPeople.organisation("manufacturer");
        requester = TestPeople.person("requester", org);
        anna = TestPeople.annotator("KE");
        post(new CapitalAdvanced(UUID.randomUUID(), new Book(org), "USD", 10_000, "test"));
    }

    private UUID post(EconomicEvent event) {
        return ledger.post(event, null).orElseThrow().entryId();
    }

    /** Work, its approval and its payment. */
    private List<UUID> worked() {
        var project = UUID.randomUUID();
        var submission = UUID.randomUUID();
        var d = new Book(org);
        var w = new Book(anna.personId());
        return new ArrayList<>(List.of(
                post(new WorkSubmitted(submission, project, d, w, LabourMillis.observed(150_000), Wage.none("USD"))),
                post(new WorkApproved(submission, project, d, w, "USD", 25, 0)),
                post(new WagesPaid(UUID.randomUUID(), project, d, w, "USD", 0, 0, 25))));
    }

    private String proof(TestPerson whose, UUID entry) {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            sealing.now();
            var answer = given().auth().oauth2(whose.token()).get("/api/ledger/proofs/{id}", entry);
            assertTrue(answer.statusCode() == 200 || answer.statusCode() == 409, answer.asString());
            return answer.statusCode() == 200 ? answer.asString() : null;
        }, proof -> proof != null);
    }

    @Test
    void anOrganisationIsProvedItsLegsWithoutThePeopleInThem() throws Exception {
        for (var entry : worked()) {
            var proof = proof(requester, entry);
            assertFalse(proof.contains(anna.personId().toString()), proof);
            var good = verifier.verify(proof);
            assertEquals(0, good.exit(), good.says());
            assertTrue(good.says().matches("(?s).*(RECEIVED|WAGES_DUE):#[0-9a-f]{64} -?[0-9]+ .*"), good.says());
            var shown = JsonPath.from(proof).getList("opened[0].legs.shownAs").stream().filter(one -> one != null).findFirst().orElseThrow().toString();
            var entryShown = given().auth().oauth2(requester.token()).get("/api/ledger/entries/{id}", entry).then().extract().jsonPath();
            assertTrue(entryShown.getList("legs.account").contains(shown), "its own pseudonym, as in the books: " + shown);
            var other = verifier.verify(proof.replaceFirst(":#[0-9a-f]{4}", ":#0000"));
            assertEquals(1, other.exit(), other.says());
            assertTrue(other.says().contains("are not those of the entry"), other.says());
        }
    }

    @Test
    void aPersonIsProvedTheOwnLegsWithTheOrganisationInThem() throws Exception {
        for (var entry : worked()) {
            var proof = proof(anna, entry);
            var good = verifier.verify(proof);
            assertEquals(0, good.exit(), good.says());
            assertTrue(good.says().contains("book " + anna.personId()), good.says());
            assertTrue(good.says().matches("(?s).*(GIVEN|WAGES|WAGES_RECEIVABLE):" + org + " .*"), good.says());
            var other = verifier.verify(proof.replace("\"id\":\"" + org, "\"id\":\"" + UUID.randomUUID()));
            assertEquals(1, other.exit(), other.says());
            assertTrue(other.says().contains("is not who the account"), other.says());
        }
    }

    @Test
    void aProofIsForWhoeverMaySeeABookOfTheEntry() throws Exception {
        var entry = worked().getFirst();
        proof(anna, entry);
        var ben = TestPeople.annotator("KE");
        var stranger = TestPeople.person("requester", TestPeople.organisation("model-maker"));
        var reviewer = TestPeople.person("reviewer", org);
        for (var other : List.of(ben, stranger, reviewer)) {
            given().auth().oauth2(other.token()).get("/api/ledger/proofs/{id}", entry).then().statusCode(404);
        }
        given().auth().oauth2(TestPeople.person("researcher", null).token()).get("/api/ledger/proofs/{id}", entry).then().statusCode(403);
        given().get("/api/ledger/proofs/{id}", entry).then().statusCode(401);
        var everything = JsonPath.from(proof(TestPeople.person("operator", null), entry));
        assertEquals(2, everything.getList("opened").size());
    }

    /** What was written before ids were closed in accounts. */
    @Test
    void ofAnOldEntryTheLegsThatNamePeopleStayClosedAndTheProofHolds() throws Exception {
        List<UUID> entries;
        salts("uuid_send(gen_random_uuid())");
        try {
            entries = worked();
        } finally {
            salts("'\\x02'::bytea || uuid_send(gen_random_uuid())");
        }
        for (var entry : entries) {
            var theirs = proof(requester, entry);
            assertTrue(theirs.contains("\"header\":\"" + HexFormat.of().formatHex("KLLEAF1\n".getBytes())), theirs);
            assertFalse(theirs.contains(anna.personId().toString()), theirs);
            assertEquals(List.of(org.toString()), JsonPath.from(theirs).getList("closed"));
            var good = verifier.verify(theirs);
            assertEquals(0, good.exit(), good.says());
            var own = verifier.verify(proof(anna, entry));
            assertEquals(0, own.exit(), own.says());
            assertTrue(own.says().contains(":" + org + " "), own.says());
        }
    }

    private static void salts(String expression) throws Exception {
        try (var connection = TestDatabase.asOwner(); var statement = connection.createStatement()) {
            statement.execute("alter table ledger_entry alter column salt set default " + expression);
        }
    }
}
