package io.kreislauf.people;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.testing.TestPeople;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AdvancingCapitalIT {

    @Inject
    Balances balances;

    @Test
    void aDepositCountsOnceAndMeansAreBoughtFromItOnly() throws Exception {
        UUID organisation = TestPeople.organisation("manufacturer");
        String operator = TestPeople.person("operator", null).token();
        String requester = TestPeople.person("requester", organisation).token();
        String reference = "bank-" + UUID.randomUUID();

        String entry = deposit(operator, organisation, reference, 1_000_000).statusCode(201).extract().path("entryId");
        deposit(operator, organisation, reference, 1_000_000).statusCode(201).body("entryId", equalTo(entry));
        deposit(operator, organisation, reference, 2_000_000).statusCode(409).body("code", equalTo("KEY_REUSED"));
        assertEquals(1_000_000, cash(organisation));

        buy(requester, "k", 300_000).statusCode(201);
        buy(requester, "k", 300_000).statusCode(201);
        assertEquals(700_000, cash(organisation));
        buy(requester, "l", 700_001).statusCode(409).body("code", equalTo("NO_FUNDS")).body("remedy", notNullValue());
        assertEquals(700_000, cash(organisation));
    }

    @Test
    void theFutureAndUnknownCurrenciesAreRefused() throws Exception {
        UUID organisation = TestPeople.organisation("manufacturer");
        String operator = TestPeople.person("operator", null).token();
        given().auth().oauth2(operator).contentType(ContentType.JSON)
                .body(Map.of("currency", "USD", "amountMinor", 1, "bankReference", "r1", "effectiveAt", "2999-01-01T00:00:00Z"))
                .post("/api/organisations/" + organisation + "/deposits").then().statusCode(422).body("field", equalTo("effectiveAt"));
        given().auth().oauth2(operator).contentType(ContentType.JSON)
                .body(Map.of("currency", "XYZ9", "amountMinor", 1, "bankReference", "r1"))
                .post("/api/organisations/" + organisation + "/deposits").then().statusCode(422).body("field", equalTo("currency"));
    }

    private long cash(UUID organisation) {
        return balances.of(new Book(organisation), Commodity.money("USD"), Account.CASH);
    }

    private static ValidatableResponse deposit(String token, UUID organisation, String reference, long amountMinor) {
        return given().auth().oauth2(token).contentType(ContentType.JSON)
                .body(Map.of("currency", "USD", "amountMinor", amountMinor, "bankReference", reference, "effectiveAt", "2026-01-05T00:00:00Z"))
                .post("/api/organisations/" + organisation + "/deposits").then();
    }

    private static ValidatableResponse buy(String token, String key, long amountMinor) {
        return given().auth().oauth2(token).contentType(ContentType.JSON).header("Idempotency-Key", key)
                .body(Map.of("means", "tooling", "currency", "USD", "amountMinor", amountMinor, "character", "produced", "sector", "J62", "country", "US"))
                .post("/api/organisations/mine/means").then();
    }
}
