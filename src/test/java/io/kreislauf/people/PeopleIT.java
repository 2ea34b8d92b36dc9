package io.kreislauf.people;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.testing.TestUser;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PeopleIT {

    @Inject
    Pseudonyms pseudonyms;

    @Test
    void aWorkerOfALogIsProvisionedSignsInAgreesAndIsDeleted() throws Exception {
        var requester = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        String login = "worker-" + UUID.randomUUID().toString().substring(0, 8);
        var made = given().auth().oauth2(requester.token()).contentType(ContentType.JSON)
                .body(List.of(Map.of("login", login, "roles", List.of("annotator"), "region", "KE", "origin", "log", "logName", "sample")))
                .post("/api/people/batch").then().statusCode(201).body("[0].login", equalTo(login)).extract();
        String password = made.path("[0].oneTimePassword");
        String token = new TestUser(login, password, null).token();

        given().auth().oauth2(token).get("/api/me").then().statusCode(200)
                .body("roles", hasItem("annotator")).body("region", equalTo("KE")).body("consent.decision", equalTo(null))
                .body("consent.text", containsString("interval"));
        given().auth().oauth2(token).contentType(ContentType.JSON).body(Map.of("version", 1, "decision", "perhaps"))
                .post("/api/me/consent").then().statusCode(422).contentType("application/problem+json")
                .body("field", equalTo("decision")).body("remedy", notNullValue());
        given().auth().oauth2(token).contentType(ContentType.JSON).body(Map.of("version", 1, "decision", "agreed"))
                .post("/api/me/consent").then().statusCode(200).body("decision", equalTo("agreed"));

        String personId = made.path("[0].personId");
        given().auth().oauth2(token).header("X-Kreislauf-Person", personId).get("/api/me").then().statusCode(200);
        given().auth().oauth2(token).header("X-Kreislauf-Person", requester.personId().toString()).get("/api/me").then().statusCode(401)
                .body("detail", containsString("Somebody else has signed in"));
        given().auth().oauth2(TestPeople.person("requester", TestPeople.organisation("manufacturer")).token())
                .delete("/api/people/" + personId).then().statusCode(404);
        given().auth().oauth2(requester.token()).delete("/api/people/" + personId).then().statusCode(204);
        given().auth().oauth2(token).get("/api/me").then().statusCode(401);
    }

    @Test
    void whoDeclinesIsNotObservedAndTakesNoTaskButSeesTheirOwnAndMayAgreeAndWithdrawLater() throws Exception {
        String project = published();
        TestPerson anna = TestPeople.person("annotator", null);
        decides(anna, "declined");
        given().auth().oauth2(anna.token()).get("/api/me").then().statusCode(200).body("consent.decision", equalTo("declined"))
                .body("consent.required", equalTo(true));
        isKeptFromWork(anna, project);
        for (String own : List.of("/api/me/work", "/api/me/declarations", "/api/claims", "/api/tasks")) {
            given().auth().oauth2(anna.token()).get(own).then().statusCode(200);
        }
        decides(anna, "agreed");
        observed(anna).statusCode(200);
        claimed(anna, project).statusCode(201).body("claims", hasSize(1));
        decides(anna, "declined");
        isKeptFromWork(anna, project);
    }

    private static void decides(TestPerson person, String decision) {
        given().auth().oauth2(person.token()).contentType(ContentType.JSON).body(Map.of("version", 1, "decision", decision))
                .post("/api/me/consent").then().statusCode(200).body("decision", equalTo(decision));
    }

    private static void isKeptFromWork(TestPerson person, String project) {
        given().auth().oauth2(person.token()).get("/api/tasks/{id}", project).then().statusCode(200).body("lacks.code", hasItem("CONSENT_REQUIRED"));
        var test = given().auth().oauth2(person.token()).contentType(ContentType.JSON).body("{}").post("/api/qualifications/{id}/attempts", UUID.randomUUID()).then();
        for (ValidatableResponse refused : List.of(observed(person), claimed(person, project), test)) {
            refused.statusCode(409).contentType("application/problem+json").body("code", equalTo("CONSENT_REQUIRED")).body("remedy", notNullValue());
        }
    }

    private static ValidatableResponse observed(TestPerson person) {
        return given().auth().oauth2(person.token()).contentType(ContentType.JSON)
                .body(Map.of("tab", UUID.randomUUID(), "states", List.of(Map.of("kind", "search", "agoMillis", 0)))).post("/api/observations").then();
    }

    private static ValidatableResponse claimed(TestPerson person, String project) {
        return given().auth().oauth2(person.token()).contentType(ContentType.JSON).body(Map.of("projectId", project, "count", 1)).post("/api/claims").then();
    }

    /** A project of two items. */
    private static String published() throws SQLException {
        UUID organisation = TestPeople.organisation("manufacturer");
        TestFunds.deposit(organisation, "USD", 1_000);
        String token = TestPeople.person("requester", organisation).token();
        String project = given().auth().oauth2(token).contentType(ContentType.JSON).body("""
                {"title": "Tones", "purpose": "To test", "guidelines": "Judge.", "currency": "USD", "rewardMinor": 25, "estimateSeconds": 30, "labelsWanted": 1,
                 "form": {"questions": [{"name": "tone", "title": "Which tone?", "choices": [{"value": "good"}, {"value": "bad"}]}]}}
                """).post("/api/projects").then().statusCode(201).extract().path("projectId");
        given().auth().oauth2(token).contentType("text/csv").body("key,text\na,Dear all\nb,Dear me").post("/api/projects/{id}/items", project).then().statusCode(201);
        given().auth().oauth2(token).contentType(ContentType.JSON).body("{}").post("/api/projects/{id}/publish", project).then().statusCode(201);
        return project;
    }

    @Test
    void aRequesterProvisionsNoOperatorAndNobodyTwice() throws Exception {
        var requester = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        given().auth().oauth2(requester.token()).contentType(ContentType.JSON)
                .body(Map.of("login", "would-be-operator", "roles", List.of("operator")))
                .post("/api/people").then().statusCode(403).body("code", equalTo("NOT_YOURS_TO_PROVISION"));
        given().auth().oauth2(requester.token()).contentType(ContentType.JSON)
                .body(Map.of("login", requester.user().login(), "roles", List.of("annotator")))
                .post("/api/people").then().statusCode(409).body("code", equalTo("LOGIN_TAKEN"));
        given().auth().oauth2(requester.token()).contentType(ContentType.JSON)
                .body(Map.of("login", "x y", "roles", List.of("annotator")))
                .post("/api/people").then().statusCode(422).body("field", equalTo("login"));
    }

    @Test
    void anUnreadableBodyIsNamedByLineAndColumn() throws Exception {
        var operator = TestPeople.person("operator", null);
        given().auth().oauth2(operator.token()).contentType(ContentType.JSON).body("{\"name\": }")
                .post("/api/organisations").then().statusCode(400).body("code", equalTo("UNREADABLE")).body("detail", containsString("column"));
        given().auth().oauth2(operator.token()).contentType(ContentType.JSON).body("{\"name\":\"x\",\"kind\":\"manufacturer\",\"colour\":1}")
                .post("/api/organisations").then().statusCode(400).body("field", equalTo("colour"));
    }

    @Test
    void aChangeByCookieNeedsTheHeader() {
        given().cookie("any", "x").contentType(ContentType.JSON).body("{}").post("/api/organisations")
                .then().statusCode(403).contentType("application/problem+json").body("code", equalTo("CSRF"));
    }

    @Test
    void twoOrganisationsSeeTwoPseudonymsOfOnePersonAlways() throws Exception {
        UUID one = TestPeople.organisation("manufacturer");
        UUID other = TestPeople.organisation("model-maker");
        UUID person = UUID.randomUUID();
        UUID seenByOne = pseudonyms.of(one, List.of(person)).get(person);
        assertNotEquals(person, seenByOne);
        assertNotEquals(seenByOne, pseudonyms.of(other, List.of(person)).get(person));
        assertEquals(seenByOne, pseudonyms.of(one, List.of(person, UUID.randomUUID())).get(person));
    }
}
