package io.kreislauf.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** The application and its identity provider, over HTTP. A refusal ends the benchmark. */
final class BenchHttp {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final Properties stack;

    BenchHttp(String url, Properties stack) {
        this.url = url;
        this.stack = stack;
    }

    String token(String login, String password) {
        String form = "grant_type=password&scope=openid&client_id=%s&client_secret=%s&username=%s&password=%s".formatted(
                encode(stack.getProperty("oidc.client.id")), encode(stack.getProperty("oidc.client.secret")), encode(login), encode(password));
        return send(HttpRequest.newBuilder(URI.create(stack.getProperty("oidc.url") + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)).build()).required("access_token").asText();
    }

    JsonNode get(String token, String path) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token).build());
    }

    JsonNode post(String token, String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)).build());
    }

    JsonNode postCsv(String token, String path, String csv) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + token)
                .header("Content-Type", "text/csv; charset=UTF-8").POST(BodyPublishers.ofString(csv)).build());
    }

    private JsonNode send(HttpRequest request) {
        try {
            var answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException("%s %s: %d %s".formatted(request.method(), request.uri(), answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
            }
            return answer.body().length == 0 ? JSON.nullNode() : JSON.readTree(answer.body());
        } catch (IOException failure) {
            throw new IllegalStateException(request.uri() + " does not answer", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Stopped.", stopped);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
