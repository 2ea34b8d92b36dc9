package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.kreislauf.testing.TestPeople;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** An operator finds the audit beside the books, and runs it by keyboard. */
@QuarkusTest
class AuditPageIT {

    @TestHTTPResource("/")
    String address;

    @Test
    void anOperatorSeesEachInvariantAndRunsTheAuditByKeyboard() throws Exception {
        try (var browsing = new Browsing(address)) {
            Page page = browsing.signIn(TestPeople.person("operator", null).user());
            page.navigate("/ledger");
            page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit of the books")).click();
            Locator run = page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Audit what is new"));
            run.focus();
            page.keyboard().press("Enter");
            Locator rows = page.getByRole(AriaRole.TABLE).locator("tbody tr");
            assertThat(rows).hasCount(14);
            assertThat(page.getByText("Up to watermark")).isVisible();
            assertTrue(rows.nth(5).textContent().contains("A retry is one entry."), rows.nth(5).textContent());
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat(rows).hasCount(14);
            page.getByLabel("Language").selectOption("de");
            assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Prüfung der Bücher"))).isVisible();
        }
    }
}
