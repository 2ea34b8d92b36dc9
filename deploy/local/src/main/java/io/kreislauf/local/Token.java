package io.kreislauf.local;

import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;

/** What {@code deploy/token USER} is: prints an access token of a demo user of the running home. Arguments: home, login, password. */
final class Token {

    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private Token() {
    }

    public static void main(String[] args) throws IOException {
        var stack = new Properties();
        var file = Path.of(args[0], "stack.properties");
        if (Files.exists(file)) {
            stack.load(new StringReader(Files.readString(file)));
        }
        if (stack.getProperty("oidc.url") == null) {
            fail("No Keycloak of deploy/run in %s. Start it with deploy/run, or name the directory with KREISLAUF_HOME.".formatted(args[0]));
        }
        var form = "grant_type=password&scope=openid&client_id=%s&client_secret=%s&username=%s&password=%s".formatted(
                encode(stack.getProperty("oidc.client.id")), encode(stack.getProperty("oidc.client.secret")), encode(args[1]), encode(args[2]));
        try {
            var answer = Http.request("POST", stack.getProperty("oidc.url") + "/protocol/openid-connect/token", null,
                    "application/x-www-form-urlencoded", form);
            var token = ACCESS_TOKEN.matcher(answer.body());
            if (answer.status() == 200 && token.find()) {
                System.out.println(token.group(1));
            } else {
                fail("Keycloak gives no token for %s (%d): %s".formatted(args[1], answer.status(), answer.body()));
            }
        } catch (IOException e) {
            fail("Keycloak does not answer at %s: is deploy/run running?".formatted(stack.getProperty("oidc.url")));
        }
    }

    private static void fail(String why) {
        System.err.println(why);
        System.exit(1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
