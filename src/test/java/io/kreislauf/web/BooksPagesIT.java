package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** In a browser each number of a book opens its entries: from the trial balance, the balance sheet and a statement, now and as of a day. */
@QuarkusTest
class BooksPagesIT {

    private static final LocalDate EARLIER = LocalDate.now(ZoneOffset.UTC).minusDays(20);

    @TestHTTPResource("/")
    String address;

    @Inject
    Ledger ledger;

    private TestPerson requester;

    private UUID book() throws Exception {
        var org = TestPeople.organisation("manufacturer");
        requester = TestPeople.person("requester", org);
        var d = new Book(org);
        Instant earlier = EARLIER.atTime(12, 0).toInstant(ZoneOffset.UTC);
        ledger.post(new CapitalAdvanced(UUID.randomUUID(), d, "USD", 1_000_000, "test"), earlier);
        ledger.post(new WorkSubmitted(UUID.randomUUID(), UUID.randomUUID(), d, new Book(TestPeople.annotator("KE").personId()), LabourMillis.observed(3_600_000),
                Wage.none("USD")), earlier);
        ledger.post(new CapitalAdvanced(UUID.randomUUID(), d, "USD", 50_000, "test"), null);
        return org;
    }

    private static Locator section(Page page, String heading) {
        return page.locator("section").filter(new Locator.FilterOptions()
                .setHas(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(heading).setExact(true))));
    }

    private static Locator row(Locator of, String account) {
        return of.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions().setHas(of.page().locator("a[href*='account=" + account + "']")));
    }

    private static Locator statement(Page page) {
        return page.locator("section.box");
    }

    private static void opensItsEntry(Page page, String event, String amount) {
        statement(page).getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(event)).first().click();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("Entry: " + event))).isVisible();
        assertThat(page.getByText(amount).first()).isVisible();
    }

    @Test
    void aNumberOfEachSheetOpensItsEntries() throws Exception {
        var org = book();
        try (var browsing = new Browsing(address)) {
            Page page = browsing.signIn(requester.user());
            page.navigate("/ledger/" + org);
            row(section(page, "Trial balance"), "CASH").getByRole(AriaRole.LINK).click();
            assertThat(statement(page).locator("tbody tr")).hasCount(2);
            assertThat(statement(page).locator("tfoot")).containsText("10,500.00");
            opensItsEntry(page, "CapitalAdvanced", "10,000.00");

            page.navigate("/ledger/" + org);
            row(section(page, "Balance sheet in the forms of capital"), "PRODUCTION").getByRole(AriaRole.LINK).click();
            assertThat(statement(page).locator("tbody tr")).hasCount(1);
            opensItsEntry(page, "WorkSubmitted", "1.00 h");

            page.navigate("/ledger/" + org);
            section(page, "Trial balance").locator("tfoot a[href*='standing=credit'][href*='USD']").click();
            assertThat(statement(page).locator("tfoot")).containsText("-$10,500.00");
            opensItsEntry(page, "CapitalAdvanced", "10,000.00");

            page.navigate("/ledger/" + org);
            section(page, "Balance sheet in the forms of capital").locator("tfoot a[href*='form=M&']").click();
            assertThat(statement(page).locator("tfoot")).containsText("10,500.00");
            opensItsEntry(page, "CapitalAdvanced", "10,000.00");
        }
    }

    @Test
    void aNumberAsOfADayOpensTheStatementAsOfThatDay() throws Exception {
        var org = book();
        try (var browsing = new Browsing(address)) {
            Page page = browsing.signIn(requester.user());
            page.navigate("/ledger/" + org);
            assertThat(page.getByText("As of now")).isVisible();
            page.getByLabel("Happened until the end of").fill(EARLIER.toString());
            assertThat(page.getByText("Provisional").first()).isVisible();
            var cash = row(section(page, "Trial balance"), "CASH");
            assertThat(cash).containsText("10,000.00");
            cash.getByRole(AriaRole.LINK).click();
            assertThat(page).hasURL(Pattern.compile(".*effectiveAt=" + EARLIER + ".*"));
            assertThat(statement(page).locator("tbody tr")).hasCount(1);
            assertThat(statement(page).locator("tfoot")).containsText("10,000.00");
            opensItsEntry(page, "CapitalAdvanced", "10,000.00");

            page.navigate("/ledger/" + org + "?effectiveAt=" + EARLIER.minusDays(1));
            assertThat(page.getByText("Nothing is booked here yet.").first()).isVisible();
            page.getByLabel("Language").selectOption("de");
            assertThat(page.getByText("Vorläufig").first()).isVisible();
        }
    }
}
