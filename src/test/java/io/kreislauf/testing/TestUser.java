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
        return token(TestDatabase.setting("quarkus.oidc.auth-server-url"), TestDatabase.setting("quarkus.oidc.client-id"),
                TestDatabase.setting("quarkus.oidc.credentials.secret"), login, password);
    }

    /** The access token of somebody in another system. */
    public static String token(String realmUrl, String clientId, String clientSecret, String login, String password) {
        return Keycloak.grant(realmUrl, Map.of("grant_type", "password", "scope", "openid", "client_id", clientId, "client_secret", clientSecret,
                "username", login, "password", password));
    }
}
