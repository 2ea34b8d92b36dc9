package io.kreislauf.testing;

import java.util.Map;

/**
 * Somebody who can sign in.
 *
 * @param subject the {@code sub} of this user's tokens
 */
public record TestUser(String login, String password, String subject) {

    /** An access token, valid for twenty minutes at least. */
    public String token() {
        return token(login, password);
    }

    /** An access token of anybody whose lasting password is known, valid for twenty minutes at least. */
    public static String token(String login, String password) {
        return Tokens.of(TestDatabase.setting("quarkus.oidc.auth-server-url"), byPassword(TestDatabase.setting("quarkus.oidc.client-id"),
                TestDatabase.setting("quarkus.oidc.credentials.secret"), login, password));
    }

    /** A fresh access token of somebody in another system. */
    public static String token(String realmUrl, String clientId, String clientSecret, String login, String password) {
        return Keycloak.grant(realmUrl, byPassword(clientId, clientSecret, login, password));
    }

    private static Map<String, String> byPassword(String clientId, String clientSecret, String login, String password) {
        return Map.of("grant_type", "password", "scope", "openid", "client_id", clientId, "client_secret", clientSecret, "username", login, "password", password);
    }
}
