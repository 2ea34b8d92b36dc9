package io.kreislauf.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Access tokens of whoever's password we know, fetched when needed and again before they expire. */
final class Tokens {

    private static final long EARLY_MILLIS = 120_000;

    /** Checking a password is work on purpose; more than a few at a time only queue at the identity provider. */
    private final Semaphore grants = new Semaphore(4);

    private record Token(String value, long goodUntil) {}

    private final Installation installation;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, String> passwords = new ConcurrentHashMap<>();
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    Tokens(Installation installation) {
        this.installation = installation;
    }

    void know(String login, String password) {
        passwords.put(login, password);
    }

    String of(String login) {
        return tokens.compute(login, (name, token) ->
                token != null && token.goodUntil > System.currentTimeMillis() + EARLY_MILLIS ? token : granted(name)).value;
    }

    private Token granted(String login) {
        String form = Map.of("grant_type", "password", "scope", "openid", "client_id", installation.clientId(),
                        "client_secret", installation.clientSecret(), "username", login, "password", passwords.get(login)).entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8)).collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(installation.oidcUrl() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build();
        try {
            grants.acquire();
            try {
                var answer = client.send(request, BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new ReplayFailure("No token for %s: %s".formatted(login, answer.body()));
                }
                JsonNode token = Api.JSON.readTree(answer.body());
                return new Token(token.required("access_token").asText(), System.currentTimeMillis() + token.required("expires_in").asLong() * 1000);
            } finally {
                grants.release();
            }
        } catch (IOException failure) {
            throw new ReplayFailure("The identity provider does not answer: " + failure, failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ReplayFailure("stopped; started again it resumes");
        }
    }
}
