package io.kreislauf.ledger.book;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.WageEvent.WorkApproved;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who sees what of a book, and that each number leads to its legs. */
@QuarkusTest
class BooksIT {

    @Inject
    Ledger ledger;

    private TestPerson requester;
    private TestPerson anna;
    private UUID org;
    private UUID submission;

    @BeforeEach
    void oneSubmission() throws Exception {
        org = TestPeople.organisation("manufacturer");
        requester = TestPeople.person("requester", org);
        anna = TestPeople.annotator("KE");
        submission = UUID.randomUUID();
        var project = UUID.randomUUID();
        var d = new Book(org);
        var w = new Book(anna.personId());
        ledger.post(new CapitalAdvanced(UUID.randomUUID(), d, "USD", 10_000, "test"), null);
        ledger.post(new WorkSubmitted(submission, project, d, w, LabourMillis.observed(150_000), Wage.none("USD")), null);
        ledger.post(new WorkApproved(submission, project, d, w, "USD", 25, 0), null);
    }

    @Test
    void anOrganisationSeesItsOwnBookWithItsOwnPseudonymsOfPeople() {
        var body = given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/balances", org)
                .then().statusCode(200)
                .body("balances.find { it.account == 'CASH' }.amount", equalTo(10_000)).extract().asString();
        assertEquals(-1, body.indexOf(anna.personId().toString()), "the person's own id is nobody else's to see");
        given().auth().oauth2(requester.token()).get("/api/ledger/books").then().statusCode(200).body("items.book", hasItem(org.toString()));
        given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/balances", anna.personId())
                .then().statusCode(404).body("code", equalTo("NOT_FOUND"));
    }

    @Test
    void eachNumberOpensTheLegsWhoseSumItIs() {
        var lines = given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/balances", org).then().extract().jsonPath();
        for (var i = 0; i < lines.getList("balances").size(); i++) {
            given().auth().oauth2(requester.token()).get(lines.getString("balances[" + i + "].legsHref"))
                    .then().statusCode(200).body("sum", equalTo(lines.getInt("balances[" + i + "].amount")));
        }
        given().auth().oauth2(requester.token()).queryParam("book", org).get("/api/ledger/trial-balance").then().statusCode(200)
                .body("totals.findAll { it.debit != it.credit }", hasSize(0));
        given().auth().oauth2(requester.token()).queryParam("book", org).get("/api/ledger/balance-sheet").then().statusCode(200)
                .body("forms.form", hasItem("P"));
        given().auth().oauth2(requester.token()).queryParam("book", org).get("/api/ledger/balance-sheet.csv").then().statusCode(200)
                .body(containsString("M,CASH,USD,10000"));
    }

    @Test
    void anEntryShowsTheLegsOfOnesOwnBookAndWhoseTheOthersAre() {
        var mine = given().auth().oauth2(anna.token()).queryParam("source", submission).get("/api/ledger/entries")
                .then().statusCode(200).body("$", hasSize(2)).body("[0].legs", hasSize(2)).body("[0].others", hasSize(1)).extract().jsonPath();
        given().auth().oauth2(requester.token()).get("/api/ledger/entries/{id}", mine.getString("[0].entryId"))
                .then().statusCode(200).body("legs", hasSize(2)).body("others[0].book", not(equalTo(anna.personId().toString())));
        assertNotEquals(null, mine.getString("[0].others[0].bookName"));
    }

    @Test
    void aStrangerSeesNothingAndAnOperatorEverything() throws Exception {
        var stranger = TestPeople.person("requester", TestPeople.organisation("model-maker"));
        var operator = TestPeople.person("operator", null);
        given().auth().oauth2(stranger.token()).get("/api/ledger/books/{book}/balances", org).then().statusCode(404);
        given().auth().oauth2(stranger.token()).queryParam("source", submission).get("/api/ledger/entries").then().statusCode(200).body("$", hasSize(0));
        given().auth().oauth2(operator.token()).get("/api/ledger/books/{book}/statement?account=PRODUCTION", org)
                .then().statusCode(200).body("count", equalTo(2));
    }

    @Test
    void statementsArePagedAndBadQuestionsNamed() {
        var first = given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/statement?limit=4", org)
                .then().statusCode(200).body("items", hasSize(4)).body("count", equalTo(6)).extract().jsonPath();
        given().auth().oauth2(requester.token()).queryParam("after", first.getString("next")).get("/api/ledger/books/{book}/statement", org)
                .then().statusCode(200).body("items", hasSize(2)).body("next", equalTo(null));
        given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/statement?after=x", org).then().statusCode(422).body("field", equalTo("after"));
        given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/statement?commodity=gold", org).then().statusCode(422);
        given().auth().oauth2(requester.token()).get("/api/ledger/books/{book}/balances?postedAt=soon", org).then().statusCode(422);
    }
}
