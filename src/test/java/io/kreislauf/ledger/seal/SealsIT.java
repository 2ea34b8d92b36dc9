package io.kreislauf.ledger.seal;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.audit.AuditResult;
import io.kreislauf.ledger.audit.Auditing;
import io.kreislauf.ledger.book.EntryRef;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.testing.OfflineVerifier;
import io.kreislauf.testing.OfflineVerifier.Verdict;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
class SealsIT {

    @Inject
    Ledger ledger;
    @Inject
    Sealing sealing;
    @Inject
    Folding folding;
    @Inject
    Auditing auditing;

    @TempDir
    Path files;

    private TestPerson anna;
    private UUID org;

    @BeforeEach
    void people() throws Exception {
        anna = TestPeople.annotator("KE");
        org = TestPeople.organisation("manufacturer");
    }

    private EntryRef work() {
        return ledger.post(new WorkSubmitted(UUID.randomUUID(), UUID.randomUUID(), new Book(org), new Book(anna.personId()),
                LabourMillis.observed(150_000), Wage.none("USD")), null).orElseThrow();
    }

    private String proof(UUID entry) {
        return Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            sealing.now();
            var answer = given().auth().oauth2(anna.token()).get("/api/ledger/proofs/{id}", entry);
            assertTrue(answer.statusCode() == 200 || answer.statusCode() == 409, answer.asString());
            return answer.statusCode() == 200 ? answer.asString() : null;
        }, proof -> proof != null);
    }

    private Verdict verify(String proof, String... more) throws Exception {
        return new OfflineVerifier(files).verify(proof, more);
    }

    @Test
    void anEntryIsProvedOfflineToWhoeverWorkedAndShowsNothingOfTheOtherBook() throws Exception {
        var entry = work();
        var proof = proof(entry.entryId());
        var good = verify(proof);
        assertEquals(0, good.exit(), good.says());
        assertTrue(good.says().contains("EXPENDED:direct -150000 LABOUR"), good.says());
        assertFalse(proof.contains("PRODUCTION"), "the organisation's legs stay closed");
        var more = verify(proof.replace("\"amount\":-150000", "\"amount\":-150001"));
        assertEquals(1, more.exit());
        assertTrue(more.says().contains("are not those of the entry"), more.says());
        assertEquals(1, verify(proof.replaceFirst("\"root\":\"..", "\"root\":\"00")).exit());
        assertEquals(1, verify("{}").exit());
        assertEquals(1, verify(proof.substring(0, proof.length() / 2)).exit());
    }

    @Test
    void aProofForAnotherTreeIsNone() throws Exception {
        var proof = proof(work().entryId());
        var key = proof.replaceFirst(".*\"keyId\":\"([0-9a-f]+)\".*", "$1");
        assertEquals(0, verify(proof, "--key", key).exit());
        var stranger = verify(proof, "--key", "0123456789abcdef");
        assertEquals(1, stranger.exit());
        assertTrue(stranger.says().contains("not by the one you trust"), stranger.says());

        proof(work().entryId());
        var later = given().get("/api/ledger/heads?limit=1").asString().replaceFirst("^\\{\"items\":\\[(\\{[^}]*\\})\\].*", "$1");
        var ofTheLaterTree = verify(proof.replaceFirst("\"head\":\\{[^}]*\\}", "\"head\":" + later));
        assertEquals(1, ofTheLaterTree.exit(), ofTheLaterTree.says());
        assertTrue(ofTheLaterTree.says().startsWith("WRONG: "), ofTheLaterTree.says());
    }

    @Test
    void anEarlierHeadIsAPrefixOfALaterOneAlsoAfterTheKeyWasReplaced() throws Exception {
        proof(work().entryId());
        var first = given().get("/api/ledger/heads?limit=1").then().statusCode(200).extract().jsonPath().getLong("items[0].treeSize");
        var fresh = sealing.rotateKey();
        for (var i = 0; i < 5; i++) {
            proof(work().entryId());
        }
        var second = given().get("/api/ledger/heads?limit=1").then().statusCode(200).body("items[0].keyId", equalTo(fresh))
                .extract().jsonPath().getLong("items[0].treeSize");
        var proof = given().get("/api/ledger/consistency?from={first}&to={second}", first, second).then().statusCode(200).extract().asString();
        assertEquals(0, verify(proof).exit(), proof);
        given().get("/api/ledger/consistency?from={first}&to={second}", first, second + 1_000_000).then().statusCode(404);
        given().get("/api/ledger/keys").then().statusCode(200).body("find { it.keyId == '" + fresh + "' }.voucher.length()", equalTo(88));
        assertEquals("[[]]", brokenSeal());
    }

    @Test
    void oneByteChangedInAnySealedColumnIsFoundAndNamed() throws Exception {
        var entry = work();
        proof(entry.entryId());
        var id = entry.entryId();
        for (var change : new String[][] {
            {"event = 'WorkSubmittee'", "event = 'WorkSubmitted'"},
            {"posted_at = posted_at + interval '1 microsecond'", "posted_at = posted_at - interval '1 microsecond'"},
            {"source_kind = 'submissioo'", "source_kind = 'submission'"},
            {"idempotency_key = idempotency_key || 'x'", "idempotency_key = rtrim(idempotency_key, 'x')"},
            {"body = body || '{\"x\":1}'", "body = body - 'x'"},
            {"amounts = array_replace(array_replace(amounts, 150000, 150001), -150000, -150001)",
                "amounts = array_replace(array_replace(amounts, 150001, 150000), -150001, -150000)"},
            {"accounts = array_replace(accounts, 'EXPENDED:direct', 'EXPENDED:review')",
                "accounts = array_replace(accounts, 'EXPENDED:review', 'EXPENDED:direct')"}}) {
            tamper("update ledger_entry set " + change[0] + " where entry_id = '" + id + "'");
            assertTrue(brokenSeal().contains("entry " + id), change[0]);
            tamper("update ledger_entry set " + change[1] + " where entry_id = '" + id + "'");
        }
        assertEquals("[[]]", brokenSeal());
    }

    private String brokenSeal() {
        return auditing.audit(true).invariants().stream().filter(finding -> finding.invariant() == 12)
                .map(AuditResult.Finding::breaches).toList().toString();
    }

    private static void tamper(String sql) throws Exception {
        try (var connection = TestDatabase.asSuperuser(); var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            assertEquals(1, statement.executeUpdate(sql), sql);
        }
    }
}
