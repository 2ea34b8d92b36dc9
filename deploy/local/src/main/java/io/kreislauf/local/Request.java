package io.kreislauf.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the commands over the API send, so that no other program has to be there for it. Arguments: method, URL, and perhaps a content type and a file
 * to send. The bearer token is in the environment, where other users do not see it: KREISLAUF_TOKEN. The answer goes to stdout as it comes; exit code 0
 * for a status of 2xx, else 1.
 */
final class Request {

    private static final int CONNECT_MAX_MILLIS = 60_000;
    /** An audit from zero, or an import, answers when it is done. */
    private static final int ANSWER_MAX_MILLIS = 3_600_000;

    private Request() {
    }

    public static void main(String[] args) {
        try {
            var connection = (HttpURLConnection) URI.create(args[1]).toURL().openConnection();
            connection.setRequestMethod(args[0]);
            connection.setConnectTimeout(CONNECT_MAX_MILLIS);
            connection.setReadTimeout(ANSWER_MAX_MILLIS);
            connection.setRequestProperty("Authorization", "Bearer " + System.getenv("KREISLAUF_TOKEN"));
            if (args.length > 3) {
                var file = Path.of(args[3]);
                connection.setRequestProperty("Content-Type", args[2]);
                connection.setDoOutput(true);
                connection.setFixedLengthStreamingMode(Files.size(file));
                try (var body = connection.getOutputStream()) {
                    Files.copy(file, body);
                }
            }
            int status = connection.getResponseCode();
            try (var content = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                if (content != null) {
                    content.transferTo(System.out);
                }
            }
            System.out.flush();
            if (status / 100 != 2) {
                System.err.println("HTTP " + status);
                System.exit(1);
            }
        } catch (IOException e) {
            System.err.println(args[1] + " does not answer: " + e.getMessage());
            System.exit(1);
        }
    }
}
