package io.kreislauf.testing;

import java.util.Map;

/**
 * Somebody who can sign in.
 *
 * @param subject the {@code sub} of this user's tokens
 */
public record TestUser(String login, String password, String subject) {

    /** A fresh access token, valid for half an hour. */
    public String token() {
        return token(login, password);
    }

    /** The access token of anybody whose lasting password is known. */
    public static String token(String login, String password) {
        return Keycloak.grant(TestDatabase.setting("quarkus.oidc.auth-server-url"), Map.of(
                "grant_type", "password", "scope", "openid",
                "client_id", TestDatabase.setting("quarkus.oidc.client-id"),
                "client_secret", TestDatabase.setting("quarkus.oidc.credentials.secret"),
                "username", login, "password", password));
    }
}
