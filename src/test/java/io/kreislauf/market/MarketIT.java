package io.kreislauf.market;

import static io.kreislauf.market.WorkedCircuit.bean;
import static io.kreislauf.market.WorkedCircuit.caller;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What the market refuses, and what it books when it does not. */
@QuarkusTest
class MarketIT {

    @Inject
    Balances balances;

    private static WorkedCircuit released() throws Exception {
        WorkedCircuit circuit = new WorkedCircuit();
        circuit.advanceAndWork();
        circuit.agree();
        circuit.release(1);
        return circuit;
    }

    private static ValidatableResponse post(TestPerson by, String path, Map<String, ?> body) {
        return given().auth().oauth2(by.token()).contentType("application/json").body(body).post(path).then();
    }

    private static Map<String, Object> offerTo(WorkedCircuit circuit, UUID buyer, long priceMinor, boolean beyond) {
        return Map.of("versionId", circuit.version.versionId(), "buyerOrganisationId", buyer, "priceMinor", priceMinor, "currency", "USD", "runsTotal", 1,
                "beyondDeclared", beyond);
    }

    @Test
    void aLicenceBeyondTheDeclaredNumberIsRefusedUnlessConfirmedAndThenCarriesNothing() throws Exception {
        WorkedCircuit circuit = released();
        circuit.sell();
        post(circuit.maker, "/api/licences/offers", offerTo(circuit, circuit.modelMaker.organisationId(), 100, false))
                .statusCode(409).body("code", equalTo("BEYOND_LICENCES")).body("remedy", notNullValue());
        String offer = post(circuit.maker, "/api/licences/offers", offerTo(circuit, circuit.modelMaker.organisationId(), 100, true))
                .statusCode(201).extract().path("offerId");
        post(circuit.modelMaker, "/api/licences/offers/" + offer + "/accept", Map.of()).statusCode(201)
                .body("beyondDeclared", equalTo(true)).body("ordinal", nullValue());
        Licence licence = bean(Licences.class).find(UUID.fromString(offer)).orElseThrow();
        assertNull(licence.ordinal());
        assertEquals(LabourMillis.NONE, licence.stock().labour());
        assertEquals(100, licence.stock().costs().getFirst().cMinor(), "the price is c of the buyer all the same");
        post(circuit.modelMaker, "/api/licences/offers/" + offer + "/accept", Map.of()).statusCode(409).body("code", equalTo("OFFER_CLOSED"));
    }

    @Test
    void withoutFundsNothingChangesHands() throws Exception {
        WorkedCircuit circuit = released();
        String offer = post(circuit.maker, "/api/licences/offers", offerTo(circuit, circuit.modelMaker.organisationId(), 2_000_001, false))
                .statusCode(201).extract().path("offerId");
        post(circuit.modelMaker, "/api/licences/offers/" + offer + "/accept", Map.of()).statusCode(409).body("code", equalTo("NO_FUNDS"));
        assertEquals(2_000_000, balances.of(new Book(circuit.modelMaker.organisationId()), Commodity.money("USD"), Account.CASH));
        given().auth().oauth2(circuit.modelMaker.token()).get("/api/licences/offers").then().statusCode(200).body("items[0].state", equalTo("open"));
        given().auth().oauth2(circuit.modelMaker.token()).get("/api/licences").then().statusCode(200).body("items.size()", equalTo(0));
    }

    @Test
    void whatIsNotOnesOwnLooksAsIfItDidNotExist() throws Exception {
        WorkedCircuit circuit = released();
        TestPerson stranger = TestPeople.person("requester", TestPeople.organisation("model-maker"));
        String offer = post(circuit.maker, "/api/licences/offers", offerTo(circuit, circuit.modelMaker.organisationId(), 100, false))
                .statusCode(201).extract().path("offerId");
        post(stranger, "/api/licences/offers/" + offer + "/accept", Map.of()).statusCode(404);
        post(stranger, "/api/licences/offers/" + offer + "/withdraw", Map.of()).statusCode(404);
        post(circuit.modelMaker, "/api/licences/offers", offerTo(circuit, stranger.organisationId(), 100, false)).statusCode(404);
        post(circuit.maker, "/api/licences/offers/" + offer + "/withdraw", Map.of()).statusCode(201).body("state", equalTo("withdrawn"));
        post(circuit.modelMaker, "/api/licences/offers/" + offer + "/accept", Map.of()).statusCode(409).body("code", equalTo("OFFER_CLOSED"));
    }

    @Test
    void aModelIsTrainedUnderRunsLeftReleasedOnceAndEachMonthSoldOnce() throws Exception {
        WorkedCircuit circuit = released();
        circuit.sell();
        String model = post(circuit.modelMaker, "/api/models", Map.of("name", "M", "months", 3)).statusCode(201).extract().path("modelId");
        String path = "/api/models/" + model;
        Map<String, Object> run = Map.of("licences", List.of(circuit.licence.licenceId()));
        post(circuit.modelMaker, path + "/release", Map.of()).statusCode(409).body("code", equalTo("NOT_TRAINED"));
        post(circuit.modelMaker, path + "/runs", Map.of("means", List.of(Map.of("kind", "compute", "amountMinor", 1)))).statusCode(409).body("code", equalTo("NO_MEANS"));
        post(circuit.modelMaker, path + "/runs", run).statusCode(201).body("licences[0].ordinal", equalTo(1));
        post(circuit.modelMaker, path + "/runs", run).statusCode(201).body("licences[0].ordinal", equalTo(2));
        post(circuit.modelMaker, path + "/runs", run).statusCode(409).body("code", equalTo("NO_RUNS_LEFT"));
        post(circuit.modelMaker, path + "/months", Map.of("month", 1, "revenueMinor", 10, "servingCostMinor", 0)).statusCode(409).body("code", equalTo("NOT_RELEASED"));
        post(circuit.modelMaker, path + "/release", Map.of()).statusCode(201).body("state", equalTo("released"));
        post(circuit.modelMaker, path + "/runs", run).statusCode(409).body("code", equalTo("MODEL_RELEASED"));
        for (int month = 1; month <= 3; month++) {
            post(circuit.modelMaker, path + "/months", Map.of("month", month, "revenueMinor", 1_000, "servingCostMinor", 0)).statusCode(201);
        }
        post(circuit.modelMaker, path + "/months", Map.of("month", 2, "revenueMinor", 1, "servingCostMinor", 0)).statusCode(409).body("code", equalTo("MONTH_SOLD"));
        post(circuit.modelMaker, path + "/months", Map.of("month", 4, "revenueMinor", 1, "servingCostMinor", 0)).statusCode(422).body("field", equalTo("month"));
        post(circuit.modelMaker, path + "/refunds", Map.of("amountMinor", 3_001)).statusCode(409).body("code", equalTo("REFUND_EXCEEDS_REVENUE"));
        assertTrue(balances.under(new Book(circuit.modelMaker.organisationId()), "COMMODITY:" + model).stream().allMatch(b -> b.amount() == 0),
                "after the last month nothing is left in the model");
        given().auth().oauth2(circuit.maker.token()).get(path).then().statusCode(404);
    }

    @Test
    void twoBuyersOfTheLastLicenceAtOnceGetOneBetweenThem() throws Exception {
        WorkedCircuit circuit = released();
        LicenceOffer one = bean(OfferingLicence.class).offer(caller(circuit.maker), new OfferingLicence.NewOffer(circuit.version.versionId(),
                circuit.modelMaker.organisationId(), 100L, null, 1, null), null);
        LicenceOffer beyond = bean(OfferingLicence.class).offer(caller(circuit.maker), new OfferingLicence.NewOffer(circuit.version.versionId(),
                circuit.modelMaker.organisationId(), 100L, null, 1, true), null);
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Licence>> accepts = List.of(() -> bean(BuyingLicence.class).accept(caller(circuit.modelMaker), beyond.offerId(), null, null),
                    () -> bean(BuyingLicence.class).accept(caller(circuit.modelMaker), one.offerId(), null, null));
            long sold = both.invokeAll(accepts).stream().filter(f -> f.state() == java.util.concurrent.Future.State.SUCCESS).count();
            assertTrue(sold >= 1);
        }
        assertEquals(1, WorkedCircuit.count("select count(*) from licence where version_id = ? and ordinal = 1", circuit.version.versionId()));
        assertEquals(0, WorkedCircuit.count("select count(*) from licence where version_id = ? and ordinal > 1", circuit.version.versionId()));
    }

    @Test
    void theFutureIsRefused() throws Exception {
        WorkedCircuit circuit = released();
        LicenceOffer offer = bean(OfferingLicence.class).offer(caller(circuit.maker), new OfferingLicence.NewOffer(circuit.version.versionId(),
                circuit.modelMaker.organisationId(), 100L, null, 1, null), null);
        Refusal refusal = assertThrows(Refusal.class, () -> bean(BuyingLicence.class).accept(caller(circuit.modelMaker), offer.offerId(),
                WorkedCircuit.day("2999-01-01"), null));
        assertEquals("effectiveAt", refusal.field());
    }
}
