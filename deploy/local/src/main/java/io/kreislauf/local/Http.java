package io.kreislauf.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The few requests the stack makes to its own parts. */
final class Http {

    private static final int TIMEOUT_MILLIS = 60_000;

    private Http() {
    }

    /** An answer of any status. */
    record Answer(int status, String body) {
    }

    /** The status of a GET, or 0 while nobody answers. */
    static int status(String url) {
        try {
            return request("GET", url, null, null, null).status();
        } catch (IOException e) {
            return 0;
        }
    }

    /** @param token a bearer token, or null; @param body the content, or null */
    static Answer request(String method, String url, String token, String contentType, String body) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        if (token != null) {
            connection.setRequestProperty("Authorization", "Bearer " + token);
        }
        if (body != null) {
            connection.setRequestProperty("Content-Type", contentType);
            connection.setDoOutput(true);
            connection.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
        }
        int status = connection.getResponseCode();
        try (var content = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Answer(status, content == null ? "" : new String(content.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
