package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestDatabase;
import io.kreislauf.testing.TestFunds;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.work.Sweeping;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an annotator has done is not lost with the connection or the session, and is there once. */
@QuarkusTest
class BrowserLossIT {

    @TestHTTPResource("/")
    String address;

    @Inject
    Sweeping sweeping;

    private TestPerson requester;
    private TestPerson annotator;
    private String project;

    @BeforeEach
    void aProjectOfFourItems() throws SQLException {
        UUID organisation = TestPeople.organisation("manufacturer");
        requester = TestPeople.person("requester", organisation);
        annotator = TestPeople.annotator("KE");
        TestFunds.deposit(organisation, "USD", 100_000);
        project = as(requester).contentType("application/json").body("""
                {"title": "Kettles", "purpose": "A test of the pages", "guidelines": "Judge the tone.", "currency": "USD", "rewardMinor": 25,
                 "estimateSeconds": 30, "labelsWanted": 1, "form": {"questions": [{"name": "tone", "title": "Which tone?",
                   "choices": [{"value": "good", "title": "Good"}, {"value": "bad", "title": "Bad"}]}]}}
                """).post("/api/projects").then().statusCode(201).extract().path("projectId");
        as(requester).contentType("text/csv").body("key,text\na,kettle one\nb,kettle two\nc,kettle three\nd,kettle four\n")
                .post("/api/projects/{id}/items", project).then().statusCode(201);
        as(requester).contentType("application/json").body("{}").post("/api/projects/{id}/publish", project).then().statusCode(201);
    }

    @Test
    void answersGivenWithoutAConnectionAreSubmittedOnceWhenItIsBack() throws SQLException {
        try (Browsing browsing = new Browsing(address)) {
            Page page = working(browsing);
            page.context().setOffline(true);
            for (String key : List.of("1", "2")) {
                String text = item(page).innerText();
                page.keyboard().press(key);
                page.keyboard().press("Enter");
                assertThat(page.locator("main")).not().containsText(text);
            }
            assertThat(page.locator(".work-bar")).containsText("2 answers");
            assertEquals(List.of(), answers());
            page.context().setOffline(false);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of("bad", "good"), answers()));
            assertThat(page.locator(".work-bar")).not().containsText("answers");
            page.reload();
            item(page).waitFor();
            assertEquals(List.of("bad", "good"), answers(), "a page that is loaded again sends nothing again");
        }
    }

    @Test
    void anAnswerGivenAfterTheSessionIsOverIsSubmittedOnceAfterSigningInAgainAndADraftIsRestored() throws SQLException {
        try (Browsing browsing = new Browsing(address)) {
            Page page = working(browsing);
            String first = item(page).innerText();
            page.context().clearCookies();
            page.keyboard().press("1");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).not().containsText(first);
            page.keyboard().press("2");
            String second = item(page).innerText();
            page.getByRole(AriaRole.ALERTDIALOG).getByRole(AriaRole.LINK).click();
            browsing.credentials(page, annotator.user());
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of("good"), answers()));
            assertThat(item(page)).containsText(second);
            assertThat(page.locator(".choice.chosen")).containsText("Bad");
            page.keyboard().press("Enter");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of("bad", "good"), answers()));
        }
    }

    /** One computer for several people: a browser has one session for all its windows. */
    @Test
    void nothingOfAPageBecomesThatOfWhoSignsInWithItsBrowserAfterwards() throws SQLException {
        try (Browsing browsing = new Browsing(address)) {
            Page page = working(browsing);
            TestPerson next = TestPeople.annotator("KE");
            page.context().clearCookies();
            Page other = page.context().newPage();
            other.navigate("/login?to=/pay");
            browsing.credentials(other, next.user());
            other.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main")).waitFor();
            page.bringToFront();
            page.keyboard().press("1");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.ALERTDIALOG)).isVisible();
            assertEquals(List.of(), answers());
            assertEquals(0, observed(next), "what the page shows is not the other one's");
            other.close();
            page.context().clearCookies();
            page.getByRole(AriaRole.ALERTDIALOG).getByRole(AriaRole.LINK).click();
            browsing.credentials(page, annotator.user());
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of("good"), answers()));
            assertEquals(0, observed(next));
        }
    }

    /** States about tasks that are somebody's. */
    private static int observed(TestPerson person) throws SQLException {
        try (var connection = TestDatabase.asOwner();
             var select = connection.prepareStatement("select count(*) from observation where annotator_id = ? and (claim_id is not null or kind in ('search', 'watching'))")) {
            select.setObject(1, person.personId());
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** Both windows hold the same tasks fetched ahead. */
    @Test
    void whatIsDoneInOneWindowIsNotAskedForAgainInTheOther() throws SQLException {
        try (Browsing browsing = new Browsing(address)) {
            Page page = working(browsing);
            Page other = page.context().newPage();
            other.navigate("/work/" + project);
            String first = item(page).innerText();
            assertThat(item(other)).containsText(first);
            begun(other, "2");
            page.bringToFront();
            page.keyboard().press("1");
            page.keyboard().press("Enter");
            assertThat(other.locator("main")).not().containsText(first);
            assertThat(other.getByText("You are done with that task in another window")).isVisible();
            assertThat(other.locator(".choice.chosen")).hasCount(0);
            other.bringToFront();
            other.keyboard().press("2");
            other.keyboard().press("Enter");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of("bad", "good"), answers()));
            String third = item(other).innerText();
            assertThat(item(page)).containsText(third);
            page.bringToFront();
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Return")).click();
            page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Return")).first().click();
            assertThat(other.locator("main")).not().containsText(third);
            assertThat(page.locator("main")).not().containsText(third);
            assertEquals(List.of("bad", "good"), answers());
        }
    }

    /** Its annotator was away when the time was over, and comes back in another page. */
    @Test
    void whatWasBegunBeforeTheTimeWasOverIsOfferedFirstToBeHandedInLateOrLetGo() throws SQLException {
        try (Browsing browsing = new Browsing(address)) {
            Page page = working(browsing);
            String first = begun(page, "1");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).not().containsText(first);
            String second = begun(page, "2");
            page.navigate("/mine");
            TestClock.advance(Duration.ofHours(3));
            sweeping.endWhatIsOver();
            page.navigate("/work/" + project);
            assertThat(item(page)).containsText(second);
            assertThat(page.getByText("its time was over")).isVisible();
            assertThat(page.locator(".choice.chosen")).containsText("Bad");
            page.keyboard().press("Enter");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of("bad", "good"), answers()));
            assertThat(page.getByText("its time was over")).not().isVisible();

            String third = begun(page, "1");
            page.navigate("/mine");
            TestClock.advance(Duration.ofHours(3));
            sweeping.endWhatIsOver();
            page.navigate("/work/" + project);
            assertThat(item(page)).containsText(third);
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Let it go")).click();
            page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Return")).first().click();
            assertThat(page.locator("main")).not().containsText(third);
            assertEquals(List.of("bad", "good"), answers());
        }
    }

    /** The page does not know that its annotator went on elsewhere with what was typed here. */
    @Test
    void whatWasTypedHereAndOnAnotherDeviceIsBothThereAndOneOfThemIsChosen() throws SQLException {
        try (Browsing browsing = new Browsing(address)) {
            Page page = working(browsing);
            begun(page, "1");
            var draft = as(annotator).get("/api/claims").jsonPath();
            String here = "claims.find { it.draft != null }.";
            as(annotator).contentType("application/json").body("""
                    {"answer": {"tone": "bad"}, "page": "%s", "step": 1, "holds": {"%s": %d}}
                    """.formatted(UUID.randomUUID(), draft.getString(here + "draftPage"), draft.getLong(here + "draftStep")))
                    .put("/api/claims/{id}/draft", draft.getString(here + "claimId")).then().statusCode(200).body("other", nullValue());
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Undo")).click();
            Locator other = page.getByRole(AriaRole.STATUS, new Page.GetByRoleOptions().setName("Typed on another device"));
            assertThat(other).containsText("tone: bad");
            page.reload();
            assertThat(other).containsText("tone: bad");
            assertThat(page.locator(".choice.chosen")).hasCount(0);
            page.waitForResponse(answer -> answer.url().endsWith("/draft") && answer.ok(),
                    () -> other.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take this")).click());
            assertThat(other).not().isVisible();
            assertThat(page.locator(".choice.chosen")).containsText("Bad");
            page.reload();
            assertThat(page.locator(".choice.chosen")).containsText("Bad");
            assertThat(other).not().isVisible();
            page.keyboard().press("Enter");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of("bad"), answers()));
        }
    }

    @Test
    void aTaskIsAnsweredWithTheFormThatItWasClaimedFor() throws SQLException {
        try (Browsing browsing = new Browsing(address)) {
            Page page = working(browsing);
            as(requester).contentType("application/json").body("{}").post("/api/projects/{id}/pause", project).then().statusCode(201);
            as(requester).contentType("application/json").body("""
                    {"form": {"questions": [{"name": "tone", "title": "Which tone?", "choices": [{"value": "good", "title": "Good"},
                      {"value": "bad", "title": "Bad"}, {"value": "mixed", "title": "Mixed"}]}]}}
                    """).patch("/api/projects/{id}", project).then().statusCode(200);
            as(requester).contentType("application/json").body("{}").post("/api/projects/{id}/resume", project).then().statusCode(201);
            var earlier = page.waitForResponse("**/forms/1", page::reload);
            assertEquals(200, earlier.status());
            assertThat(page.locator("fieldset.question .choice")).hasCount(2);
            String first = item(page).innerText();
            page.keyboard().press("3");
            page.keyboard().press("2");
            page.keyboard().press("Enter");
            assertThat(page.locator("main")).not().containsText(first);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertEquals(List.of("bad"), answers()));
        }
    }

    @Test
    void anAnswerThatIsRefusedStaysWithItsReasonUntilItIsLetGo() throws SQLException {
        try (Browsing browsing = new Browsing(address)) {
            Page page = working(browsing);
            String first = item(page).innerText();
            var held = as(annotator).get("/api/claims").jsonPath();
            for (int i = 0; i < held.getList("claims").size(); i++) {
                if (first.contains(held.getString("claims[%d].content.text".formatted(i)))) {
                    as(annotator).contentType("application/json").body("{\"fencingVersion\": %d}".formatted(held.getLong("claims[%d].fencingVersion".formatted(i))))
                            .post("/api/claims/{id}/return", held.getString("claims[%d].claimId".formatted(i))).then().statusCode(200);
                }
            }
            page.keyboard().press("1");
            page.keyboard().press("Enter");
            Locator refused = page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName("Could not be handed in"));
            assertThat(refused).containsText("You gave this task back");
            assertThat(refused).containsText("tone: good");
            page.reload();
            assertThat(refused).containsText("tone: good");
            refused.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Open it again")).click();
            assertThat(page.getByText("You no longer hold that task.")).isVisible();
            refused.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Let it go")).click();
            assertThat(refused).not().isVisible();
            assertThat(item(page)).not().containsText(first);
            assertEquals(List.of(), answers());
        }
    }

    /** Answers what is before one's eyes, and waits until the server has the draft. Tells what it is. */
    private static String begun(Page page, String key) {
        String text = item(page).innerText();
        page.waitForResponse(answer -> answer.url().endsWith("/draft") && answer.ok(), () -> page.keyboard().press(key));
        return text;
    }

    private Page working(Browsing browsing) {
        Page page = browsing.signIn(annotator.user());
        page.navigate("/work/" + project);
        item(page).waitFor();
        return page;
    }

    private static Locator item(Page page) {
        return page.locator("main.work .item");
    }

    /** Every submission of the project, whosever it is. */
    private List<String> answers() throws SQLException {
        try (var connection = TestDatabase.asOwner();
             var select = connection.prepareStatement("select array_agg(answer ->> 'tone' order by answer ->> 'tone') from submission where project_id = ?")) {
            select.setObject(1, UUID.fromString(project));
            try (var row = select.executeQuery()) {
                row.next();
                return row.getArray(1) == null ? List.of() : List.of((String[]) row.getArray(1).getArray());
            }
        }
    }

    private static io.restassured.specification.RequestSpecification as(TestPerson person) {
        return given().auth().oauth2(person.token());
    }
}
