package io.kreislauf.dataset;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.LabourEvent.TimeSearching;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.WageEvent.WageToppedUp;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.market.WorkedCircuit;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What reaches a project after its last version, on the worked example. */
@QuarkusTest
class SettlingLateCostsIT {

    private static final long HOUR = 3_600_000L;

    @Inject
    Ledger ledger;

    @Inject
    Balances balances;

    private WorkedCircuit circuit;

    private ValidatableResponse settle(String key) {
        return given().auth().oauth2(circuit.maker.token()).header("Idempotency-Key", key).post("/api/projects/{id}/late-costs", circuit.projectId).then();
    }

    private void late() {
        QuarkusTransaction.requiringNew().run(() -> {
            Book d = new Book(circuit.maker.organisationId());
            Book w = new Book(circuit.annotator.personId());
            ledger.post(new TimeSearching(UUID.randomUUID(), circuit.projectId, d, w, LabourMillis.observed(HOUR), Wage.none("USD")), null);
            ledger.post(new WageToppedUp(UUID.randomUUID(), circuit.projectId, d, w, "USD", 420), null);
        });
    }

    private long balance(String commodity, String account) {
        return balances.of(new Book(circuit.maker.organisationId()), new Commodity(commodity), new Account(account));
    }

    @Test
    void lateMoneyIsCostOfTheLastVersionsSalesAndLateHoursStayUnrealised() throws Exception {
        circuit = new WorkedCircuit();
        circuit.advanceAndWork();
        circuit.agree();
        circuit.release(2);
        late();
        settle("a").statusCode(409).body("code", equalTo("WRONG_STATE"));
        WorkedCircuit.row("update project set state = 'closed', closed_at = now() where project_id = ? returning project_id", circuit.projectId);
        settle("b").statusCode(201).body("versionId", equalTo(circuit.version.versionId().toString()))
                .body("observedMillis", equalTo((int) HOUR)).body("costs[0].vMinor", equalTo(420));
        settle("b").statusCode(201);
        settle("c").statusCode(409).body("code", equalTo("NOTHING_LATE"));
        String version = circuit.version.versionId().toString();
        assertEquals(420, balance("USD", "COST_OF_SALES:" + version + ":v"));
        assertEquals(HOUR, balance("LABOUR", "UNREALISED:" + version));
        given().auth().oauth2(circuit.maker.token()).get("/api/circuit/datasets/" + version).then().statusCode(200)
                .body("figures.find { it.key == 'unrealised.hours' }.value", equalTo((int) HOUR))
                .body("figures.find { it.key == 'unrealised.hours' }.legsHref", notNullValue());
        assertEquals(0, balance("LABOUR", "PRODUCTION:" + circuit.projectId + ":search"));
        assertEquals(0, balance("USD", "PRODUCTION:" + circuit.projectId + ":v"));
    }

    @Test
    void withoutAVersionNeitherIsRealised() throws Exception {
        circuit = new WorkedCircuit();
        circuit.advanceAndWork();
        WorkedCircuit.row("update project set state = 'cancelled', closed_at = now() where project_id = ? returning project_id", circuit.projectId);
        settle("d").statusCode(201).body("versionId", equalTo(null));
        assertEquals(126_000, balance("USD", "UNREALISED:" + circuit.projectId));
        assertEquals(300 * HOUR, balance("LABOUR", "UNREALISED:" + circuit.projectId));
    }
}
