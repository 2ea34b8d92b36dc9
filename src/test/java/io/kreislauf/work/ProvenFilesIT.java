package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.seal.Sealing;
import io.kreislauf.testing.OfflineVerifier;
import io.kreislauf.testing.OfflineVerifier.Verdict;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A payslip and a report are files that prove themselves to whoever has them, without the server. */
@QuarkusTest
class ProvenFilesIT {

    @Inject
    Sealing sealing;

    @TempDir
    Path files;

    private Verdict verify(String file) throws IOException, InterruptedException {
        return new OfflineVerifier(files).verify(file);
    }

    @Test
    void aPayslipProvesEachPaymentAndShowsNothingOfTheEmployersBook() throws Exception {
        WorkFixture work = new WorkFixture(3, "");
        TestPerson anna = TestPeople.annotator("KE");
        for (int i = 0; i < 3; i++) {
            work.label(anna, "pos");
        }
        as(work.requester).post("/api/projects/{id}/approve-rest", work.projectId).then().statusCode(200);
        as(work.requester).body("{\"projectId\": \"%s\"}".formatted(work.projectId)).post("/api/payouts").then().statusCode(201);
        String payslip = as(anna).get("/api/me/payslips").then().statusCode(200).body("items[0].proofHref", startsWith("/api/me/payslips/"))
                .extract().path("items[0].proofHref");
        String file = await().atMost(Duration.ofSeconds(30)).until(() -> {
            sealing.now();
            var answer = as(anna).get(payslip);
            return answer.statusCode() == 200 ? answer.asString() : null;
        }, one -> one != null);

        Verdict good = verify(file);
        assertEquals(0, good.exit(), good.says());
        assertTrue(good.says().contains("payslip of 75 USD"), good.says());
        assertFalse(file.contains("ESCROW") || file.contains("WAGES_DUE"), "the requester's legs stay closed");
        assertEquals(1, verify(file.replace("\"totalMinor\":75", "\"totalMinor\":76")).exit());
        assertEquals(1, verify(file.replace("\"amountMinor\":75", "\"amountMinor\":76").replace("\"totalMinor\":75", "\"totalMinor\":76")).exit());
        Verdict legs = verify(file.replace("\"amount\":75", "\"amount\":76"));
        assertEquals(1, legs.exit());
        assertTrue(legs.says().contains("are not those of the entry"), legs.says());
        as(TestPeople.annotator("KE")).get(payslip).then().statusCode(404);
    }

    @Test
    void aReportNamesItsSealedHeadAndProvesThatNothingWasChanged() throws Exception {
        TestPerson researcher = TestPeople.person("researcher", null);
        WorkFixture work = new WorkFixture(1, "");
        work.label(TestPeople.annotator("KE"), "pos");
        String report = as(researcher).get("/api/reports/wages?by=region").then().statusCode(200).extract().asString();
        Verdict good = verify(report);
        assertEquals(0, good.exit(), good.says());
        assertTrue(good.says().contains("OK: report wages by region"), good.says());
        Verdict changed = verify(report.replace("\"resamples\":1", "\"resamples\":2"));
        assertEquals(1, changed.exit(), "the parameters are part of what is hashed");
        assertTrue(changed.says().contains("the report was changed"), changed.says());
        assertEquals(1, verify(report.replaceFirst("\"root\":\"..", "\"root\":\"00")).exit());
        long watermark = io.restassured.path.json.JsonPath.from(report).getLong("watermark.tx");
        work.label(TestPeople.annotator("KE"), "neg");
        sealing.now();
        assertEquals(report, as(researcher).get("/api/reports/wages?by=region&watermark=" + watermark).then().statusCode(200).extract().asString(),
                "run again at its watermark it is the same to the byte, its head too");
        as(researcher).get("/api/reports/wages?by=region&watermark=" + Long.MAX_VALUE).then().statusCode(409);
    }
}
