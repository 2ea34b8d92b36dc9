package io.kreislauf.circuit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.market.WorkedCircuit;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Walks every number of every circuit of the worked example and computes it again from the legs that it opens. */
@QuarkusTest
class CircuitIT {

    private static final long HOUR = 3_600_000L;
    private static WorkedCircuit example;

    @Inject
    ObjectMapper json;

    private static synchronized WorkedCircuit example() throws Exception {
        if (example == null) {
            example = new WorkedCircuit().whole();
        }
        return example;
    }

    @Test
    void everyNumberOfTheModelIsTheSumOfTheLegsItOpens() throws Exception {
        JsonNode circuit = get(example().modelMaker, "/api/circuit/models/" + example().model.modelId());
        walk(example().modelMaker, circuit);
        assertFigures(circuit, Map.ofEntries(Map.entry("mAdvanced", 2_000_000L), Map.entry("c", 840_000L), Map.entry("v", 240_000L), Map.entry("outside", 652_500L),
                Map.entry("hours.total", 75 * HOUR), Map.entry("hours.direct", 50 * HOUR), Map.entry("hours.search", 49_500_000L), Map.entry("declared.total", 120 * HOUR),
                Map.entry("declared.own", 120 * HOUR), Map.entry("cPrime", 1_080_000L), Map.entry("mPrime", 90_000L), Map.entry("costOfSales.c", 50_000L),
                Map.entry("costOfSales.v", 10_000L), Map.entry("surplusRealised", 30_000L), Map.entry("serving", 15_000L), Map.entry("passedOn.hours", 11_250_000L),
                Map.entry("share.wagesSold", 1_312L)));
        Set<String> kinds = new HashSet<>();
        circuit.required("chain").forEach(link -> kinds.add(link.required("kind").asText()));
        assertEquals(Set.of("model", "month", "run", "licence", "version", "project", "annotator"), kinds);
        JsonNode own = figure(circuit, "declared.own");
        assertEquals("declared", own.required("source").asText());
        assertEquals("demo", own.required("declaredSources").get(0).asText());
    }

    @Test
    void everyNumberOfTheDataSetIsTheSumOfTheLegsItOpens() throws Exception {
        JsonNode circuit = get(example().maker, "/api/circuit/datasets/" + example().version.versionId());
        walk(example().maker, circuit);
        assertFigures(circuit, Map.of("c", 90_000L, "v", 126_000L, "hours.total", 300 * HOUR, "hours.direct", 200 * HOUR, "hours.rejected", 10 * HOUR,
                "cPrime", 216_000L, "mPrime", 420_000L, "surplusRealised", 312_000L, "wage.effective", 420L, "wage.advertised", 600L));
    }

    @Test
    void everyNumberOfTheProjectIsTheSumOfTheLegsItOpens() throws Exception {
        JsonNode circuit = get(example().maker, "/api/circuit/projects/" + example().projectId);
        walk(example().maker, circuit);
        assertFigures(circuit, Map.of("mAdvanced", 1_000_000L, "escrow", 136_000L, "c", 90_000L, "v", 126_000L, "hours.total", 300 * HOUR,
                "hours.returned", 20 * HOUR, "cPrime", 216_000L, "stock.hours", 150 * HOUR, "wage.effective", 420L, "annotators", 1L));
        JsonNode annotator = link(circuit, "annotator");
        assertEquals(126_000, figureOf(annotator, "wages").required("value").asLong());
        assertEquals(300 * HOUR, figureOf(annotator, "hours").required("value").asLong());
        assertFalse(circuit.toString().contains(example().annotator.personId().toString()), "an organisation sees a pseudonym, never the person's id");
    }

    @Test
    void anAnnotatorWalksTheOwnHours() throws Exception {
        WorkedCircuit circuit = example();
        JsonNode own = get(circuit.annotator, "/api/circuit/mine");
        walk(circuit.annotator, own);
        assertFigures(own, Map.of("hours.total", 300 * HOUR, "hours.search", 55 * HOUR));
    }

    @Test
    void anOrganisationSeesOfWhatItLicensedWhatTheReleasePublishes() throws Exception {
        JsonNode circuit = get(example().modelMaker, "/api/circuit/datasets/" + example().version.versionId());
        JsonNode v = figure(circuit, "v");
        assertEquals(126_000, v.required("value").asLong());
        assertTrue(v.required("legsHref").isNull());
        assertTrue(v.required("whose").asText().contains("published with its release"));
        assertNull(figure(circuit, "mPrime"));
        given().auth().oauth2(example().modelMaker.token()).get("/api/circuit/projects/" + example().projectId).then().statusCode(404);
        given().auth().oauth2(example().maker.token()).get("/api/circuit/models/" + example().model.modelId()).then().statusCode(404);
    }

    @Test
    void nobodyOpensTheLegsOfAForeignBook() throws Exception {
        String legs = "/api/circuit/legs?commodity=USD&account=CASH&book=" + example().maker.organisationId();
        given().auth().oauth2(example().modelMaker.token()).get(legs).then().statusCode(404);
        given().auth().oauth2(example().annotator.token()).get(legs).then().statusCode(404);
        given().auth().oauth2(example().maker.token()).get(legs).then().statusCode(200).body("sum", equalTo(974_000));
        TestPerson operator = TestPeople.person("operator", null);
        given().auth().oauth2(operator.token()).get(legs).then().statusCode(200);
        assertEquals(1, WorkedCircuit.count("select count(*) from look where person_id = ?", operator.personId()), "each look of the operator is kept");
    }

    @Test
    void aResearcherSeesTheChainWithSmallCellsSuppressedAndNoBookOpened() throws Exception {
        TestPerson researcher = TestPeople.person("researcher", null);
        JsonNode project = get(researcher, "/api/circuit/projects/" + example().projectId);
        assertTrue(figure(project, "v").required("value").isNull());
        assertEquals("TOO_FEW_WORKERS", figure(project, "v").required("undefined").asText());
        assertEquals(1, figure(project, "annotators").required("value").asLong());
        assertNull(link(project, "annotator"));
        JsonNode dataset = get(researcher, "/api/circuit/datasets/" + example().version.versionId());
        assertEquals(126_000, figure(dataset, "v").required("value").asLong(), "forty people's labels are in the release");
        assertTrue(figure(dataset, "v").required("legsHref").isNull());
        for (String hours : List.of("hours.direct", "hours.rejected", "hours.total", "stock.hours", "wage.labelling", "wage.effective")) {
            assertTrue(figure(dataset, hours).required("value").isNull(), hours + " are those of one person");
            assertEquals("TOO_FEW_WORKERS", figure(dataset, hours).required("undefined").asText(), hours);
        }
        assertFalse(dataset.toString().contains(String.valueOf(200 * HOUR)), "nor does a part or a flow tell them");
        JsonNode model = get(researcher, "/api/circuit/models/" + example().model.modelId());
        assertTrue(figure(model, "hours.direct").required("value").isNull());
        assertFalse(model.toString().contains(String.valueOf(50 * HOUR)), "nor the model's part of them");
        JsonNode published = get(researcher, "/api/datasets/" + example().version.versionId());
        for (String figure : List.of("millisByClass", "hours", "cMinor", "vMinor", "circuit")) {
            assertTrue(published.path(figure).isMissingNode(), figure + " stands in the circuit, where small cells are suppressed");
        }
        JsonNode licence = link(dataset, "licence");
        assertEquals("TOO_FEW_WORKERS", figureOf(licence, "hours").required("undefined").asText(), "a licence's part would tell the whole");
        assertEquals("TOO_FEW_WORKERS", figureOf(link(model, "run"), "hours").required("undefined").asText());
    }

    private JsonNode get(TestPerson who, String path) throws Exception {
        return json.readTree(given().auth().oauth2(who.token()).get(path).then().statusCode(200).extract().asString());
    }

    private void assertFigures(JsonNode circuit, Map<String, Long> expected) {
        Map<String, Long> found = new HashMap<>();
        circuit.required("figures").forEach(f -> found.put(f.required("key").asText(), f.required("value").asLong()));
        expected.forEach((key, value) -> assertEquals(value, found.get(key), key));
    }

    private static JsonNode figure(JsonNode circuit, String key) {
        return figureOf(circuit, key);
    }

    private static JsonNode figureOf(JsonNode holder, String key) {
        for (JsonNode figure : holder.required("figures")) {
            if (figure.required("key").asText().equals(key)) {
                return figure;
            }
        }
        return null;
    }

    private static JsonNode link(JsonNode circuit, String kind) {
        for (JsonNode link : circuit.required("chain")) {
            if (link.required("kind").asText().equals(kind)) {
                return link;
            }
        }
        return null;
    }

    /** Every figure: of the table, of the chain, and of the parts of each; every flow shows a figure of the table. */
    private void walk(TestPerson who, JsonNode circuit) throws Exception {
        Map<String, Long> table = new HashMap<>();
        String token = who.token();
        String own = circuit.path("subject").path("organisation").path("name").asText("nobody else's");
        int opened = 0;
        for (JsonNode figure : circuit.required("figures")) {
            opened += recomputed(token, figure, own);
            table.put(figure.required("key").asText(), figure.required("value").asLong());
        }
        for (JsonNode link : circuit.required("chain")) {
            for (JsonNode figure : link.required("figures")) {
                opened += recomputed(token, figure, own);
            }
        }
        assertTrue(opened > 0);
        for (JsonNode flow : circuit.path("flows")) {
            assertTrue(flow.required("value").asLong() > 0);
            assertEquals(table.get(flow.required("figure").asText()), flow.required("value").asLong(), flow.toString());
        }
    }

    private int recomputed(String token, JsonNode figure, String own) throws Exception {
        String text = figure.toString();
        long value = figure.required("value").asLong();
        if (figure.hasNonNull("legsHref")) {
            assertNotNull(figure.get("bookName"), text);
            long sum = legs(token, figure.required("legsHref").asText());
            assertEquals(value, figure.required("side").asText().equals("debit") ? sum : -sum, text);
            return 1;
        }
        if (figure.hasNonNull("formula")) {
            int opened = 0;
            for (JsonNode part : figure.required("parts")) {
                opened += recomputed(token, part, own);
            }
            assertEquals(value, byFormula(figure), text);
            return opened;
        }
        assertTrue(figure.hasNonNull("whose"), "neither legs nor formula nor whose: " + text);
        boolean booked = !Set.of("count", "minorPerHour").contains(figure.required("unit").asText());
        assertTrue(!booked || figure.required("whose").asText().startsWith("the book of ") && !figure.required("whose").asText().contains(own),
                "a number of one's own book that opens nothing: " + text);
        return 0;
    }

    /** Adds up all pages, and finds the sum that the server says. */
    private long legs(String token, String href) throws Exception {
        long sum = 0;
        long count = 0;
        String after = "";
        JsonNode page;
        do {
            page = json.readTree(given().auth().oauth2(token).urlEncodingEnabled(false).get(href + "&limit=3&after=" + after).then().statusCode(200).extract().asString());
            for (JsonNode leg : page.required("items")) {
                sum += leg.required("amount").asLong();
                count++;
                assertTrue(leg.hasNonNull("entryId"));
            }
            after = page.required("next").asText();
        } while (!page.required("next").isNull());
        assertEquals(page.required("sum").asLong(), sum, href);
        assertEquals(page.required("count").asLong(), count, href);
        return sum;
    }

    private static long byFormula(JsonNode figure) {
        JsonNode parts = figure.required("parts");
        String formula = figure.required("formula").asText();
        long first = parts.get(0).required("value").asLong();
        if (formula.startsWith("v / ")) {
            long millis = 0;
            for (int i = 1; i < parts.size(); i++) {
                millis += parts.get(i).required("value").asLong();
            }
            return first * HOUR / millis;
        }
        if (formula.startsWith("floor(taken")) {
            long before = parts.get(1).required("value").asLong();
            long upTo = parts.get(2).required("value").asLong();
            long all = parts.get(3).required("value").asLong();
            return share(first, upTo, all) - share(first, before, all);
        }
        if (formula.startsWith("sum over")) {
            long sum = 0;
            for (JsonNode part : parts) {
                sum += part.required("value").asLong();
            }
            return sum;
        }
        if (formula.startsWith("part ")) {
            var n = java.util.regex.Pattern.compile("part (\\d+) of (\\d+) of \\(part (\\d+) of (\\d+) of v\\)").matcher(formula);
            assertTrue(n.matches(), formula);
            long licensed = part(first, n.group(3), n.group(4));
            return part(licensed, n.group(1), n.group(2));
        }
        if (formula.startsWith("months ")) {
            var n = java.util.regex.Pattern.compile("months \\[([0-9, ]+)] of (\\d+) of their wages in the model").matcher(formula);
            assertTrue(n.matches(), formula);
            long sum = 0;
            for (String month : n.group(1).split(", ")) {
                sum += part(first, month, n.group(2));
            }
            return sum;
        }
        if (formula.contains("in thousandths")) {
            return first * 1000 / parts.get(1).required("value").asLong();
        }
        throw new AssertionError("a formula that this test does not know: " + formula);
    }

    private static long part(long whole, String k, String n) {
        return share(whole, Long.parseLong(k), Long.parseLong(n)) - share(whole, Long.parseLong(k) - 1, Long.parseLong(n));
    }

    private static long share(long amount, long part, long whole) {
        return BigInteger.valueOf(amount).multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(whole)).longValueExact();
    }
}
