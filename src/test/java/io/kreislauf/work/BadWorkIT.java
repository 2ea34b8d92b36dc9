package io.kreislauf.work;

import static io.kreislauf.work.Verdicts.correct;
import static io.kreislauf.work.WorkFixture.as;
import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.hamcrest.Matchers.emptyOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.WorkFixture.Held;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Everything that a client can do wrong while somebody works, during one task: each is refused with a word why, and the task keeps its time. */
@QuarkusTest
class BadWorkIT {

    private int seconds;

    private static void refused(ValidatableResponse answer, int status, String code) {
        answer.statusCode(status).body("code", equalTo(code)).body("detail", not(emptyOrNullString())).body("remedy", not(emptyOrNullString()));
    }

    private void passes() {
        TestClock.advance(Duration.ofSeconds(10));
        seconds += 10;
    }

    @Test
    void eachIsAClearErrorAndNoSecondIsLost() throws SQLException {
        TestClock.notBeforeMidnight(Duration.ofHours(1));
        var work = new WorkFixture(6, "\"prefetchLimit\": 2");
        TestPerson anna = TestPeople.annotator("KE");
        Held task = work.take(anna);
        Held bens = work.take(TestPeople.annotator("KE"));
        UUID tab = UUID.randomUUID();
        var clock = new RunningClock();
        heartbeat(anna, tab, state("shown", task.id(), 0)).statusCode(200);
        as(anna).body("{\"answer\": {\"sentiment\": \"neg\"}}").put("/api/claims/{id}/draft", task.id()).then().statusCode(200);
        passes();
        refused(work.claim(anna, 2), 409, "PREFETCH_LIMIT");
        passes();
        refused(heartbeat(anna, tab, state("shown", bens.id(), 0)), 404, "NOT_FOUND");
        passes();
        refused(heartbeat(anna, tab, state("active", task.id(), 1_000) + "," + state("hidden", task.id(), 2_000)), 422, "INVALID");
        refused(heartbeat(anna, tab, state("hidden", task.id(), -60_000)), 422, "INVALID");
        heartbeat(anna, tab, state("active", task.id(), 5_000) + "," + state("shown", task.id(), 0)).statusCode(200);
        heartbeat(anna, tab, state("active", task.id(), 5_000) + "," + state("shown", task.id(), 0)).statusCode(200);
        passes();
        heartbeat(anna, tab, state("shown", task.id(), 14_000) + "," + state("active", task.id(), 8_000) + "," + state("shown", task.id(), 0)).statusCode(200);
        refused(as(anna).body("{\"answer\": {\"a\": \"%s\"}}".formatted("x".repeat(70_000))).put("/api/claims/{id}/draft", task.id()).then(), 413, "TOO_LARGE");
        as(anna).get("/api/claims").then().body("claims[0].draft.sentiment", equalTo("neg"));
        passes();
        refused(as(anna).body("{\"fencingVersion\": %s, \"formVersion\": 2, \"answer\": {\"sentiment\": \"pos\"}}".formatted(task.version()))
                .post("/api/claims/{id}/submit", task.id()).then(), 409, "FORM_VERSION");
        passes();
        long booked = work.handIn(anna, task);
        clock.booked(seconds * 1_000L, booked);
        refused(correct(anna, task.id(), 36_000_000, "It took ten hours"), 409, "MORE_THAN_FREE");
        assertEquals(booked, as(anna).get("/api/me/submissions").then().statusCode(200).extract().jsonPath().getLong("items[0].bookedMillis"));
    }
}
