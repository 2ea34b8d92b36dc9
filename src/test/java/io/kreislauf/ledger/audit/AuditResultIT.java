package io.kreislauf.ledger.audit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.TestPeople;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the audit's result is to be had: on request, as the latest, as a detail of the health, as a metric. */
@QuarkusTest
class AuditResultIT {

    @Test
    void theResultIsAnAnswerAHealthDetailAndAMetric() throws Exception {
        String operator = TestPeople.person("operator", null).token();
        JsonPath result = given().auth().oauth2(operator).post("/api/ledger/audit").then().statusCode(200)
                .body("auditedAt", notNullValue()).body("toTx", notNullValue()).body("elapsedMillis", notNullValue())
                .body("invariants.invariant", hasItems(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)).extract().jsonPath();
        given().auth().oauth2(operator).get("/api/ledger/audit").then().statusCode(200).body("toTx", notNullValue());

        Map<String, Object> check = given().get("/q/health").then().extract().jsonPath().getMap("checks.find { it.name == 'ledger audit' }");
        Map<?, ?> data = (Map<?, ?>) check.get("data");
        List<Integer> broken = result.getList("invariants.findAll { !it.holds }.invariant", Integer.class).stream().distinct().toList();
        assertEquals(broken.isEmpty() ? "UP" : "DOWN", check.get("status"));
        assertEquals(broken.isEmpty(), data.get("broken").equals("none"), data.toString());
        assertTrue(data.containsKey("auditedAt") && data.containsKey("toTx"), data.toString());

        String metrics = given().get("/q/metrics").then().statusCode(200).extract().asString();
        String gauge = metrics.lines().filter(line -> line.startsWith("kreislauf_ledger_audit_broken_invariants")).findFirst().orElseThrow();
        assertTrue(Double.parseDouble(gauge.substring(gauge.lastIndexOf(' '))) >= broken.size(), gauge);
    }

    @Test
    void onlyAnOperatorSeesWhereItIsBroken() throws Exception {
        given().auth().oauth2(TestPeople.person("researcher", null).token()).get("/api/ledger/audit").then().statusCode(equalTo(403));
    }
}
