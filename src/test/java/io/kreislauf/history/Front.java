package io.kreislauf.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** One application process, over HTTP. */
final class Front {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final Duration PATIENCE = Duration.ofSeconds(8);

    /** @param code of a refusal; empty: it was none */
    record Reply(int status, JsonNode body, String code) {

        boolean isOk() {
            return status < 300;
        }
    }

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    private final String url;

    Front(String url) {
        this.url = url;
    }

    Reply get(String token, String path) throws IOException, InterruptedException {
        return send(to(token, path).GET());
    }

    Reply post(String token, String path, String json) throws IOException, InterruptedException {
        return send(to(token, path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    /** Where any other answer than a good one ends everything. */
    JsonNode done(String token, String path, String type, String body) throws IOException, InterruptedException {
        Reply reply = send(to(token, path).header("Content-Type", type).timeout(Duration.ofMinutes(3)).POST(BodyPublishers.ofString(body)));
        if (!reply.isOk()) {
            throw new IllegalStateException("POST %s: %d %s".formatted(path, reply.status, reply.body));
        }
        return reply.body;
    }

    private HttpRequest.Builder to(String token, String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    private Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = client.send(request.build(), BodyHandlers.ofByteArray());
        JsonNode body = answer.body().length == 0 ? JSON.nullNode() : json(answer.body());
        return new Reply(answer.statusCode(), body, body.path("code").asText());
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException noJson) {
            return JSON.getNodeFactory().textNode(new String(body, StandardCharsets.UTF_8));
        }
    }
}
