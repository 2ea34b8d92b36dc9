package io.kreislauf.web;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import io.kreislauf.testing.TestUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes pictures of pages of a running demo, on a desk and on a phone, light and dark: to be looked at, and for the documentation. Arguments: the
 * address, the folder, then for each page {@code login:name:path}.
 */
final class Screenshots {

    /** Each picture is of what fits the screen; {@code whole} ones are of all of the page. */
    private enum Screen {
        DESK(new Browser.NewContextOptions().setViewportSize(1280, 800)),
        PHONE(new Browser.NewContextOptions().setViewportSize(390, 844).setHasTouch(true).setIsMobile(true));

        private final Browser.NewContextOptions device;

        Screen(Browser.NewContextOptions device) {
            this.device = device;
        }
    }

    private static final String DEMO_PASSWORD = "kreislauf";

    private Screenshots() {
    }

    public static void main(String... arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[1]));
        try (Browsing browsing = new Browsing(arguments[0])) {
            for (Screen screen : Screen.values()) {
                Map<String, Page> signedIn = new HashMap<>();
                for (String each : List.of(arguments).subList(2, arguments.length)) {
                    String[] parts = each.split(":", 3);
                    Page page = signedIn.computeIfAbsent(parts[0], login -> browsing.signIn(new TestUser(login, DEMO_PASSWORD, null), screen.device));
                    take(page, parts[2], folder, parts[1] + "-" + screen.name().toLowerCase());
                }
            }
        }
    }

    private static void take(Page page, String path, Path folder, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            page.navigate(path);
            page.locator("main h1, main .item").first().waitFor();
            page.waitForLoadState(LoadState.NETWORKIDLE);
            String file = name + (scheme == ColorScheme.DARK ? "-dark" : "");
            page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(file + ".png")));
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(folder.resolve(file + "-whole.png")));
        }
    }
}
