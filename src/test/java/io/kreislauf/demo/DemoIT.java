package io.kreislauf.demo;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.testing.WholeSystem;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A demo that was killed twice, half made: the next start finishes it, all that {@link DemoStory} tells is there, and each thing once. Then people go on
 * working in it, and what befalls its parts loses nothing.
 */
@TestMethodOrder(OrderAnnotation.class)
class DemoIT {

    private static final int AFTER_ALL_THAT_COUNT_THE_DEMO = Integer.MAX_VALUE;

    private static final String STEPS_BEFORE = "select step, 1 from demo_step where done_at < '%s'";
    private static WholeSystem system;
    private static Instant amongPeople;
    private static Instant amongWork;

    @BeforeAll
    static void killItHalfMadeAndStartAgain() throws IOException {
        system = new WholeSystem("demo", true);
        system.start();
        system.untilTrue("select count(*) >= 10 from person");
        system.kill("kreislauf");
        amongPeople = Instant.now();
        system.start();
        system.untilTrue("select exists (select from demo_step where step = 'work of annotator 3 on remarks-finished')");
        system.killLauncher();
        amongWork = Instant.now();
        system.start();
        system.untilReady();
    }

    @AfterAll
    static void end() {
        system.close();
    }

    @Test
    void eachTimeItWasHalfMade() throws Exception {
        Set<String> first = counts(STEPS_BEFORE.formatted(amongPeople)).keySet();
        assertTrue(first.contains("person anna") && !first.contains("person gustav"), first::toString);
        Set<String> second = counts(STEPS_BEFORE.formatted(amongWork)).keySet();
        assertTrue(second.contains("work of annotator 3 on remarks-finished") && !second.contains("a model is begun"), second::toString);
    }

    @Test
    void twoOrganisationsHaveTheirStaffAndThirtyAnnotatorsInThreeRegionsWhoCanAllSignIn() throws Exception {
        assertEquals(Map.of("manufacturer", 1L, "model-maker", 1L), counts("select kind, count(*) from organisation group by kind"));
        assertEquals(Map.of("annotator", 30L, "requester", 2L, "reviewer", 1L, "researcher", 1L, "operator", 1L),
                counts("select role, count(*) from person cross join unnest(roles) as role group by role"));
        assertEquals(Map.of("KE", 12L, "PH", 11L, "DE", 7L), counts("select region, count(*) from person where 'annotator' = any (roles) group by region"));
        for (String login : counts("select login_name, 1 from person").keySet()) {
            assertEquals(login, get(login, "/api/me").getString("login"));
        }
    }

    @Test
    void aProjectIsOpenAndPartlyLabelled() throws Exception {
        String labelled = "select s.state, count(*) from %s s join project p using (project_id) where p.state = 'published' group by s.state";
        assertEquals(Map.of("filled", 120L, "open", 240L), counts(labelled.formatted("slot")));
        assertEquals(Map.of("approved", 60L, "submitted", 60L), counts(labelled.formatted("submission")));
    }

    @Test
    void aCircuitIsClosedFromCapitalToTwoMonthsOfRevenue() throws Exception {
        JsonPath project = get("rosa", "/api/circuit/projects/" + only("select project_id from project where state = 'closed'"));
        assertEquals(10_000_00, figure(project, "mAdvanced"));
        assertEquals(460_00, figure(project, "mPrime"));
        JsonPath model = get("max", "/api/circuit/models/" + only("select model_id from model"));
        assertEquals(20_000_00, figure(model, "mAdvanced"));
        assertEquals(120_00 + 150_00, figure(model, "mPrime"));
        assertEquals(2, model.getList("chain.findAll { it.kind == 'month' }").size());
        assertEquals(29, model.getList("chain.findAll { it.kind == 'annotator' }").size(), "Anna's work is left to whoever tries the demo");
        assertEquals(0, figure(model, "hours.total"));
        assertTrue(figure(model, "declared.total") > figure(model, "declared.own"), model::prettify);
        assertEquals(List.of("demo"), model.getList("figures.find { it.key == 'declared.total' }.declaredSources"));
    }

    @Test
    void allHoursAreDeclaredByTheDemoAndNoSecondIsObserved() throws Exception {
        assertEquals(0, number("select count(*) from ledger_entry where 'LABOUR' = any (commodities)"));
        for (String table : List.of("worked_interval", "declaration")) {
            assertEquals(Map.of("demo", 1120L), counts("select source, count(*) from %s group by source".formatted(table)));
        }
    }

    @Test
    void aResearcherIsNotShownTheWagesOfTheSmallRegionNorWhatWouldTellThem() throws Exception {
        JsonPath report = get("ruth", "/api/reports/wages?by=region&currency=USD");
        assertEquals(List.of("DE", "KE", "PH"), report.getList("rows.region"));
        assertEquals(List.of(true, true, false), report.getList("rows.suppressed"), "seven in DE; eleven have worked in KE as in PH");
        assertNull(report.get("rows[0].effectiveMedianMinorPerHour"));
        assertEquals(29, report.getInt("all.annotators"));
    }

    @Test
    void eachLabelAndEntryOfTheStoryIsThereOnceAndTheAuditFromZeroHolds() throws Exception {
        await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> assertEquals(1120, number("select count(*) from label")));
        assertEquals(1120, number("select count(distinct (item_id, annotator_id)) from label"));
        // How many are topped up, and when a rejection is final, the sweeps decide too.
        assertEquals(new TreeMap<>(Map.ofEntries(Map.entry("CapitalAdvanced", 2L), Map.entry("MeansBought", 4L), Map.entry("TasksPublished", 2L),
                Map.entry("TimeDeclared", 1120L), Map.entry("WorkApproved", 1059L), Map.entry("WorkRejected", 1L), Map.entry("WagesPaid", 29L),
                Map.entry("MeansUsed", 3L), Map.entry("DatasetReleased", 1L), Map.entry("ProjectClosed", 1L), Map.entry("LicenceSold", 1L),
                Map.entry("LabourDeclared", 1L), Map.entry("TrainingRun", 1L), Map.entry("ModelReleased", 1L), Map.entry("ModelServiceSold", 2L))),
                counts("select event, count(*) from ledger_entry where event not in ('WageToppedUp', 'RejectionFinal') group by event"));
        JsonPath audit = given().baseUri(system.url()).auth().oauth2(system.token("otto")).post("/api/ledger/audit?fromZero=true")
                .then().statusCode(200).extract().jsonPath();
        assertTrue(audit.getLong("fromTx") == 0 && audit.getBoolean("holds"), audit::prettify);
    }

    @Test
    @Order(AFTER_ALL_THAT_COUNT_THE_DEMO)
    void neitherKafkasAbsenceNorTheApplicationsDeathLosesOrDoublesALabel() throws Exception {
        LosingNothing.neitherByKafkasAbsenceNorByTheApplicationsDeath(system);
    }

    private static long figure(JsonPath circuit, String key) {
        return circuit.getLong("figures.find { it.key == '%s' }.value".formatted(key));
    }

    private static JsonPath get(String login, String path) throws IOException {
        return given().baseUri(system.url()).auth().oauth2(system.token(login)).get(path).then().statusCode(200).extract().jsonPath();
    }

    private static long number(String sql) throws SQLException {
        return Long.parseLong(only(sql));
    }

    private static String only(String sql) throws SQLException {
        return counts("select cast(one as text), 1 from (%s) as t (one)".formatted(sql)).firstKey();
    }

    private static TreeMap<String, Long> counts(String sql) throws SQLException {
        TreeMap<String, Long> counts = new TreeMap<>();
        try (var connection = system.database(); var row = connection.createStatement().executeQuery(sql)) {
            while (row.next()) {
                counts.put(row.getString(1), row.getLong(2));
            }
        }
        return counts;
    }
}
