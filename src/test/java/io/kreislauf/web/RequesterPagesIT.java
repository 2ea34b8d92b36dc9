package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import java.util.List;
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

    /** Every field of the pay and the rules that is not asked for above, several questions moved by keyboard, and what the annotator is told of all this. */
    @Test
    void aRequesterAsksSeveralQuestionsAndPromisesSupplementsRestAndKnownAnswers() throws Exception {
        UUID organisation = TestPeople.organisation("manufacturer");
        TestPerson requester = TestPeople.person("requester", organisation);
        TestFunds.deposit(organisation, "USD", 100_000);
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(requester.user());
            page.navigate("/projects/new");
            String title = "Letters " + UUID.randomUUID();
            Map.of("Title", title, "What it is for", "A test", "Guidelines", "Read.", "Reward per task", "0.20", "Estimated seconds", "60",
                    "Hazard supplement per task", "0.05", "Returned time, per hour", "6", "Tests, per hour", "7").forEach((label, text) -> field(page, label).fill(text));
            field(page, "What earns a bonus (if anything)").fill("Careful work");
            ask(page, 1, "Kind?", "label", "Kind", "Rude");
            button(page, "Add a question").click();
            ask(page, 2, "Clear?", "label", "Clear", "Unclear");
            page.getByText("Who may work on it").click();
            field(page, "Known answers for each 100 tasks").fill("51");
            field(page, "Labels per item at most").fill("1");
            field(page, "Minutes of work before a rest").fill("50");
            button(page, "Create draft").click();
            for (String fault : new String[] {"A whole number from 1 to 50.", "At least the labels per item, at most 1000.", "Another question has this column.",
                    "A whole number from 1 to 30, together with the minutes of work."}) {
                assertThat(page.getByText(fault)).isVisible();
            }
            field(page, "Known answers for each 100 tasks").fill("10");
            field(page, "Labels per item at most").fill("4");
            field(page, "Minutes of rest").fill("5");
            question(page, 2).getByLabel("Column in the data set").fill("clear");
            assertThat(page.getByText("Rest is paid: pay by the hour, or set a wage floor.")).isVisible();
            field(page, "Wage floor per hour").fill("9");
            question(page, 2).getByText("Has to be answered").click();
            Locator up = button(page, "Ask question 2 earlier");
            up.focus();
            page.keyboard().press("Enter");
            assertThat(page.getByText("Question 2 is number 1 now.")).hasCount(1);
            assertThat(button(page, "Ask question 1 later")).isFocused();
            button(page, "Create draft").click();
            page.getByText("Or paste rows").click();
            page.getByRole(AriaRole.TEXTBOX, new Page.GetByRoleOptions().setName("Or paste rows")).fill("key,text,gold\na,Dear all,\nb,Dear you,\"{\"\"label\"\": \"\"kind\"\"}\"");
            button(page, "Import items").click();
            assertThat(page.getByText("2 items imported")).isVisible();
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Overview")).click();
            Locator rules = page.locator(".rules");
            for (String rule : new String[] {"10 for each 100 other tasks", "3, up to 4 where people disagree", "5 min after 50 min of work", "$0.05", "$6.00/h", "$7.00/h",
                    "$9.00/h", "Careful work"}) {
                assertThat(rules).containsText(rule);
            }
            String project = page.url().replaceAll(".*/projects/([^/]+).*", "$1");
            JsonPath drafted = as(requester).get("/api/projects/{id}", project).then().statusCode(200).extract().jsonPath();
            assertEquals(List.of("clear", "label"), drafted.getList("form.questions.name"));
            assertEquals(List.of(false, true), drafted.getList("form.questions.required"));
            post(requester, "/api/projects/" + project + "/publish", "{}");
            Page theirs = browsing.signIn(TestPeople.annotator("KE").user());
            theirs.navigate("/tasks/" + project);
            for (String told : new String[] {"$15.00/h", "$0.05", "$6.00/h", "$7.00/h", "$9.00/h", "10 for each 100 other tasks", "5 min after 50 min of work", "Careful work"}) {
                assertThat(theirs.locator("main")).containsText(told);
            }
        }
    }

    private static Locator question(Page page, int number) {
        return page.getByRole(AriaRole.GROUP, new Page.GetByRoleOptions().setName("Question " + number).setExact(true));
    }

    private static void ask(Page page, int number, String title, String column, String... choices) {
        Locator question = question(page, number);
        question.getByLabel("Question", new Locator.GetByLabelOptions().setExact(true)).fill(title);
        question.getByLabel("Column in the data set").fill(column);
        for (int i = 0; i < choices.length; i++) {
            question.getByLabel("Choice %d, as shown".formatted(i + 1)).fill(choices[i]);
        }
    }

    /** In a project whose items are assigned: nobody has any, a wrong key is named, and then an annotator sees theirs and takes one. */
    @Test
    void aRequesterAssignsItemsAndTheAnnotatorSeesThem() throws Exception {
        UUID organisation = TestPeople.organisation("manufacturer");
        TestPerson requester = TestPeople.person("requester", organisation);
        TestFunds.deposit(organisation, "USD", 100_000);
        String title = "Assigned " + UUID.randomUUID();
        String project = post(requester, "/api/projects", """
                {"title": "%s", "purpose": "A test", "guidelines": "Read.", "currency": "USD", "rewardMinor": 20, "estimateSeconds": 30, "labelsWanted": 1,
                 "itemsNamedBy": "requester", "form": {"questions": [{"name": "kind", "title": "Kind?", "choices": [{"value": "yes"}, {"value": "no"}]}]}}
                """.formatted(title)).extract().path("projectId");
        as(requester).contentType("text/csv").body("key,text\na,Dear all\nb,Dear you\nc,Dear me").post("/api/projects/{id}/items", project).then().statusCode(201);
        post(requester, "/api/projects/" + project + "/publish", "{}");
        TestPerson anna = TestPeople.annotator("KE");
        String pseudonym = TestPeople.pseudonym(organisation, anna);
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(requester.user());
            page.navigate("/projects/" + project);
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Assignments")).click();
            assertThat(page.getByText("Nothing is assigned yet.")).isVisible();
            field(page, "or a random name").fill(UUID.randomUUID().toString());
            field(page, "Keys of the items").fill("a, b");
            button(page, "Assign").click();
            assertThat(page.getByText("There is no annotator")).isVisible();
            field(page, "or a random name").fill(pseudonym);
            field(page, "Keys of the items").fill("a\nz");
            button(page, "Assign").click();
            assertThat(page.getByText("There is no item z")).isVisible();
            field(page, "Keys of the items").fill("a\nb\nc");
            button(page, "Assign").click();
            assertThat(page.getByText("3 items assigned.")).isVisible();
            Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(pseudonym.substring(0, 8)));
            assertThat(row).containsText("3");
            Page theirs = browsing.signIn(anna.user());
            theirs.navigate("/tasks");
            theirs.getByRole(AriaRole.SEARCHBOX, new Page.GetByRoleOptions().setName("What it is or what it is for")).fill(title);
            assertThat(theirs.getByText("3 tasks are assigned to you")).isVisible();
            post(anna, "/api/claims", "{\"projectId\": \"%s\", \"count\": 1}".formatted(project));
            page.reload();
            row.getByRole(AriaRole.BUTTON).click();
            assertThat(page.getByRole(AriaRole.DIALOG)).containsText("2 items that were not taken up");
            page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take back")).click();
            assertThat(row.getByRole(AriaRole.BUTTON)).hasCount(0);
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
