package io.kreislauf.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One annotator's kept-alive HTTP/1.1 connection. It does no more than the benchmark needs, so that the caller costs
 * little on the cores it shares with what is measured. Any answer of 300 or more ends the benchmark.
 */
final class AnnotatorLine implements AutoCloseable {

    private static final int HEAD_BYTES_MAX = 16_384;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String headers;
    private byte[] buffer = new byte[HEAD_BYTES_MAX];
    private int filled;

    AnnotatorLine(URI url, String token) throws IOException {
        this.socket = new Socket(url.getHost(), url.getPort());
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.headers = " HTTP/1.1\r\nHost: %s:%d\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: "
                .formatted(url.getHost(), url.getPort(), token);
    }

    JsonNode post(String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("POST " + path + headers + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] request = Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        out.write(request);
        filled = 0;
        int end = headEnd();
        String answer = new String(buffer, 0, end, StandardCharsets.US_ASCII);
        int status = Integer.parseInt(answer.substring(9, 12));
        int length = contentLength(answer);
        int wanted = end + length;
        if (buffer.length < wanted) {
            buffer = Arrays.copyOf(buffer, wanted);
        }
        while (filled < wanted) {
            read();
        }
        if (status >= 300) {
            throw new IllegalStateException("POST %s: %d %s".formatted(path, status, new String(buffer, end, length, StandardCharsets.UTF_8)));
        }
        return length == 0 ? BenchHttp.JSON.nullNode() : BenchHttp.JSON.readTree(buffer, end, length);
    }

    /** Reads until the empty line after the headers; gives where the body begins. */
    private int headEnd() throws IOException {
        int from = 3;
        while (true) {
            for (int i = from; i < filled; i++) {
                if (buffer[i] == '\n' && buffer[i - 1] == '\r' && buffer[i - 2] == '\n') {
                    return i + 1;
                }
            }
            from = Math.max(3, filled);
            read();
        }
    }

    private void read() throws IOException {
        int count = in.read(buffer, filled, buffer.length - filled);
        if (count <= 0) {
            throw new IOException("The application ended the connection.");
        }
        filled += count;
    }

    private static int contentLength(String head) throws IOException {
        String name = "\r\ncontent-length:";
        for (int i = 0; i + name.length() < head.length(); i++) {
            if (head.regionMatches(true, i, name, 0, name.length())) {
                return Integer.parseInt(head.substring(i + name.length(), head.indexOf('\r', i + 2)).strip());
            }
        }
        if (head.startsWith("HTTP/1.1 204")) {
            return 0;
        }
        throw new IOException("An answer without Content-Length: " + head);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
