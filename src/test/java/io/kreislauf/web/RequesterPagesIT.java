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
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a requester sets and decides in the browser beyond the plain way: who may work, parts of a form, bonuses, payouts that did not arrive. */
@QuarkusTest
class RequesterPagesIT {

    @TestHTTPResource("/")
    String address;

    @Test
    void aRequesterSaysWhoMayWorkAndTheProjectShowsIt() throws Exception {
        TestPerson requester = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(requester.user());
            page.navigate("/projects/new");
            Map.of("Title", "Letters", "What it is for", "A test", "Guidelines", "Read.", "Question", "Kind?", "Reward per task", "0.20", "Estimated seconds", "30",
                    "Content warning (if any)", "Violence").forEach((label, text) -> field(page, label).fill(text));
            field(page, "Choice 1, as shown").fill("Kind");
            field(page, "Choice 2, as shown").fill("Rude");
            page.getByText("Who may work on it").click();
            field(page, "Countries").fill("Kenya");
            field(page, "Share of one person, in %").fill("20");
            field(page, "Minutes a day and person").fill("45");
            field(page, "Order of the tasks").selectOption("least_confident");
            page.getByText("Name a new skill").click();
            field(page, "Skill, such as German").fill("German");
            field(page, "Levels, lowest first: A1, A2, B1").fill("A2, B2");
            button(page, "Add").click();
            field(page, "At least this level of skill 1").selectOption("B2");
            button(page, "Create draft").click();
            assertThat(page.getByText("Codes of two letters, such as KE.")).isVisible();
            field(page, "Countries").fill("ke, de");
            button(page, "Create draft").click();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Overview")).click();
            Locator rules = page.locator(".rules");
            for (String rule : new String[] {"KE, DE", "German B2", "the least certain item first", "at most 20% of the labels", "at most 45 minutes a day and person"}) {
                assertThat(rules).containsText(rule);
            }
        }
    }

    @Test
    void aRequesterAcceptsPartsGrantsABonusAndPaysAgainWhatDidNotArrive() throws Exception {
        UUID organisation = TestPeople.organisation("manufacturer");
        TestPerson requester = TestPeople.person("requester", organisation);
        TestFunds.deposit(organisation, "USD", 100_000);
        String project = published(requester);
        TestPerson annotator = TestPeople.annotator("KE");
        label(annotator, project);
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(requester.user());
            page.navigate("/projects/" + project + "/review");
            button(page, "In parts").click();
            page.getByRole(AriaRole.DIALOG).getByText("Polite?").click();
            field(page, "What is wrong with the others").fill("It is rude.");
            button(page, "Accept 1 of 2").click();
            assertThat(page.getByText("Nothing here.")).isVisible();
            page.getByLabel("Show").selectOption("approved");
            button(page, "Bonus").click();
            button(page, "Grant the bonus").click();
            assertThat(page.getByText("An amount such as 0.25.")).isVisible();
            field(page, "Amount (USD)").fill("1.50");
            field(page, "What it is for, shown to the annotator").fill("Careful work");
            button(page, "Grant the bonus").click();
            assertThat(page.getByRole(AriaRole.DIALOG).last()).containsText("$1.50 for");
            button(page, "Book it").click();
            assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
            payAndPayAgain(page);
            Page theirs = browsing.signIn(annotator.user());
            theirs.navigate("/pay");
            Locator work = theirs.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("accepted in part"));
            assertThat(work).containsText("It is rude.");
            work.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Appeal")).click();
            field(theirs, "Why the rejection is wrong").fill("It is not.");
            theirs.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Appeal")).click();
            assertThat(work).containsText("appeal is under way");
        }
    }

    private static void payAndPayAgain(Page page) {
        page.navigate("/projects/payouts");
        assertThat(page.getByText("Nothing has been paid out yet.")).isVisible();
        payAll(page);
        assertThat(page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("paid to 1 person"))).containsText("$1.60");
        page.getByText("Who was paid").first().click();
        button(page, "Did not arrive").click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Did not arrive")).click();
        assertThat(page.getByText(Pattern.compile("The wage is due again"))).isVisible();
        payAll(page);
        assertThat(page.locator(".cards > li")).hasCount(2);
        assertThat(page.locator(".cards > li").nth(0)).containsText("$1.60");
        assertThat(page.locator(".cards > li").nth(1)).containsText("1 not arrived");
    }

    private static void payAll(Page page) {
        button(page, "Pay out all wages due").click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Pay out all wages due")).click();
        assertThat(page.getByRole(AriaRole.DIALOG)).hasCount(0);
    }

    /** One item with two questions. */
    private static String published(TestPerson requester) {
        String project = post(requester, "/api/projects", """
                {"title": "Letters", "purpose": "A test of the pages", "guidelines": "Read.", "currency": "USD", "rewardMinor": 20, "estimateSeconds": 30, "labelsWanted": 1,
                 "form": {"questions": [{"name": "clear", "title": "Clear?", "choices": [{"value": "yes"}, {"value": "no"}]},
                                        {"name": "polite", "title": "Polite?", "choices": [{"value": "yes"}, {"value": "no"}]}]}}
                """).extract().path("projectId");
        as(requester).contentType("text/csv").body("key,text\na,Dear all").post("/api/projects/{id}/items", project).then().statusCode(201);
        post(requester, "/api/projects/" + project + "/publish", "{}");
        return project;
    }

    private static void label(TestPerson annotator, String project) {
        JsonPath claimed = post(annotator, "/api/claims", "{\"projectId\": \"%s\", \"count\": 1}".formatted(project)).extract().jsonPath();
        post(annotator, "/api/claims/%s/submit".formatted(claimed.getString("claims[0].claimId")), """
                {"fencingVersion": %d, "formVersion": 1, "answer": {"clear": "yes", "polite": "yes"}}
                """.formatted(claimed.getLong("claims[0].fencingVersion")));
    }

    private static ValidatableResponse post(TestPerson by, String path, String body) {
        return as(by).contentType("application/json").body(body).post(path).then().statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    private static RequestSpecification as(TestPerson person) {
        return given().auth().oauth2(person.token());
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
