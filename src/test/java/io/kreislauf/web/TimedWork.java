package io.kreislauf.web;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;

import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.restassured.specification.RequestSpecification;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An organisation whose tasks people do before a real browser while a stopwatch runs. */
final class TimedWork {

    static final int IDLE_SECONDS = 8;

    /** How far the stopwatch may differ from what is booked. */
    static final long TOLERANCE_MILLIS = 1_000;

    final UUID organisation = TestPeople.organisation("manufacturer");
    final TestPerson requester = TestPeople.person("requester", organisation);

    TimedWork() throws SQLException {
        TestFunds.deposit(organisation, "USD", 100_000);
    }

    /** A published project of eight items; its id. */
    String published() {
        return published(IDLE_SECONDS, "");
    }

    /** @param settings further fields, each with its comma after it */
    String published(int idleSeconds, String settings) {
        String project = as(requester).contentType("application/json").body("""
                {"title": "Tones %s", "purpose": "A test of time", "guidelines": "Judge.", "currency": "USD", "rewardMinor": 25, "estimateSeconds": 30,
                 "labelsWanted": 1, "idleSeconds": %d, "prefetchLimit": 5, %s
                 "form": {"questions": [{"name": "tone", "title": "Which tone?", "choices": [{"value": "good", "title": "Good"}, {"value": "bad", "title": "Bad"}]}]}}
                """.formatted(UUID.randomUUID(), idleSeconds, settings)).post("/api/projects").then().statusCode(201).extract().path("projectId");
        as(requester).contentType("text/csv").body("key,text\n" + IntStream.range(100, 108).mapToObj("k%1$d,This is item %1$d of a list"::formatted)
                .collect(Collectors.joining("\n"))).post("/api/projects/{id}/items", project).then().statusCode(201);
        as(requester).contentType("application/json").body("{}").post("/api/projects/{id}/publish", project).then().statusCode(201);
        return project;
    }

    /** A tab whose person has just signed in and sees what awaits them; nothing of that is observed. */
    static BareChromium.Tab signedIn(BareChromium chromium, String address, TestPerson person) {
        BareChromium.Tab tab = chromium.open(address + "login?to=/mine", false);
        tab.until("document.querySelector('#username') !== null");
        tab.evaluate("document.querySelector('#username').value = '%s'; document.querySelector('#password').value = '%s'; document.querySelector('[type=submit]').click()"
                .formatted(person.user().login(), person.user().password()));
        tab.until("location.pathname === '/mine' && document.querySelector('main h1') !== null");
        return tab;
    }

    /** Nothing to wait for but time itself: it is what is measured. */
    static void passes(int seconds) {
        await().pollDelay(Duration.ofSeconds(seconds)).atMost(Duration.ofSeconds(seconds + 60)).until(() -> true);
    }

    static RequestSpecification as(TestPerson person) {
        return given().auth().oauth2(person.token());
    }
}
