package io.kreislauf.work;

import static io.kreislauf.work.Verdicts.appeal;
import static io.kreislauf.work.Verdicts.approve;
import static io.kreislauf.work.Verdicts.decideAppeal;
import static io.kreislauf.work.Verdicts.reject;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.audit.Auditing;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What reaches a project after a release, through the front door, leg by leg: an appeal that is won, work that is given back, the end without another version. */
@QuarkusTest
class AfterReleaseIT {

    private static final Duration WORK = Duration.ofSeconds(20);

    @Inject
    Balances balances;
    @Inject
    Auditing auditing;

    private WorkFixture work;
    private TestPerson anna;
    private String project;
    private String org;
    private String annotator;
    private String rejected;
    private long rejectedMillis;
    private String version;

    @BeforeEach
    void oneLabelIsReleasedAndOneIsRejected() throws Exception {
        work = new WorkFixture(4, "\"labelsWanted\": 1, \"reserveMinor\": 100");
        anna = TestPeople.annotator("KE");
        project = work.projectId;
        org = work.requester.organisationId().toString();
        annotator = anna.personId().toString();
        String kept = submitted().getString("submissionId");
        JsonPath wrong = submitted();
        rejected = wrong.getString("submissionId");
        rejectedMillis = wrong.getLong("bookedMillis");
        assertTrue(rejectedMillis >= WORK.toMillis(), "it was worked");
        approve(work.reviewer, kept).statusCode(200);
        reject(work.reviewer, rejected, "Not read").statusCode(200);
        assertEquals(legs(org + " LABOUR PRODUCTION:" + project + ":rejected", rejectedMillis, org + " LABOUR PRODUCTION:" + project + ":direct", -rejectedMillis,
                annotator + " LABOUR EXPENDED:direct", rejectedMillis, annotator + " LABOUR EXPENDED:rejected", -rejectedMillis), booked("WorkRejected"));
        version = release(1);
        assertEquals(0, held("LABOUR", "PRODUCTION:" + project + ":rejected"), "the release took them");
    }

    private JsonPath submitted() {
        JsonPath claim = work.claimed(anna, 1);
        String claimId = claim.getString("claims[0].claimId");
        worked(claimId);
        return work.submit(anna, claimId, claim.get("claims[0].fencingVersion"), "pos").statusCode(200).extract().jsonPath();
    }

    private void worked(String claimId) {
        UUID tab = UUID.randomUUID();
        heartbeat(anna, tab, state("shown", claimId, 0)).statusCode(200);
        TestClock.advance(WORK);
        heartbeat(anna, tab, state("active", claimId, 0)).statusCode(200);
    }

    /** When the working version has so many rows. */
    private String release(int rows) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> as(work.requester).get("/api/projects/{id}/dataset", project).then().statusCode(200).body("rows", equalTo(rows)));
        ValidatableResponse[] answer = new ValidatableResponse[1];
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() ->
                answer[0] = as(work.requester).body("{\"name\": \"Sounds\", \"licences\": 2}").post("/api/projects/{id}/releases", project).then().statusCode(201));
        return answer[0].extract().path("versionId");
    }

    private void appealIsWon() throws Exception {
        String appeal = appeal(anna, rejected, "I did").statusCode(201).extract().path("appealId");
        decideAppeal(work.requester, appeal, true, "Right").statusCode(200).body("state", equalTo("won"));
        assertEquals(legs(annotator + " LABOUR EXPENDED:rejected", rejectedMillis, annotator + " LABOUR EXPENDED:direct", -rejectedMillis,
                org + " USD PRODUCTION:" + project + ":v", 25L, org + " USD WAGES_DUE:" + annotator, -25L,
                annotator + " USD WAGES_RECEIVABLE:" + org, 25L, annotator + " USD WAGES:" + org, -25L), booked("RejectionOverturned"));
        JsonPath released = as(work.requester).get("/api/datasets/{id}", version).then().statusCode(200).extract().jsonPath();
        assertEquals(rejectedMillis, released.getLong("millisByClass.rejected"), "the release keeps its classes as of its watermark");
    }

    @Test
    void aWonAppealChangesTheAnnotatorsClassAloneAndItsWageGoesIntoTheNextVersion() throws Exception {
        long hoursOfTheFirst = held("LABOUR", "COMMODITY:" + version);
        appealIsWon();
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).body("totalMinor", equalTo(50));
        assertEquals(50, balances(annotator).get("USD CASH"));

        Map<String, Long> late = production();
        assertEquals(25L, late.get("USD PRODUCTION:" + project + ":v"));
        long lateHours = late.entrySet().stream().filter(entry -> entry.getKey().startsWith("LABOUR ")).mapToLong(Map.Entry::getValue).sum();
        String next = release(2);
        assertEquals(Map.of(), production());
        assertEquals(50, held("USD", "COMMODITY:" + next + ":v"), "its own 25 and what the unsold first one cost");
        assertEquals(0, held("USD", "COMMODITY:" + version + ":v"));
        assertEquals(hoursOfTheFirst + lateHours, held("LABOUR", "COMMODITY:" + next));
        assertEquals(0, held("LABOUR", "COMMODITY:" + version));
        nothingIsBroken();
    }

    @Test
    void whatComesTooLateForAnyVersionIsCostOfTheLastOnesSalesAndItsHoursAreUnrealised() throws Exception {
        JsonPath claim = work.claimed(anna, 1);
        worked(claim.getString("claims[0].claimId"));
        as(anna).body(Map.of("fencingVersion", claim.getLong("claims[0].fencingVersion"))).post("/api/claims/{id}/return", claim.getString("claims[0].claimId"))
                .then().statusCode(200);
        long returned = held("LABOUR", "PRODUCTION:" + project + ":returned");
        assertTrue(returned >= WORK.toMillis(), "given back, and given");
        appealIsWon();
        as(work.requester).body("{}").post("/api/payouts").then().statusCode(201).body("totalMinor", equalTo(50));
        as(work.requester).header("Idempotency-Key", "early" + project).post("/api/projects/{id}/late-costs", project).then().statusCode(409).body("code", equalTo("WRONG_STATE"));
        work.doing("close");
        Map<String, Long> late = production();
        long lateHours = late.entrySet().stream().filter(entry -> entry.getKey().startsWith("LABOUR ")).mapToLong(Map.Entry::getValue).sum();

        for (int i = 0; i < 2; i++) {
            as(work.requester).header("Idempotency-Key", "late" + project).post("/api/projects/{id}/late-costs", project).then().statusCode(201)
                    .body("versionId", equalTo(version)).body("costs[0].vMinor", equalTo(25)).body("observedMillis", equalTo((int) lateHours));
        }
        Map<String, Long> expected = legs(org + " USD COST_OF_SALES:" + version + ":v", 25L, org + " LABOUR UNREALISED:" + version, lateHours);
        late.forEach((account, amount) -> expected.put(org + " " + account, -amount));
        assertEquals(expected, booked("LateCostsSettled"));
        assertEquals(Map.of(), production());
        as(work.requester).header("Idempotency-Key", "again" + project).post("/api/projects/{id}/late-costs", project).then().statusCode(409).body("code", equalTo("NOTHING_LATE"));
        nothingIsBroken();
    }

    private static Map<String, Long> legs(Object... linesAndAmounts) {
        Map<String, Long> legs = new TreeMap<>();
        for (int i = 0; i < linesAndAmounts.length; i += 2) {
            legs.put((String) linesAndAmounts[i], (Long) linesAndAmounts[i + 1]);
        }
        return legs;
    }

    /** The legs of the one entry of this event in the organisation's book. */
    private Map<String, Long> booked(String event) throws Exception {
        try (var connection = TestDatabase.asApplication(); var select = connection.prepareStatement("""
                select leg.book || ' ' || leg.commodity || ' ' || leg.account, leg.amount from ledger_entry e
                 cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                 where e.event = ? and cast(? as uuid) = any (e.books)
                """)) {
            select.setString(1, event);
            select.setString(2, org);
            Map<String, Long> legs = new TreeMap<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    assertEquals(null, legs.put(row.getString(1), row.getLong(2)), "one entry");
                }
            }
            return legs;
        }
    }

    private Map<String, Long> balances(String book) {
        return balances.of(Book.of(book)).stream().filter(balance -> balance.amount() != 0)
                .collect(Collectors.toMap(balance -> balance.commodity() + " " + balance.account(), balance -> balance.amount()));
    }

    private long held(String commodity, String account) {
        return balances(org).getOrDefault(commodity + " " + account, 0L);
    }

    private Map<String, Long> production() {
        return balances(org).entrySet().stream().filter(entry -> entry.getKey().contains(" PRODUCTION:" + project))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void nothingIsBroken() {
        assertEquals(Set.of(), auditing.audit(true).invariants().stream().flatMap(finding -> finding.breaches().stream()).map(Object::toString)
                .filter(breach -> Set.of(org, annotator, project, version).stream().anyMatch(breach::contains)).collect(Collectors.toSet()));
    }
}
