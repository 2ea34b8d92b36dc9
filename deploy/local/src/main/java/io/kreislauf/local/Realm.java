package io.kreislauf.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The realm {@code kreislauf}: made once from {@code realm.json} in one request, which Keycloak does wholly or not at all.
 *
 * <p>Asked over the administration interface, because Keycloak's import at start neither says when it is finished nor tells what it skipped.
 */
final class Realm {

    static final String NAME = "kreislauf";
    static final String CLIENT = "kreislauf";
    static final String ADMIN_CLIENT = "kreislauf-admin";

    private static final Pattern ACCESS_TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");

    private final Home home;
    private final String keycloak;
    private final String admin;
    private final String password;

    Realm(Home home, String keycloak, String admin, String password) {
        this.home = home;
        this.keycloak = keycloak;
        this.admin = admin;
        this.password = password;
    }

    void ensure() {
        if (home.isDone("realm")) {
            return;
        }
        try {
            if (Http.request("GET", keycloak + "/realms/" + NAME, null, null, null).status() == 404) {
                Progress.say("creating the realm");
                var answer = Http.request("POST", keycloak + "/admin/realms", token(), "application/json", document());
                if (answer.status() != 201) {
                    throw new StackException("Keycloak refused the realm (%d): %s".formatted(answer.status(), answer.body()));
                }
            }
            home.done("realm");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String document() throws IOException {
        try (var in = Realm.class.getResourceAsStream("/realm.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("${KREISLAUF_OIDC_CLIENT_SECRET}", home.secret("keycloak." + CLIENT))
                    .replace("${KREISLAUF_ADMIN_CLIENT_SECRET}", home.secret("keycloak." + ADMIN_CLIENT));
        }
    }

    private String token() throws IOException {
        var form = "grant_type=password&client_id=admin-cli&username=%s&password=%s".formatted(admin, URLEncoder.encode(password, StandardCharsets.UTF_8));
        var answer = Http.request("POST", keycloak + "/realms/master/protocol/openid-connect/token", null, "application/x-www-form-urlencoded", form);
        var token = ACCESS_TOKEN.matcher(answer.body());
        if (!token.find()) {
            throw new StackException("Keycloak's administrator cannot sign in (%d): %s".formatted(answer.status(), answer.body()));
        }
        return token.group(1);
    }
}
