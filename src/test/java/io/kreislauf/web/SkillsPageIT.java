package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The page of skills: naming one, granting and taking it away, and setting a test for it. */
@QuarkusTest
class SkillsPageIT {

    @TestHTTPResource("/")
    String address;

    @Test
    void aRequesterNamesASkillGrantsItAndSetsATestForIt() throws Exception {
        UUID organisation = TestPeople.organisation("manufacturer");
        TestPerson requester = TestPeople.person("requester", organisation);
        TestPerson anna = TestPeople.annotator("DE");
        String pseudonym = TestPeople.pseudonym(organisation, anna);
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(requester.user());
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Skills")).click();
            assertThat(page.getByText("No skill is named yet.")).isVisible();
            page.getByText("Name a new skill").click();
            field(page, "Skill, such as German").fill("German");
            field(page, "Levels, lowest first: A1, A2, B1").fill("A2, B2");
            button(page, "Add").click();
            assertThat(page.getByText("Levels: A2, B2")).isVisible();
            assertThat(page.getByText("Nobody holds it yet.")).isVisible();
            grants(page, anna, pseudonym);
            setsATest(page);
            given().auth().oauth2(anna.token()).get("/api/qualifications/offered").then().statusCode(200);
            given().auth().oauth2(requester.token()).get("/api/qualifications").then().statusCode(200)
                    .body("items", hasSize(1)).body("items[0].level", equalTo("B2")).body("items[0].tasks", equalTo(1)).body("items[0].open", equalTo(false));
        }
    }

    private static void grants(Page page, TestPerson anna, String pseudonym) {
        field(page, "or a random name").fill(UUID.randomUUID().toString());
        button(page, "Grant").click();
        assertThat(page.getByText("There is no annotator")).isVisible();
        field(page, "or a random name").fill(pseudonym);
        field(page, "Level").first().selectOption("B2");
        button(page, "Grant").click();
        assertThat(page.getByText("Granted: B2.")).isVisible();
        Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText(pseudonym.substring(0, 8)));
        assertThat(row).containsText("B2");
        assertThat(row).containsText("granted");
        given().auth().oauth2(anna.token()).get("/api/skills/mine").then().statusCode(200).body("level", equalTo(List.of("B2")));
        row.getByRole(AriaRole.BUTTON).click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Take away")).click();
        assertThat(page.getByText("Nobody holds it yet.")).isVisible();
        given().auth().oauth2(anna.token()).get("/api/skills/mine").then().statusCode(200).body("$", hasSize(0));
    }

    private static void setsATest(Page page) {
        assertThat(page.getByText("No test yet.")).isVisible();
        page.getByText("Set a test", new Page.GetByTextOptions().setExact(true)).click();
        button(page, "Set the test").click();
        assertThat(page.getByText("Choose the skill that it earns.")).isVisible();
        assertThat(page.getByText("At least one task, each with an answer to every question that has to be answered.")).isVisible();
        field(page, "Title of the test").fill("German at work");
        field(page, "Skill it earns").selectOption("German");
        field(page, "Level").last().selectOption("B2");
        field(page, "Enough, in %").fill("101");
        field(page, "Question").fill("How does it sound?");
        field(page, "Choice 1, as shown").fill("Kind");
        field(page, "Choice 2, as shown").fill("Rude");
        field(page, "An item").fill("Na, herzlichen Glückwunsch.");
        assertThat(page.getByText("A whole number from 1 to 100.")).isVisible();
        field(page, "Enough, in %").fill("90");
        field(page, "Its answer").selectOption("rude");
        button(page, "Set the test").click();
        assertThat(page.getByText("The test German at work can be taken now.")).isVisible();
        Locator row = page.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHasText("German at work"));
        assertThat(row).containsText("90%");
        assertThat(row).containsText("0 of 0");
        row.getByRole(AriaRole.BUTTON).click();
        page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close").setExact(true)).last().click();
        assertThat(row).containsText("closed");
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }
}
