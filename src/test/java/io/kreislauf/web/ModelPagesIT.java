package io.kreislauf.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.kreislauf.market.WorkedCircuit;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A model maker's way in the browser: begin a model, buy compute, record a run, release, book months, open the circuit. */
@QuarkusTest
class ModelPagesIT {

    @TestHTTPResource("/")
    String address;

    @Test
    void aModelMakerRecordsARunReleasesTheModelBooksMonthsAndOpensItsCircuit() throws Exception {
        WorkedCircuit circuit = new WorkedCircuit();
        circuit.advanceAndWork();
        circuit.agree();
        circuit.release(1);
        circuit.sell();
        String name = "Tone model " + UUID.randomUUID();
        try (Browsing browsing = new Browsing(address)) {
            Page page = browsing.signIn(circuit.modelMaker.user());
            begin(page, name);
            buyCompute(page);
            recordARun(page);
            declareLabour(page);
            booked(page, "Release the model");
            assertThat(heading(page, "A month of revenue")).isVisible();
            bookMonths(page);
            page.getByText("Open its circuit").click();
            assertThat(heading(page, name)).isVisible();
            Locator revenue = page.locator(".chain-level.month");
            assertThat(revenue).containsText("Month 2 of 24");
            assertThat(revenue).containsText("$1,200.00");
            page.navigate("/models");
            Locator row = page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(name));
            assertThat(row).containsText("released");
            assertThat(row).containsText("2 of 24");
        }
    }

    private static void begin(Page page, String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Models")).click();
        assertThat(page.getByText("No model yet.")).isVisible();
        page.getByText("Begin a model").first().click();
        Locator begin = button(page, "Begin a model");
        begin.click();
        assertThat(page.getByText("Please fill this in.")).isVisible();
        field(page, "Name").fill(name);
        begin.press("Enter");
        assertThat(heading(page, name)).isVisible();
        assertThat(page.getByText("Record a training run first.")).isVisible();
    }

    private static void buyCompute(Page page) {
        page.getByText("Buy compute and other means").click();
        field(page, "Price (USD)").fill("6300");
        field(page, "Country of the supplier").fill("us");
        booked(page, "Buy");
        assertThat(page.getByText("$6,300.00 bought and not used yet")).isVisible();
    }

    private static void recordARun(Page page) {
        Locator compute = field(page, "compute (USD)");
        compute.fill("7000");
        assertThat(page.getByText("Only $6,300.00 are left.")).isVisible();
        compute.fill("3150");
        Locator licence = page.getByRole(AriaRole.CHECKBOX, new Page.GetByRoleOptions().setName(Pattern.compile("Worked example")));
        licence.focus();
        page.keyboard().press("Space");
        button(page, "Record a run").press("Enter");
        assertThat(page.getByRole(AriaRole.DIALOG)).containsText("$3,150.00 of compute");
        button(page, "Book it").click();
        assertThat(page.getByText("The run is recorded.")).isVisible();
        assertThat(page.locator(".chain-level.run")).containsText("Run 1");
        assertThat(page.getByText("1 of 2 runs left")).isVisible();
    }

    private static void declareLabour(Page page) {
        page.getByText("Labour of your own people").click();
        field(page, "Hours").fill("12.5");
        field(page, "Wages for them (USD)").fill("99999999");
        booked(page, "Declare labour");
        assertThat(page.getByRole(AriaRole.ALERT).first()).isVisible();
        field(page, "Wages for them (USD)").fill("250");
        booked(page, "Declare labour");
        assertThat(page.getByText("Declared.", new Page.GetByTextOptions().setExact(true))).isVisible();
    }

    /** One with customers, one without. */
    private static void bookMonths(Page page) {
        field(page, "Revenue (USD)").fill("1200");
        field(page, "Cost of serving (USD)").fill("30");
        booked(page, "Book the month");
        assertThat(page.getByText("The month is booked.")).isVisible();
        assertThat(page.locator("main")).containsText("1 of 24");
        assertThat(field(page, "Month (of 24)")).hasValue("2");
        page.getByText("Nobody bought it in this month").click();
        booked(page, "Book the month");
        assertThat(page.locator("main")).containsText("2 of 24");
    }

    private static void booked(Page page, String what) {
        button(page, what).click();
        button(page, "Book it").click();
    }

    private static Locator field(Page page, String label) {
        return page.getByLabel(label, new Page.GetByLabelOptions().setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator heading(Page page, String name) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName(name));
    }
}
