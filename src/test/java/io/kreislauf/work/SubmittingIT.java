package io.kreislauf.work;

import static io.kreislauf.work.PageInUse.work;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.counts;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.TimeClass;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SubmittingIT {

    @Inject
    Sweeping sweeping;

    private static void near(long expectedMillis, long millis) {
        assertEquals(expectedMillis, millis, 4_000, "milliseconds, beside what the requests took");
    }

    /** As a program keeps them that knows nothing of pages. */
    @Test
    void ofDraftsThatTellNoOrderTheLatestIsKept() throws Exception {
        WorkFixture work = new WorkFixture(1, "");
        TestPerson annotator = TestPeople.annotator("KE");
        String claimId = work.claim(annotator, 1).statusCode(201).extract().path("claims[0].claimId");
        for (String said : List.of("pos", "neg")) {
            WorkFixture.as(annotator).body("{\"answer\": {\"sentiment\": \"%s\"}}".formatted(said)).put("/api/claims/{id}/draft", claimId).then().statusCode(200);
            WorkFixture.as(annotator).get("/api/claims").then().body("claims[0].draft.sentiment", equalTo(said)).body("claims[0].draftsAside", nullValue());
        }
    }

    @Test
    void aLabelFillsItsSlotAndBooksItsTimeInBothBooks() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        work(anna, task.id(), 40);
        JsonPath answer = work.submit(anna, task, "pos").statusCode(200)
                .body("state", equalTo("ACCEPTED")).body("rewardMinor", equalTo(25)).body("submissionId", notNullValue()).extract().jsonPath();
        long booked = answer.getLong("bookedMillis");
        near(40_000, booked);
        assertEquals(booked, work.books.millis(TimeClass.DIRECT));
        assertEquals(booked, ProjectBooks.expendedMillis(anna, TimeClass.DIRECT));
        assertEquals(Map.of("filled", 1L, "open", 1L), work.slots());
        as(anna).get("/api/me/work").then().statusCode(200).body("pay[0].pendingMinor", equalTo(25));
        var second = new WorkFixture(1, "");
        second.label(anna, "pos");
        String next = as(anna).get("/api/me/projects?limit=1").then().statusCode(200).body("items.projectId", contains(second.projectId)).extract().path("next");
        as(anna).get("/api/me/projects?limit=1&after=" + next).then().statusCode(200).body("items.projectId", contains(work.projectId)).body("items[0].submissions", equalTo(1))
                .body("items[0].millis", equalTo((int) booked)).body("items[0].earnedMinor", equalTo(25)).body("next", nullValue());
        as(anna).get("/api/me/intervals").then().statusCode(200).body("items[0].timeClass", equalTo("direct")).body("items[0].source", equalTo("observed"));
    }

    @Test
    void theSameSubmissionAgainIsTheSameAnswer() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        String first = work.submit(anna, task, "pos").statusCode(200).extract().asString();
        assertEquals(first, work.submit(anna, task, "pos").statusCode(200).extract().asString());
        work.submit(anna, task, "neg").statusCode(409).body("code", equalTo("ALREADY_SUBMITTED"));
    }

    @Test
    void nobodySubmitsWithAnothersVersionOrToAnothersClaim() throws SQLException {
        var work = new WorkFixture(2, "");
        TestPerson anna = TestPeople.annotator("KE");
        TestPerson ben = TestPeople.annotator("KE");
        Held annas = work.take(anna);
        Held bens = work.take(ben);
        work.submit(anna, annas.id(), bens.version(), "pos").statusCode(409)
                .body("code", equalTo("FENCED")).body("remedy", notNullValue());
        work.submit(anna, bens, "pos").statusCode(404);
        heartbeat(anna, UUID.randomUUID(), state("shown", bens.id(), 0)).statusCode(404);
    }

    @Test
    void anAnswerThatDoesNotFitIsRefusedAndNothingIsLost() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        work.submit(anna, task, "meh").statusCode(422).body("field", equalTo("answer.sentiment"));
        as(anna).body("{\"fencingVersion\": %s, \"formVersion\": 2, \"answer\": {\"sentiment\": \"pos\"}}".formatted(task.version()))
                .post("/api/claims/{id}/submit", task.id()).then().statusCode(409).body("code", equalTo("FORM_VERSION"));
        work.submit(anna, task, "pos").statusCode(200);
    }

    @Test
    void aDraftIsThereAgainAndNotTooLarge() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        Held held = work.take(anna);
        String claimId = held.id();
        as(anna).body("{\"answer\": {\"sentiment\": \"neg\"}}").put("/api/claims/{id}/draft", claimId).then().statusCode(200);
        as(anna).body("{\"answer\": {\"a\": \"%s\"}}".formatted("x".repeat(70_000))).put("/api/claims/{id}/draft", claimId).then().statusCode(413);
        as(anna).get("/api/claims").then().body("claims[0].draft.sentiment", equalTo("neg"));
        as(TestPeople.annotator("KE")).body("{\"answer\": {}}").put("/api/claims/{id}/draft", claimId).then().statusCode(404);
        as(anna).body("{\"fencingVersion\": %s}".formatted(held.version())).post("/api/claims/{id}/return", claimId).then().statusCode(200);
        assertEquals(Map.of("drafts", 0L), counts("select 'drafts', count(*) from draft where claim_id = ?", UUID.fromString(claimId)), "nobody can hand it in any more");
    }

    private static ValidatableResponse typed(TestPerson annotator, String claimId, String text, UUID page, int step, Map<UUID, Integer> holds) {
        return as(annotator).body(Map.of("answer", Map.of("sentiment", text), "page", page, "step", step, "holds", holds))
                .put("/api/claims/{id}/draft", claimId).then().statusCode(200);
    }

    private static ValidatableResponse drafts(TestPerson annotator) {
        return as(annotator).get("/api/claims").then().statusCode(200);
    }

    @Test
    void aDraftThatComesLateTakesNothingAwayThatAnotherDeviceTypedMeanwhile() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        UUID desk = UUID.randomUUID();
        UUID phone = UUID.randomUUID();
        typed(anna, task.id(), "desk 2", desk, 2, Map.of());
        typed(anna, task.id(), "desk 1", desk, 1, Map.of()).body("other", nullValue());
        drafts(anna).body("claims[0].draft.sentiment", equalTo("desk 2")).body("claims[0].draftPage", equalTo(desk.toString())).body("claims[0].draftStep", equalTo(2));
        typed(anna, task.id(), "desk 2, phone", phone, 1, Map.of(desk, 2)).body("other", nullValue());
        typed(anna, task.id(), "desk 2", desk, 2, Map.of()).body("other", nullValue());
        typed(anna, task.id(), "desk 3", desk, 3, Map.of()).body("other.answer.sentiment", equalTo("desk 2, phone")).body("other.page", equalTo(phone.toString()))
                .body("other.step", equalTo(1)).body("other.savedAt", notNullValue());
        drafts(anna).body("claims[0].draft.sentiment", equalTo("desk 2, phone")).body("claims[0].draftsAside.answer.sentiment", contains("desk 3"))
                .body("claims[0].draftsAside[0].page", equalTo(desk.toString())).body("claims[0].draftsAside[0].step", equalTo(3));
        typed(anna, task.id(), "desk 4", desk, 4, Map.of()).body("other", notNullValue());
        typed(anna, task.id(), "desk 3", desk, 3, Map.of()).body("other", notNullValue());
        drafts(anna).body("claims[0].draftsAside.answer.sentiment", contains("desk 4"));

        typed(anna, task.id(), "desk 5", desk, 5, Map.of(phone, 1)).body("other", nullValue());
        drafts(anna).body("claims[0].draft.sentiment", equalTo("desk 5")).body("claims[0].draftsAside", nullValue());
        typed(anna, task.id(), "phone 2", phone, 2, Map.of(desk, 2)).body("other.answer.sentiment", equalTo("desk 5"));
        typed(anna, task.id(), "desk 5", UUID.randomUUID(), 1, Map.of(phone, 2)).body("other", nullValue());
        drafts(anna).body("claims[0].draft.sentiment", equalTo("desk 5")).body("claims[0].draftsAside", nullValue());
        typed(anna, task.id(), "phone 2", phone, 2, Map.of(desk, 2)).body("other", nullValue());
        typed(anna, task.id(), "unknown", UUID.randomUUID(), 1, Map.of()).body("other", notNullValue());
        work.submit(anna, task, "pos").statusCode(200);
        assertEquals(Map.of("left", 0L), WorkFixture.counts("select 'left', (select count(*) from draft where claim_id = ?::uuid) + (select count(*) from draft_aside where claim_id = ?::uuid)",
                task.id(), task.id()));
    }

    @Test
    void whatAPageLeftBehindIsGoneOnWithByTheNextPageOfItsBrowserInWhateverOrderTheyAreHeard() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        UUID left = UUID.randomUUID();
        UUID next = UUID.randomUUID();
        typed(anna, task.id(), "a", left, 1, Map.of());
        typed(anna, task.id(), "abc", next, 1, Map.of(left, 2)).body("other", nullValue());
        typed(anna, task.id(), "ab", left, 2, Map.of()).body("other", nullValue());
        drafts(anna).body("claims[0].draft.sentiment", equalTo("abc")).body("claims[0].draftsAside", nullValue());
        for (String wrong : List.of("\"step\": -1", "\"holds\": {\"%s\": -1}".formatted(left), "\"holds\": {\"%s\": null}".formatted(left))) {
            as(anna).body("{\"answer\": {}, %s}".formatted(wrong)).put("/api/claims/{id}/draft", task.id()).then().statusCode(422);
        }
        for (int page = 0; page < 15; page++) {
            typed(anna, task.id(), "p" + page, UUID.randomUUID(), 1, Map.of()).body("other.answer.sentiment", equalTo("abc"));
        }
        drafts(anna).body("claims[0].draftsAside", hasSize(10)).body("claims[0].draftsAside[0].answer.sentiment", equalTo("p14"));
    }

    @Test
    void aLateLabelWhoseSlotIsFreeIsANormalOneAndItsTimeIsBookedOnce() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        work(anna, task.id(), 30);
        TestClock.advance(Duration.ofMinutes(61));
        sweeping.endWhatIsOver();
        near(30_000, work.books.millis(TimeClass.RETURNED));
        work.submit(anna, task, "pos").statusCode(200).body("state", equalTo("ACCEPTED"));
        assertEquals(0, work.books.millis(TimeClass.RETURNED));
        near(30_000, work.books.millis(TimeClass.DIRECT));
        assertEquals(Map.of("filled", 1L), work.slots());
    }

    @Test
    void aLateLabelWhoseSlotIsAnothersIsKeptBeside() throws SQLException {
        var work = new WorkFixture(1, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        work(anna, task.id(), 30);
        TestClock.advance(Duration.ofMinutes(61));
        sweeping.endWhatIsOver();
        work.label(TestPeople.annotator("KE"), "neg");
        work.submit(anna, task, "pos").statusCode(200).body("state", equalTo("LATE_KEPT")).body("rewardMinor", equalTo(0));
        near(30_000, work.books.millis(TimeClass.RETURNED));
        assertEquals(0, work.books.millis(TimeClass.DIRECT));
        work.submit(anna, task, "pos").statusCode(200).body("state", equalTo("LATE_KEPT"));
    }

    @Test
    void twoTabsAtOnceAreOnePersonsTime() throws SQLException {
        var work = new WorkFixture(2, "");
        TestPerson anna = TestPeople.annotator("KE");
        JsonPath claims = work.claimed(anna, 2);
        String first = claims.getString("claims[0].claimId");
        String second = claims.getString("claims[1].claimId");
        UUID left = UUID.randomUUID();
        UUID right = UUID.randomUUID();
        heartbeat(anna, left, state("shown", first, 0)).statusCode(200);
        heartbeat(anna, right, state("shown", second, 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, left, state("active", first, 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, left, state("shown", first, 0)).statusCode(200);
        heartbeat(anna, right, state("shown", second, 0)).statusCode(200);
        long one = work.submit(anna, first, claims.get("claims[0].fencingVersion"), "pos").statusCode(200).extract().jsonPath().getLong("bookedMillis");
        long other = work.submit(anna, second, claims.get("claims[1].fencingVersion"), "pos").statusCode(200).extract().jsonPath().getLong("bookedMillis");
        near(10_000, one);
        near(10_000, other);
    }

    @Test
    void badObservationsAreRefusedAndTimeAlreadyHeardStays() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        work(anna, task.id(), 30);
        UUID tab = UUID.randomUUID();
        heartbeat(anna, tab, state("shown", task.id(), -5)).statusCode(422).body("field", equalTo("states[0].agoMillis"));
        heartbeat(anna, tab, state("shown", task.id(), 5) + "," + state("active", task.id(), 500)).statusCode(422).body("field", equalTo("states[1].agoMillis"));
        heartbeat(anna, tab, state("working", task.id(), 5)).statusCode(422).body("field", equalTo("states[0].kind"));
        near(30_000, work.handIn(anna, task));
    }

    @Test
    void aMessageThatComesAgainAddsNothing() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        UUID tab = UUID.randomUUID();
        heartbeat(anna, tab, state("shown", task.id(), 0)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(15));
        heartbeat(anna, tab, state("active", task.id(), 10_000) + "," + state("hidden", task.id(), 5_000)).statusCode(200);
        TestClock.advance(Duration.ofSeconds(10));
        heartbeat(anna, tab, state("active", task.id(), 20_000) + "," + state("hidden", task.id(), 15_000)).statusCode(200);
        near(10_000, work.handIn(anna, task));
    }

    @Test
    void whatWasTypedForATaskWhoseTimeWasOverIsThereAgainUntilItIsHandedIn() throws SQLException {
        var work = new WorkFixture(2, "\"labelsWanted\": 1");
        TestPerson anna = TestPeople.annotator("KE");
        Held typed = work.take(anna);
        Held untouched = work.take(anna);
        work(anna, typed.id(), 15);
        as(anna).body("{\"answer\": {\"sentiment\": \"neg\"}}").put("/api/claims/{id}/draft", typed.id()).then().statusCode(200);
        TestClock.advance(Duration.ofMinutes(61));
        sweeping.endWhatIsOver();
        as(anna).get("/api/claims").then().statusCode(200).body("claims", hasSize(1)).body("claims[0].claimId", equalTo(typed.id()))
                .body("claims[0].state", equalTo("expired")).body("claims[0].draft.sentiment", equalTo("neg"));
        as(anna).body("{\"answer\": {\"sentiment\": \"pos\"}}").put("/api/claims/{id}/draft", typed.id()).then().statusCode(200);
        as(anna).body("{\"answer\": {}}").put("/api/claims/{id}/draft", untouched.id()).then().statusCode(200);
        as(anna).get("/api/claims").then().body("claims", hasSize(2)).body("claims.find { it.claimId == '%s' }.state".formatted(untouched.id()), equalTo("lapsed"));
        work.submit(anna, typed, "pos").statusCode(200).body("state", equalTo("ACCEPTED"));
        as(anna).get("/api/claims").then().body("claims.claimId", equalTo(List.of(untouched.id())));
        work.take(anna);
        as(anna).get("/api/claims").then().body("claims", hasSize(1)).body("claims[0].state", equalTo("claimed"));
    }

    @Test
    void theFormOfAClaimIsToldToWhomeverHasOneOfThatVersion() throws SQLException {
        var work = new WorkFixture(1, "");
        TestPerson anna = TestPeople.annotator("KE");
        String form = "/api/projects/{id}/forms/{version}";
        as(anna).get(form, work.projectId, 1).then().statusCode(404);
        Held task = work.take(anna);
        as(anna).get(form, work.projectId, 1).then().statusCode(200).body("questions[0].name", equalTo("sentiment"));
        as(anna).get(form, work.projectId, 2).then().statusCode(404);
        work.submit(anna, task, "pos").statusCode(200);
        as(anna).get(form, work.projectId, 1).then().statusCode(200);
        as(work.requester).get(form, work.projectId, 1).then().statusCode(200);
        as(TestPeople.person("requester", TestPeople.organisation("manufacturer"))).get(form, work.projectId, 1).then().statusCode(404);
    }
}
