package io.kreislauf.people;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestUser;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
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
        given().auth().oauth2(TestPeople.person("requester", TestPeople.organisation("manufacturer")).token())
                .delete("/api/people/" + personId).then().statusCode(404);
        given().auth().oauth2(requester.token()).delete("/api/people/" + personId).then().statusCode(204);
        given().auth().oauth2(token).get("/api/me").then().statusCode(401);
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
