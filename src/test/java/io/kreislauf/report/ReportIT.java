package io.kreislauf.report;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourEvent.TimeSearching;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.WageEvent.WorkApproved;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.market.WorkedCircuit;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The wage report from real books, over HTTP. */
@QuarkusTest
class ReportIT {

    private static final long HOUR = 3_600_000L;

    @Inject
    Ledger ledger;

    @Inject
    ObjectMapper json;

    /** Twelve in one country, eleven in another, three in a third: who earns i cents for an hour and a quarter of searching beside each hour. */
    private UUID project() throws Exception {
        UUID organisation = TestPeople.organisation("manufacturer");
        UUID projectId = WorkedCircuit.row("""
                insert into project (organisation_id, title, form, state, currency, pay_rule, reward_minor, estimate_millis, labels_wanted)
                values (?, 'Paid', '{"questions": []}', 'published', 'USD', 'piece', 25, 150000, 1) returning project_id
                """, organisation);
        for (String region : new String[] {"KE", "PH", "VE"}) {
            int n = region.equals("KE") ? 12 : region.equals("PH") ? 11 : 3;
            for (int i = 1; i <= n; i++) {
                UUID person = WorkedCircuit.row("insert into person (login_name, display_name, roles, region) values (?, 'A', '{annotator}', ?) returning person_id",
                        UUID.randomUUID().toString(), region);
                int cents = i * 100;
                QuarkusTransaction.requiringNew().run(() -> {
                    Book d = new Book(organisation);
                    Book w = new Book(person);
                    ledger.post(new WorkSubmitted(UUID.randomUUID(), projectId, d, w, LabourMillis.observed(HOUR), Wage.none("USD")), null);
                    ledger.post(new TimeSearching(UUID.randomUUID(), projectId, d, w, LabourMillis.declared(HOUR / 4), Wage.none("USD")), null);
                    ledger.post(new WorkApproved(UUID.randomUUID(), projectId, d, w, "USD", cents, 0), null);
                });
            }
        }
        return projectId;
    }

    @Test
    void wagesByRegionAreTheSameToTheByteAtTheirWatermarkAndSmallRegionsAreHidden() throws Exception {
        TestPerson researcher = TestPeople.person("researcher", null);
        String token = researcher.token();
        String path = "/api/reports/wages?by=region&currency=USD&project=" + project();
        JsonNode report = json.readTree(given().auth().oauth2(token).get(path).then().statusCode(200).extract().asString());
        JsonNode all = report.required("all");
        assertEquals(26, all.required("annotators").asInt());
        assertEquals(26 * HOUR * 5 / 4, all.required("hoursMillis").asLong());
        assertEquals("0.2", all.required("unpaidShare").asText());
        assertEquals((78 + 66 + 6) * 100 * 4 / 5 / 26 + 1, all.required("effectivePooledMinorPerHour").asLong(), "461.5 rounded half even");
        assertEquals(3, report.required("rows").size());
        report.required("rows").forEach(row -> assertEquals(!row.required("region").asText().equals("KE"), row.required("suppressed").asBoolean(), row.toString()));
        assertEquals(520, report.required("rows").get(0).required("effectiveMedianMinorPerHour").asLong(), "6.50 dollars over an hour and a quarter");

        given().auth().oauth2(token).get(path + "&time=observed").then().statusCode(200).body("all.hoursMillis", equalTo((int) (26 * HOUR)));

        project();
        String again = given().auth().oauth2(token).get(path + "&watermark=" + report.at("/watermark/tx").asLong()).then().statusCode(200).extract().asString();
        assertEquals(report, json.readTree(again), "run again at its watermark it is the same, whatever came later");
        ObjectNode without = ((ObjectNode) json.readTree(again)).deepCopy();
        without.remove("sha256");
        assertEquals(report.required("sha256").asText(), ReportingWages.sha256(ReportingWages.canonical(json.treeToValue(without, WageReport.class))));
        assertEquals(3, WorkedCircuit.count("select count(*) from report_run where person_id = ?", researcher.personId()), "every run is kept");
    }

    @Test
    void csvIsForResearchersAndCarriesTheParameters() throws Exception {
        String path = "/api/reports/wages.csv?currency=USD&project=" + project();
        String csv = given().auth().oauth2(TestPeople.person("researcher", null).token()).get(path).then().statusCode(200)
                .contentType("text/csv").extract().asString();
        assertTrue(csv.lines().skip(1).allMatch(line -> line.contains(",USD,10,all,")), csv);
        given().auth().oauth2(TestPeople.person("requester", TestPeople.organisation("manufacturer")).token()).get(path).then().statusCode(403);
        given().auth().oauth2(TestPeople.person("researcher", null).token()).get("/api/reports/measures").then().statusCode(200)
                .body("name", hasItem("EFFECTIVE_WAGE_MEDIAN"));
    }
}
