package io.kreislauf.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import io.kreislauf.testing.TestUser;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A headless Chromium of this machine, in which people under test sign in. */
final class Browsing implements AutoCloseable {

    private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync");

    /** The five seconds that Playwright gives by itself are few where everything runs at once. */
    private static final double ASSERTION_MILLIS_MAX = 30_000;

    static {
        PlaywrightAssertions.setDefaultAssertionTimeout(ASSERTION_MILLIS_MAX);
    }

    private final String address;
    private final Playwright playwright;
    private final Browser browser;

    Browsing(String address) {
        this.address = address;
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium()).setArgs(ARGUMENTS));
    }

    /** A page of a browser of its own, whose user has just signed in through the identity provider. */
    Page signIn(TestUser user) {
        return signIn(user, new Browser.NewContextOptions());
    }

    /** The same on another device. */
    Page signIn(TestUser user, Browser.NewContextOptions device) {
        Page page = atSignIn(device);
        credentials(page, user);
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main")).waitFor();
        return page;
    }

    /** A page of a browser of its own at the identity provider's form. */
    Page atSignIn() {
        return atSignIn(new Browser.NewContextOptions());
    }

    private Page atSignIn(Browser.NewContextOptions device) {
        BrowserContext context = browser.newContext(device.setBaseURL(address).setLocale("en-US"));
        Page page = context.newPage();
        page.navigate("/");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Sign in")).first().click();
        return page;
    }

    /** At the identity provider's form. */
    void credentials(Page page, TestUser user) {
        page.locator("#username").fill(user.login());
        page.locator("#password").fill(user.password());
        page.locator("[type=submit]").click();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    static Path chromium() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException("The browser tests need Chromium. On Debian: apt-get install chromium"));
    }
}
