package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page while a rest is due: it says until when, and then the next task is there. */
@QuarkusTest
class RestPageIT {

    @TestHTTPResource("/")
    String address;

    @Test
    void whoHasToRestIsToldUntilWhenAndGetsTheNextTaskByItself() throws SQLException {
        TestClock.notBeforeMidnight(Duration.ofHours(1));
        String project = new TimedWork().published(60, """
                "payRule": "hour", "reserveMinor": 1000, "restAfterMinutes": 10, "restMinutes": 1,""");
        TestPerson anna = TestPeople.annotator("KE");
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(anna.user());
            page.navigate("/tasks/" + project);
            assertThat(page.getByText("1 min after 10 min of work")).isVisible();
            worksTenMinutes(anna, project);
            TestClock.advance(Duration.ofSeconds(45));
            page.navigate("/work/" + project);
            assertThat(page.getByText(Pattern.compile("Rest until \\d+:\\d\\d.*; this time is paid"))).isVisible();
            assertThat(page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Item to be labelled")))
                    .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(90_000));
        }
        given().auth().oauth2(anna.token()).get("/api/me/intervals").then().statusCode(200).body("items.timeClass", hasItem("break"));
    }

    private static void worksTenMinutes(TestPerson anna, String project) {
        JsonPath claimed = post(anna, "/api/claims", "{\"projectId\": \"%s\", \"count\": 1}".formatted(project)).extract().jsonPath();
        String claim = claimed.getString("claims[0].claimId");
        UUID tab = UUID.randomUUID();
        for (int half = 0; half <= 20; half++) {
            if (half > 0) {
                TestClock.advance(Duration.ofSeconds(30));
            }
            post(anna, "/api/observations", "{\"tab\": \"%s\", \"states\": [{\"kind\": \"%s\", \"claimId\": \"%s\", \"agoMillis\": 0}]}"
                    .formatted(tab, half == 0 ? "shown" : "active", claim));
        }
        long booked = post(anna, "/api/claims/%s/submit".formatted(claim), "{\"fencingVersion\": %d, \"formVersion\": 1, \"answer\": {\"tone\": \"good\"}}"
                .formatted(claimed.getLong("claims[0].fencingVersion"))).extract().jsonPath().getLong("bookedMillis");
        assertTrue(booked >= 600_000, () -> booked + " ms");
    }

    private static ValidatableResponse post(TestPerson who, String path, String body) {
        return TimedWork.as(who).contentType("application/json").body(body).post(path).then().statusCode(lessThan(300));
    }
}
