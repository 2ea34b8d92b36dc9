package io.kreislauf.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;

/** The application's HTTP API. What can be sent again is: a broken connection or an overloaded server is no failure yet. */
final class Api {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final int ATTEMPTS = 6;
    private static final Set<Integer> TRY_AGAIN = Set.of(429, 502, 503, 504);

    /** An answer; {@code code} is the problem's, or null. */
    record Answer(int status, JsonNode body) {

        boolean ok() {
            return status < 300;
        }

        String code() {
            return ok() ? null : body.path("code").asText(null);
        }

        JsonNode orFail(String what) {
            if (!ok()) {
                throw new ReplayFailure("%s was refused (%d): %s".formatted(what, status, body));
            }
            return body;
        }
    }

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10)).build();
    private final String url;
    private final Semaphore slots;

    Api(String url, int parallel) {
        this.url = url;
        this.slots = new Semaphore(parallel);
    }

    Answer get(String token, String path) {
        return send(token, request(path).GET());
    }

    /** Every row of a list, over all its pages. */
    List<JsonNode> list(String token, String path) {
        List<JsonNode> rows = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = get(token, path + (path.contains("?") ? "&" : "?") + "limit=200"
                    + (after.isEmpty() ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8))).orFail(path);
            page.required("items").forEach(rows::add);
            after = page.path("next").asText("");
        } while (!after.isEmpty() && !after.equals("null"));
        return rows;
    }

    /** @param key an Idempotency-Key, or null */
    Answer post(String token, String path, String key, Object body) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(write(body)));
        return send(token, key == null ? request : request.header("Idempotency-Key", key));
    }

    Answer postCsv(String token, String path, String csv) {
        return send(token, request(path).header("Content-Type", "text/csv; charset=UTF-8").POST(BodyPublishers.ofString(csv)));
    }

    InputStream file(String token, String path) {
        try {
            HttpResponse<InputStream> answer = client.send(request(path).header("Authorization", "Bearer " + token).GET().build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new ReplayFailure("%s was refused (%d)".formatted(path, answer.statusCode()));
            }
            return answer.body();
        } catch (IOException failure) {
            throw new ReplayFailure(path + ": " + failure.getMessage(), failure);
        } catch (InterruptedException stopped) {
            throw stopped();
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(5));
    }

    private Answer send(String token, HttpRequest.Builder request) {
        HttpRequest ready = request.header("Authorization", "Bearer " + token).build();
        for (int attempt = 1;; attempt++) {
            try {
                slots.acquire();
                HttpResponse<byte[]> answer;
                try {
                    answer = client.send(ready, BodyHandlers.ofByteArray());
                } finally {
                    slots.release();
                }
                if (!TRY_AGAIN.contains(answer.statusCode()) || attempt == ATTEMPTS) {
                    return new Answer(answer.statusCode(), read(answer.body()));
                }
            } catch (IOException failure) {
                if (attempt == ATTEMPTS) {
                    throw new ReplayFailure("%s does not answer: %s".formatted(ready.uri(), failure), failure);
                }
            } catch (InterruptedException stopped) {
                throw stopped();
            }
            pause(200L << attempt);
        }
    }

    private static JsonNode read(byte[] body) throws IOException {
        try {
            return body.length == 0 ? JSON.createObjectNode() : JSON.readTree(body);
        } catch (com.fasterxml.jackson.core.JsonProcessingException notJson) {
            return JSON.createObjectNode().put("detail", new String(body, StandardCharsets.UTF_8));
        }
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            throw stopped();
        }
    }

    private static ReplayFailure stopped() {
        Thread.currentThread().interrupt();
        return new ReplayFailure("stopped; started again it resumes");
    }
}
