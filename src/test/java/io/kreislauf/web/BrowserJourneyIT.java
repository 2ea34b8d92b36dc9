package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
        String project = published(requester, title, """
                {"name": "tone", "title": "Which tone?", "type": "choice", "choices": [{"value": "good", "title": "Good"}, {"value": "bad", "title": "Bad"}]}""");
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(annotator.user());
            button(page, "I agree to being measured").click();
            labelAll(page, title);
            seeHoursAndPay(page, title);
            openAnEntry(browsing.signIn(requester.user()), project);
        }
    }

    /** Keys answer the first question that has no answer; one that may be left out is passed by with Tab. */
    @Test
    void anAnnotatorAnswersSeveralQuestionsWithTheKeyboardAlone() throws SQLException {
        UUID organisation = TestPeople.organisation("manufacturer");
        TestPerson requester = TestPeople.person("requester", organisation);
        TestPerson annotator = TestPeople.annotator("KE");
        TestFunds.deposit(organisation, "USD", 100_000);
        String project = published(requester, "Reviews " + UUID.randomUUID(), """
                {"name": "tone", "title": "Which tone?", "choices": [{"value": "good", "title": "Good"}, {"value": "bad", "title": "Bad"}]},
                {"name": "about", "title": "What about?", "required": false, "choices": [{"value": "price", "title": "Price"}, {"value": "taste", "title": "Taste", "key": "t"}]},
                {"name": "sure", "title": "Sure?", "choices": [{"value": "yes", "title": "Yes"}, {"value": "no", "title": "No"}]}""");
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(annotator.user());
            page.navigate("/work/" + project);
            Locator item = page.locator("main.work .item");
            Locator asked = page.locator("fieldset.question.current legend");
            String first = item.innerText();
            assertThat(asked).hasText("Which tone?");
            press(page, "2");
            assertThat(asked).hasText("What about?");
            press(page, "Enter");
            assertThat(page.locator(".hint-line")).not().isEmpty();
            assertThat(item).hasText(first);
            press(page, "1", "u", "t", "1");
            assertThat(page.locator(".choice.chosen")).containsText(new String[] {"Bad", "Taste", "Yes"});
            press(page, "Enter");
            assertThat(page.locator("main")).not().containsText(first);

            String second = item.innerText();
            press(page, "1", "Tab", "Tab", "Tab", "ArrowDown", "Enter");
            assertThat(page.locator("main")).not().containsText(second);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(
                    List.of("{\"sure\": \"no\", \"tone\": \"good\"}", "{\"sure\": \"yes\", \"tone\": \"bad\", \"about\": \"taste\"}"), answers(project)));
        }
    }

    /** As PostgreSQL writes them, in the order of their texts. */
    private static List<String> answers(String project) throws SQLException {
        List<String> answers = new ArrayList<>();
        try (var connection = TestDatabase.asOwner();
             var select = connection.prepareStatement("select cast(cast(answer as jsonb) as text) as given from submission where project_id = ? order by given")) {
            select.setObject(1, UUID.fromString(project));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    answers.add(row.getString(1));
                }
            }
        }
        return answers;
    }

    private static void press(Page page, String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
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

    private static String published(TestPerson requester, String title, String questions) {
        String project = as(requester).contentType("application/json").body("""
                {"title": "%s", "purpose": "A test of the pages", "guidelines": "Judge the tone.", "currency": "USD", "rewardMinor": 25,
                 "estimateSeconds": 30, "labelsWanted": 1,
                 "form": {"questions": [%s]}}
                """.formatted(title, questions)).post("/api/projects").then().statusCode(201).extract().path("projectId");
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
