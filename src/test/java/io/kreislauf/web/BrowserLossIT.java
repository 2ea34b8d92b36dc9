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
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an annotator has done is not lost with the connection or the session, and is there once. */
@QuarkusTest
class BrowserLossIT {

    @TestHTTPResource("/")
    String address;

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
