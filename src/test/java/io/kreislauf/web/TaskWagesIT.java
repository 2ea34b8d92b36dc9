package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
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
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The wages in the list of open tasks: what is advertised, beside what an hour really brought. */
@QuarkusTest
class TaskWagesIT {

    /** For a label at $0.25, estimated to take thirty seconds. */
    private static final int SECONDS = 100;
    private static final long REWARD_MINOR = 25;
    private static final long TOLERANCE_MINOR = 5;

    @TestHTTPResource("/")
    String address;

    @Test
    void theListShowsTheAdvertisedWageBesideWhatAnHourReallyBrought() throws SQLException {
        var work = new TimedWork();
        String project = work.published();
        TestPerson anna = TestPeople.annotator("KE");
        TestPerson ben = TestPeople.annotator("KE");
        String title = TimedWork.as(ben).get("/api/tasks/{id}", project).then().statusCode(200).extract().path("title");
        try (Browsing browsing = new Browsing(address)) {
            shows(browsing.signIn(ben.user()), title, "$30.00/h", "too few yet", "not yet");
            long bookedMillis = label(anna, project);
            post(work.requester, "/api/projects/%s/approve-rest".formatted(project), "{}");
            TimedWork.as(work.requester).get("/api/projects/{id}/pace", project).then().statusCode(200);
            JsonPath task = TimedWork.as(anna).get("/api/tasks/{id}", project).then().statusCode(200).extract().jsonPath();
            long own = task.getLong("ownEffectiveMinorPerHour");
            assertEquals(REWARD_MINOR * 3_600_000 / bookedMillis, own, TOLERANCE_MINOR, "pay by time");
            assertEquals(own, task.getLong("medianEffectiveMinorPerHour"), "the only one so far");
            String now = perHour(task.getLong("advertisedNowMinorPerHour"));
            shows(browsing.signIn(anna.user()), title, now, perHour(own), perHour(own));
            Page page = browsing.signIn(ben.user());
            shows(page, title, now, perHour(own), "not yet");
            assertThat(page.locator(".wages > div").first()).containsText("by the estimate $30.00/h; tasks take longer");
        }
    }

    @Test
    void whereAllTimeIsPaidTheRateIsOfAnHourAndPayGrowsWithEachTask() throws SQLException {
        TestClock.notBeforeMidnight(Duration.ofMinutes(30));
        String project = new TimedWork().published(60, """
                "payRule": "hour", "rewardMinor": 36000, "reserveMinor": 10000,""");
        TestPerson anna = TestPeople.annotator("KE");
        String title = TimedWork.as(anna).get("/api/tasks/{id}", project).then().statusCode(200).extract().path("title");
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(anna.user());
            shows(page, title, "$360.00/h", "too few yet", "not yet");
            assertThat(page.locator(".cards .card-foot")).containsText("$360.00/h for all your time here");
            page.navigate("/tasks/" + project);
            assertThat(page.getByText("Paid by the hour")).isVisible();
            assertThat(page.getByText("Reward per task")).hasCount(0);
            page.navigate("/work/" + project);
            Locator paid = page.locator(".work-pay");
            assertThat(page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Item to be labelled"))).isVisible();
            assertThat(paid).containsText("$");
            long before = minor(paid);
            page.keyboard().press("1");
            TestClock.advance(Duration.ofSeconds(20));
            page.keyboard().press("Enter");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertTrue(minor(paid) >= before + 200, () -> "twenty seconds at $360 an hour, after " + before + ": " + paid.innerText()));
        }
    }

    private static long minor(Locator amount) {
        return Long.parseLong(amount.innerText().replaceAll("[^0-9]", ""));
    }

    /** Works on one task, seen active every five seconds, and submits it; the time booked. */
    private static long label(TestPerson annotator, String project) {
        JsonPath claimed = post(annotator, "/api/claims", "{\"projectId\": \"%s\", \"count\": 1}".formatted(project)).extract().jsonPath();
        String claim = claimed.getString("claims[0].claimId");
        UUID tab = UUID.randomUUID();
        for (int second = 0; second <= SECONDS; second += 5) {
            if (second > 0) {
                TestClock.advance(Duration.ofSeconds(5));
            }
            post(annotator, "/api/observations", "{\"tab\": \"%s\", \"states\": [{\"kind\": \"%s\", \"claimId\": \"%s\", \"agoMillis\": 0}]}"
                    .formatted(tab, second == 0 ? "shown" : "active", claim));
        }
        return post(annotator, "/api/claims/%s/submit".formatted(claim), "{\"fencingVersion\": %d, \"formVersion\": 1, \"answer\": {\"tone\": \"good\"}}"
                .formatted(claimed.getLong("claims[0].fencingVersion"))).extract().jsonPath().getLong("bookedMillis");
    }

    private static void shows(Page page, String title, String advertised, String median, String own) {
        page.navigate("/tasks");
        page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("What it is or what it is for")).fill(title);
        assertThat(page.locator(".cards > li")).hasCount(1);
        Locator wages = page.locator(".cards .wages > div");
        assertThat(wages).hasCount(3);
        assertThat(wages.nth(0)).containsText("Advertised");
        assertThat(wages.nth(0)).containsText(advertised);
        assertThat(wages.nth(1)).containsText("Median, really");
        assertThat(wages.nth(1)).containsText(median);
        assertThat(wages.nth(2)).containsText("Yours so far");
        assertThat(wages.nth(2)).containsText(own);
    }

    private static String perHour(long minor) {
        return String.format(Locale.ROOT, "$%d.%02d/h", minor / 100, minor % 100);
    }

    private static ValidatableResponse post(TestPerson by, String path, String body) {
        return TimedWork.as(by).contentType("application/json").body(body).post(path).then().statusCode(org.hamcrest.Matchers.lessThan(300));
    }
}
