package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.claimItem;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who says which item is claimed: nobody, annotators, or the requester by assigning. One door for all. */
@QuarkusTest
class NamedItemsIT {

    private static ValidatableResponse assign(WorkFixture work, String annotator, String... keys) {
        return as(work.requester).body(Map.of("annotator", annotator, "itemKeys", keys)).post("/api/projects/{id}/assignments", work.projectId).then();
    }

    @Test
    void nobodyNamesItemsUnlessTheProjectSaysSo() throws SQLException {
        var work = new WorkFixture(2, "\"itemsNamedBy\": \"nobody\"");
        TestPerson anna = TestPeople.annotator("KE");
        as(work.requester).get("/api/projects/{id}", work.projectId).then().body("itemsNamedBy", equalTo("nobody"));
        claimItem(anna, work.projectId, "k1").statusCode(409).body("code", equalTo("ITEMS_NOT_NAMED"));
        claimItem(anna, work.projectId, "nowhere").statusCode(409).body("code", equalTo("ITEMS_NOT_NAMED"));
        claimItem(TestPeople.person("annotator", null), work.projectId, "k1").statusCode(409).body("code", equalTo("CONSENT_REQUIRED"));
        work.claim(anna, 2).statusCode(201).body("claims", hasSize(2));
        as(work.requester).body("""
                {"title": "T", "currency": "USD", "rewardMinor": 1, "estimateSeconds": 9, "form": %s, "itemsNamedBy": "everybody"}
                """.formatted(WorkFixture.FORM)).post("/api/projects").then().statusCode(422).body("field", equalTo("itemsNamedBy"));
        assign(work, anna.personId().toString(), "k1").statusCode(409).body("code", equalTo("NOT_ASSIGNING"));
    }

    @Test
    void whomItemsAreAssignedToGetsTheseAndNobodyElseGetsAny() throws SQLException {
        var work = new WorkFixture(6, "\"itemsNamedBy\": \"requester\", \"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        TestPerson ben = TestPeople.annotator("KE");
        work.claim(anna, 1).statusCode(409).body("code", equalTo("NOTHING_ASSIGNED"));
        as(anna).get("/api/tasks/{id}", work.projectId).then().body("lacks.code", equalTo(List.of("NOTHING_ASSIGNED"))).body("available", equalTo(0));
        String annas = TestPeople.pseudonym(work.requester.organisationId(), anna);
        assign(work, annas, "k1", "k2", "k3").statusCode(201).body("assigned", equalTo(3)).body("annotator", equalTo(annas));
        assign(work, annas, "k3", "k4").statusCode(201).body("assigned", equalTo(1));
        as(anna).get("/api/tasks/{id}", work.projectId).then().body("lacks", empty()).body("available", equalTo(4));
        as(anna).queryParam("mayDo", true).queryParam("limit", 200).get("/api/tasks").then().statusCode(200).body("items.projectId", hasItem(work.projectId));
        as(ben).queryParam("mayDo", true).queryParam("limit", 200).get("/api/tasks").then().statusCode(200).body("items.projectId", not(hasItem(work.projectId)));
        work.claim(ben, 1).statusCode(409).body("code", equalTo("NOTHING_ASSIGNED"));
        claimItem(ben, work.projectId, "k1").statusCode(409).body("code", equalTo("NOTHING_ASSIGNED"));
        claimItem(anna, work.projectId, "k4").statusCode(201).body("claims.itemKey", equalTo(List.of("k4")));
        claimItem(anna, work.projectId, "k1", "k5").statusCode(409).body("code", equalTo("NOT_ASSIGNED"));
        work.claim(anna, 2).statusCode(201).body("claims", hasSize(2));
        work.claim(anna, 2).statusCode(201).body("claims", hasSize(1));
        as(anna).get("/api/claims").then().body("claims.itemKey", containsInAnyOrder("k1", "k2", "k3", "k4"));
        work.claim(anna, 1).statusCode(201).body("claims", empty());
    }

    @Test
    void anItemOfSeveralPeopleGoesToWhoeverClaimsItFirstAndWithTheSameChecks() throws SQLException {
        var work = new WorkFixture(2, "\"itemsNamedBy\": \"requester\", \"labelsWanted\": 1, \"regions\": [\"KE\"], \"prefetchLimit\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        TestPerson ben = TestPeople.annotator("KE");
        TestPerson carl = TestPeople.annotator("DE");
        for (TestPerson person : List.of(anna, ben, carl)) {
            assign(work, TestPeople.pseudonym(work.requester.organisationId(), person), "k1", "k2").statusCode(201);
        }
        claimItem(anna, work.projectId, "k1").statusCode(201);
        claimItem(ben, work.projectId, "k1").statusCode(409).body("code", equalTo("NO_SLOT"));
        claimItem(anna, work.projectId, "k2").statusCode(409).body("code", equalTo("PREFETCH_LIMIT"));
        work.claim(carl, 1).statusCode(409).body("code", equalTo("NEEDS_REGION"));
        work.claim(ben, 1).statusCode(201).body("claims.itemKey", equalTo(List.of("k2")));
    }

    @Test
    void whatIsTakenBackCannotBeClaimedAndWhatIsHeldCanBeDone() throws SQLException {
        var work = new WorkFixture(3, "\"itemsNamedBy\": \"requester\"");
        TestPerson anna = TestPeople.annotator("KE");
        String annas = TestPeople.pseudonym(work.requester.organisationId(), anna);
        assign(work, annas, "k1", "k2").statusCode(201);
        WorkFixture.Held held = work.take(anna);
        as(work.requester).queryParam("annotator", annas).get("/api/projects/{id}/assignments", work.projectId).then().statusCode(200)
                .body("items.itemKey", equalTo(List.of("k1", "k2"))).body("items.findAll { it.claimed }", hasSize(1)).body("items[0].annotator", equalTo(annas));
        as(work.requester).delete("/api/projects/{id}/assignments/{who}", work.projectId, annas).then().statusCode(200).body("withdrawn", equalTo(1));
        work.claim(anna, 1).statusCode(201).body("claims", empty());
        work.submit(anna, held, "pos").statusCode(200).body("state", equalTo("ACCEPTED"));
        TestPerson stranger = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        as(stranger).delete("/api/projects/{id}/assignments/{who}", work.projectId, annas).then().statusCode(404);
        assign(work, annas, "k1", "nowhere").statusCode(404);
        assign(work, annas).statusCode(422).body("field", equalTo("itemKeys"));
        assign(work, TestPeople.annotator("KE").personId().toString(), "k1").statusCode(404);
    }
}
