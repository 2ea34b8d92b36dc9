package io.kreislauf.ledger.book;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.WageEvent.WorkApproved;
import io.kreislauf.ledger.seal.Sealing;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Balances, trial balances, balance sheets and statements as of both clocks, by whoever may see the book and nobody else. */
@QuarkusTest
class BooksAsOfIT {

    private static final Instant EARLIER = LocalDate.now(ZoneOffset.UTC).minusDays(20).atTime(12, 0).toInstant(ZoneOffset.UTC);

    @Inject
    Ledger ledger;
    @Inject
    Sealing sealing;

    private TestPerson requester;
    private TestPerson anna;
    private UUID org;
    private Instant firstPosted;
    private Instant secondPosted;

    /** Posted first: the deposit of twenty days ago and the work. Posted second: 500 of nineteen days ago, and the approval of today. */
    @BeforeEach
    void twoTimes() throws Exception {
        org = TestPeople.organisation("manufacturer");
        requester = TestPeople.person("requester", org);
        anna = TestPeople.annotator("KE");
        var d = new Book(org);
        var submission = UUID.randomUUID();
        var project = UUID.randomUUID();
        ledger.post(new CapitalAdvanced(UUID.randomUUID(), d, "USD", 10_000, "test"), EARLIER);
        firstPosted = ledger.post(new WorkSubmitted(submission, project, d, new Book(anna.personId()), LabourMillis.observed(150_000), Wage.none("USD")),
                EARLIER).orElseThrow().postedAt();
        ledger.post(new CapitalAdvanced(UUID.randomUUID(), d, "USD", 500, "test"), EARLIER.plus(Duration.ofDays(1)));
        secondPosted = ledger.post(new WorkApproved(submission, project, d, new Book(anna.personId()), "USD", 25, 0), null).orElseThrow().postedAt();
        assertTrue(firstPosted.isBefore(secondPosted));
    }

    private JsonPath get(TestPerson whose, String path) {
        return given().urlEncodingEnabled(false).auth().oauth2(whose.token()).get(path).then().statusCode(200).extract().jsonPath();
    }

    private long cash(String asOf) {
        return get(requester, "/api/ledger/books/" + org + "/balances?account=CASH" + asOf).getLong("balances.find { it.account == 'CASH' }.amount");
    }

    @Test
    void eachClockIsAskedAloneAndBoth() {
        assertEquals(10_500, cash(""));
        assertEquals(10_000, cash("&effectiveAt=" + EARLIER));
        assertEquals(10_500, cash("&effectiveAt=" + EARLIER.plus(Duration.ofDays(1))));
        assertEquals(10_500, cash("&effectiveAt=" + LocalDate.ofInstant(EARLIER, ZoneOffset.UTC).plusDays(1)));
        assertEquals(10_000, cash("&postedAt=" + firstPosted));
        assertEquals(10_500, cash("&postedAt=" + secondPosted));
        assertEquals(10_000, cash("&effectiveAt=" + EARLIER + "&postedAt=" + secondPosted));
        var before = get(requester, "/api/ledger/books/" + org + "/statement?effectiveAt=" + EARLIER.minusSeconds(1));
        assertEquals(0, before.getLong("count"));
        assertEquals(List.of(), before.getList("items"));
    }

    @Test
    void everyNumberAsOfAClockOpensTheLegsOfThatClockWhoseSumItIs() {
        var numbers = 0;
        for (var asOf : List.of("", "&effectiveAt=" + EARLIER, "&postedAt=" + firstPosted, "&effectiveAt=" + EARLIER + "&postedAt=" + firstPosted)) {
            var lines = new ArrayList<Map<String, Object>>(get(requester, "/api/ledger/books/" + org + "/balances?account=" + asOf).getList("balances"));
            get(requester, "/api/ledger/trial-balance?book=" + org + asOf).<Map<String, Object>>getList("rows")
                    .forEach(row -> lines.add(Map.of("amount", row.get("balance"), "legsHref", row.get("legsHref"))));
            get(requester, "/api/ledger/trial-balance?book=" + org + asOf).<Map<String, Object>>getList("totals").forEach(total -> {
                lines.add(Map.of("amount", total.get("debit"), "legsHref", total.get("debitHref")));
                lines.add(Map.of("amount", -((Number) total.get("credit")).longValue(), "legsHref", total.get("creditHref")));
            });
            var sheet = get(requester, "/api/ledger/balance-sheet?book=" + org + asOf);
            lines.addAll(sheet.getList("forms.lines.flatten()"));
            lines.addAll(sheet.getList("forms.totals.flatten()"));
            for (var line : lines) {
                var legs = get(requester, line.get("legsHref").toString());
                assertEquals(((Number) line.get("amount")).longValue(), legs.getLong("sum"), asOf + " " + line);
                assertEquals(legs.getLong("sum"), legs.<Number>getList("items.amount").stream().mapToLong(Number::longValue).sum());
                numbers++;
            }
        }
        assertTrue(numbers > 60, numbers + " numbers");
        given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/statement?form=X", org).then().statusCode(422).body("field", equalTo("form"));
        given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/statement?standing=left&commodity=USD", org).then().statusCode(422)
                .body("field", equalTo("standing"));
        given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/statement?standing=debit", org).then().statusCode(422)
                .body("field", equalTo("commodity"));
    }

    /** The last day that there is stands for "whatever is booked", as the end of a period that has none. */
    @Test
    void aDayFarAwayIsAskedForLikeAnyOther() {
        var now = get(requester, "/api/ledger/books/" + org + "/balances?account=");
        for (var clock : List.of("effectiveAt", "postedAt")) {
            for (var far : List.of("9999-12-31", "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.999999999Z")) {
                var then = get(requester, "/api/ledger/books/" + org + "/balances?" + clock + "=" + far);
                assertEquals(now.getList("balances.amount"), then.getList("balances.amount"), clock + " " + far);
                assertFalse(then.getBoolean("firm"));
                get(requester, "/api/ledger/books/" + org + "/statement?" + clock + "=" + far);
            }
            assertEquals(List.of(), get(requester, "/api/ledger/books/" + org + "/balances?" + clock + "=0001-01-01").getList("balances"));
            for (var beyond : List.of("+10000-01-01T00:00:00Z", "0000-12-31", "-0001-01-01T00:00:00Z")) {
                given().auth().oauth2(requester.token()).queryParam(clock, beyond).get("/api/ledger/books/{book}/balances", org).then().statusCode(422)
                        .body("field", equalTo(clock));
            }
        }
    }

    @Test
    void aStatementOfThenIsPagedAndSaysWhetherItIsFirm() {
        var path = "/api/ledger/books/" + org + "/statement?effectiveAt=" + EARLIER + "&postedAt=" + firstPosted;
        var first = get(requester, path + "&limit=3");
        assertEquals(4, first.getLong("count"));
        assertEquals(3, first.getList("items").size());
        assertEquals(firstPosted.toString(), first.getString("postedAt"));
        assertEquals(List.of("LABOUR 0", "USD 0"), first.<Map<String, Object>>getList("sums").stream()
                .map(sum -> sum.get("commodity") + " " + sum.get("amount")).toList());
        assertNull(first.getString("sum"), "money and time are not added up");
        var second = get(requester, path + "&limit=3&after=" + first.getString("next"));
        assertEquals(1, second.getList("items").size());
        assertNull(second.getString("next"));
        assertFalse(get(requester, "/api/ledger/books/" + org + "/statement?effectiveAt=" + EARLIER).getBoolean("firm"), "more can still be posted about it");
        assertFalse(get(requester, "/api/ledger/books/" + org + "/statement?postedAt=" + TestClock.now().plus(1, ChronoUnit.HOURS)).getBoolean("firm"));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            sealing.now();
            return get(requester, path).getBoolean("firm");
        });
        for (var question : List.of("/api/ledger/books/" + org + "/balances?account=", "/api/ledger/trial-balance?book=" + org, "/api/ledger/balance-sheet?book=" + org)) {
            assertTrue(get(requester, question + "&postedAt=" + firstPosted).getBoolean("firm"), question);
            assertFalse(get(requester, question + "&effectiveAt=" + EARLIER).getBoolean("firm"), question);
        }
    }

    @Test
    void theFilesAreOfTheSameClocksAndEachRowLeadsOn() {
        var asOf = "effectiveAt=" + EARLIER + "&postedAt=" + secondPosted;
        var csv = given().urlEncodingEnabled(false).auth().oauth2(requester.token()).get("/api/ledger/books/" + org + "/statement.csv?" + asOf).then()
                .statusCode(200).header("X-Firm", not(nullValue())).extract().asString().lines().toList();
        assertEquals(5, csv.size(), csv.toString());
        given().auth().oauth2(requester.token()).get(csv.get(1).substring(csv.get(1).lastIndexOf(',') + 1)).then().statusCode(200)
                .body("legs", hasSize(2));
        for (var file : List.of("/api/ledger/books/" + org + "/balances.csv?", "/api/ledger/trial-balance.csv?book=" + org + "&",
                "/api/ledger/balance-sheet.csv?book=" + org + "&")) {
            var row = given().urlEncodingEnabled(false).auth().oauth2(requester.token()).get(file + asOf).then().statusCode(200).header("X-Firm", not(nullValue())).extract().asString().lines()
                    .filter(line -> line.contains("CASH,USD,10000")).findFirst().orElseThrow();
            assertEquals(10_000, get(requester, row.substring(row.lastIndexOf(',') + 1)).getLong("sum"));
        }
    }

    @Test
    void thePastIsForWhoeverMaySeeTheBook() throws Exception {
        var stranger = TestPeople.person("requester", TestPeople.organisation("model-maker"));
        var reviewer = TestPeople.person("reviewer", org);
        var researcher = TestPeople.person("researcher", null);
        var operator = TestPeople.person("operator", null);
        var asOf = "effectiveAt=" + EARLIER + "&postedAt=" + secondPosted;
        for (var path : List.of("/api/ledger/books/" + org + "/balances?", "/api/ledger/books/" + org + "/balances.csv?", "/api/ledger/books/" + org + "/statement?",
                "/api/ledger/books/" + org + "/statement.csv?", "/api/ledger/trial-balance?book=" + org + "&", "/api/ledger/trial-balance.csv?book=" + org + "&",
                "/api/ledger/balance-sheet?book=" + org + "&", "/api/ledger/balance-sheet.csv?book=" + org + "&")) {
            var seen = given().urlEncodingEnabled(false).auth().oauth2(requester.token()).get(path + asOf).then().statusCode(200).extract().asString();
            assertFalse(seen.contains(anna.personId().toString()), "an organisation knows people by its own pseudonyms: " + path);
            given().urlEncodingEnabled(false).auth().oauth2(operator.token()).get(path + asOf).then().statusCode(200);
            for (var other : List.of(stranger, anna, reviewer)) {
                given().urlEncodingEnabled(false).auth().oauth2(other.token()).get(path + asOf).then().statusCode(404);
            }
            given().urlEncodingEnabled(false).auth().oauth2(researcher.token()).get(path + asOf).then().statusCode(403);
            given().urlEncodingEnabled(false).get(path + asOf).then().statusCode(401);
        }
        var own = get(anna, "/api/ledger/books/" + anna.personId() + "/statement?" + asOf);
        assertEquals(2, own.getLong("count"), "the work; it was approved later");
        given().auth().oauth2(anna.token()).queryParam("book", anna.personId()).queryParam("postedAt", secondPosted.toString()).get("/api/ledger/trial-balance")
                .then().statusCode(200).body("rows.account", hasItem("WAGES_RECEIVABLE:" + org));
        given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/statement?effectiveAt=yesterday", org).then().statusCode(422)
                .body("field", equalTo("effectiveAt"));
        given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/statement?postedAt=%2B200000-01-01T00:00:00Z", org).then().statusCode(422)
                .body("field", equalTo("postedAt"));
    }
}
