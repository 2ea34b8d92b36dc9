package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The main job as people do it in the browser: through sign-in, by keyboard, down to a ledger entry. */
@QuarkusTest
class BrowserJourneyIT {

    private static final int ITEMS = 10;

    @TestHTTPResource("/")
    String address;

    @Test
    void anAnnotatorLabelsTenItemsByKeyboardAndSeesHoursAndPayAndTheRequesterOpensTheCircuitDownToAnEntry() throws SQLException {
        UUID organisation = TestPeople.organisation("manufacturer");
        TestPerson requester = TestPeople.person("requester", organisation);
        TestPerson annotator = TestPeople.person("annotator", null);
        TestFunds.deposit(organisation, "USD", 100_000);
        String title = "Reviews " + UUID.randomUUID();
        String project = published(requester, title);
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(annotator.user());
            button(page, "I agree to being measured").click();
            labelAll(page, title);
            seeHoursAndPay(page, title);
            openAnEntry(browsing.signIn(requester.user()), project);
        }
    }

    /** From the list of tasks to the last task, with the keyboard alone. */
    private static void labelAll(Page page, String title) {
        Locator words = page.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("What it is or what it is for"));
        words.focus();
        page.keyboard().type(title.toLowerCase());
        assertThat(page.locator(".cards > li")).hasCount(1);
        Locator task = link(page, title);
        task.focus();
        page.keyboard().press("Enter");
        Locator start = link(page, "Start");
        start.focus();
        page.keyboard().press("Enter");
        Locator item = page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Item to be labelled"));
        for (int i = 0; i < ITEMS; i++) {
            String text = item.innerText();
            page.keyboard().press(i % 2 == 0 ? "1" : "2");
            assertThat(page.locator(".choice.chosen")).hasCount(1);
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).not().containsText(text);
        }
        assertThat(page.locator("main")).containsText("No more tasks here.");
        assertThat(page.locator(".work-pay")).containsText("$2.50");
    }

    private static void seeHoursAndPay(Page page, String title) {
        link(page, "Hours and pay").first().click();
        Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(title)).filter(new Locator.FilterOptions().setHasText("$2.50"));
        assertThat(row.first()).containsText("10");
        Locator today = page.locator(".fact").filter(new Locator.FilterOptions().setHasText("Today"));
        assertThat(today.locator("dd")).containsText(Pattern.compile("[1-9]\\d* s"));
        assertThat(today.locator("dd")).containsText("$2.50");
    }

    private static void openAnEntry(Page page, String project) {
        page.navigate("/circuit/projects/" + project);
        Locator hours = page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName("All observed hours"));
        hours.getByRole(AriaRole.BUTTON).click();
        Locator behind = page.getByRole(AriaRole.DIALOG);
        assertThat(behind).containsText(Pattern.compile("Sum of \\d+ legs.*agrees", Pattern.DOTALL));
        behind.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("WorkSubmitted")).first().click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1))).containsText("WorkSubmitted");
        assertThat(page.locator("main")).containsText("PRODUCTION:");
    }

    private static String published(TestPerson requester, String title) {
        String project = as(requester).contentType("application/json").body("""
                {"title": "%s", "purpose": "A test of the pages", "guidelines": "Judge the tone.", "currency": "USD", "rewardMinor": 25,
                 "estimateSeconds": 30, "labelsWanted": 1,
                 "form": {"questions": [{"name": "tone", "title": "Which tone?", "type": "choice",
                   "choices": [{"value": "good", "title": "Good"}, {"value": "bad", "title": "Bad"}]}]}}
                """.formatted(title)).post("/api/projects").then().statusCode(201).extract().path("projectId");
        as(requester).contentType("text/csv").body("key,text\n" + IntStream.range(0, ITEMS)
                .mapToObj(i -> "r%d,Review number %d of the kettle".formatted(i, 100 + i)).collect(Collectors.joining("\n")))
                .post("/api/projects/{id}/items", project).then().statusCode(201);
        as(requester).contentType("application/json").body("{}").post("/api/projects/{id}/publish", project).then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
        return project;
    }

    private static io.restassured.specification.RequestSpecification as(TestPerson person) {
        return given().auth().oauth2(person.token());
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }
}
