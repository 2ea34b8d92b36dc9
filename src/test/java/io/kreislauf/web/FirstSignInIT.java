package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.kreislauf.testing.TestUser;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** From an account made on the People page to the first decision of the person it was made for. */
@QuarkusTest
class FirstSignInIT {

    private static final String OWN_PASSWORD = "chosen by myself 1";

    @TestHTTPResource("/")
    String address;

    @Test
    void theOneTimePasswordIsShownOnceAndGoodForTheFirstSignInOnly() throws SQLException {
        TestPerson requester = TestPeople.person("requester", TestPeople.organisation("manufacturer"));
        String login = "newcomer-" + UUID.randomUUID().toString().substring(0, 8);
        try (Browsing browsing = new Browsing(address)) {
            String oneTime = shownOnce(browsing.signIn(requester.user()), login);
            noAnswerHolds(oneTime, login, requester);
            Page page = browsing.atSignIn();
            browsing.credentials(page, new TestUser(login, oneTime, null));
            assertThat(page.locator("#password-new")).isVisible();
            assertThrows(IllegalStateException.class, () -> TestUser.token(login, oneTime), "it is changed before it opens anything");
            page.locator("#password-new").fill(OWN_PASSWORD);
            page.locator("#password-confirm").fill(OWN_PASSWORD);
            page.locator("[type=submit]").click();
            declinesAndThinksAgain(page);
            Page later = browsing.atSignIn();
            browsing.credentials(later, new TestUser(login, oneTime, null));
            assertThat(later.getByText("Invalid username or password.")).isVisible();
            browsing.credentials(later, new TestUser(login, OWN_PASSWORD, null));
            assertThat(heading(later)).hasText("Tasks");
        }
        given().auth().oauth2(TestUser.token(login, OWN_PASSWORD)).get("/api/me").then().statusCode(200).body("consent.decision", equalTo("agreed"));
    }

    /** Makes an account for an annotator; its password, which neither the page nor the browser knows any more. */
    private static String shownOnce(Page page, String login) {
        page.navigate("/people");
        field(page, "Login").fill(login);
        field(page, "Name").fill("Nia New");
        field(page, "Country").fill("ke");
        button(page, "Make an account").click();
        Locator note = page.getByRole(AriaRole.STATUS).filter(new Locator.FilterOptions().setHasText("One-time password of " + login));
        assertThat(note).containsText("shown this once");
        String password = note.locator("code").innerText();
        assertTrue(password.matches("[a-zA-Z2-9]{16}"), "sixteen signs that are not mistaken for each other");
        page.reload();
        assertThat(page.getByRole(AriaRole.ROWHEADER, new Page.GetByRoleOptions().setName(login))).isVisible();
        assertFalse(page.content().contains(password), "gone from the page");
        assertFalse(page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, history.state])").toString().contains(password), "not kept in the browser");
        return password;
    }

    /** Neither the list nor asking once more tells it, whoever asks. */
    private static void noAnswerHolds(String password, String login, TestPerson requester) throws SQLException {
        for (TestPerson reader : List.of(requester, TestPeople.person("operator", null))) {
            String after = "";
            boolean listed = false;
            while (after != null) {
                var answer = given().auth().oauth2(reader.token()).queryParam("limit", 200).queryParam("after", after).get("/api/people")
                        .then().statusCode(200).body(not(containsString(password))).extract();
                listed |= answer.asString().contains(login);
                after = answer.path("next");
            }
            assertTrue(listed, "among the accounts that were read");
            for (String path : List.of("/api/people", "/api/people/batch")) {
                var account = Map.of("login", login, "roles", List.of("annotator"));
                given().auth().oauth2(reader.token()).contentType("application/json").body(path.endsWith("batch") ? List.of(account) : account).post(path)
                        .then().statusCode(path.endsWith("batch") ? 201 : 409).body(not(containsString("assword")));
            }
        }
    }

    private static void declinesAndThinksAgain(Page page) {
        assertThat(heading(page)).hasText("Before you start: what is measured");
        button(page, "I do not agree").click();
        assertThat(heading(page)).hasText("Hours and pay");
        page.navigate("/tasks");
        assertThat(heading(page)).hasText("Before you start: what is measured");
        assertThat(page.getByText("You have not agreed, so nothing is observed, and no task can be claimed.")).isVisible();
        button(page, "I agree to being measured").click();
        assertThat(page).hasURL(Pattern.compile(".*/tasks$"));
        assertThat(heading(page)).hasText("Tasks");
    }

    private static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
