package io.kreislauf.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import static org.awaitility.Awaitility.await;

/**
 * A headless Chromium driven by its own protocol. Unlike under a testing library its tabs can be hidden as people hide them,
 * by bringing another one to the front, and its processes are known, so that they can be put to sleep.
 */
final class BareChromium implements AutoCloseable, WebSocket.Listener {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One tab, or window. */
    final class Tab {

        private final String target;
        private final String session;

        private Tab(String target, String session) {
            this.target = target;
            this.session = session;
        }

        /** What an expression of the page gives, as text; empty if nothing. */
        String evaluate(String expression) {
            return send("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true), session).at("/result/value").asText("");
        }

        /** Waits until the expression is true. */
        void until(String expression) {
            await(expression).atMost(ANSWER_MAX).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(50)).until(() -> evaluate(expression).equals("true"));
        }

        void go(String address) {
            send("Page.navigate", Map.of("url", address), session);
        }

        /** Brings it before the other tabs of its window, which are hidden then. */
        void bringToFront() {
            send("Target.activateTarget", Map.of("targetId", target), null);
        }

        /** A key pressed and let go, as by a hand: "1", "Enter", "Shift". */
        void press(String key) {
            String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
            int code = key.equals("Enter") ? 13 : key.length() == 1 ? key.charAt(0) : 16;
            send("Input.dispatchKeyEvent", Map.of("type", text.isEmpty() ? "rawKeyDown" : "keyDown", "key", key, "text", text, "windowsVirtualKeyCode", code), session);
            send("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code), session);
        }

        /** Cuts the tab's connection, or gives it back. */
        void offline(boolean offline) {
            send("Network.enable", Map.of(), session);
            send("Network.emulateNetworkConditions", Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1), session);
        }
    }

    private final Path profile;
    private final Process process;
    private final WebSocket socket;
    private final AtomicLong asked = new AtomicLong();
    private final Map<Long, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
    private final StringBuilder incoming = new StringBuilder();

    BareChromium() throws IOException {
        profile = Files.createTempDirectory("chromium");
        process = new ProcessBuilder(Browsing.chromium().toString(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-debugging-port=0",
                "--user-data-dir=" + profile, "--lang=en-US", "about:blank").redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        var said = new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8));
        String line = said.readLine();
        while (line != null && !line.startsWith("DevTools listening on ")) {
            line = said.readLine();
        }
        if (line == null) {
            throw new IOException("Chromium did not start.");
        }
        Thread.ofVirtual().start(() -> said.lines().forEach(ignored -> { }));
        socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(line.substring("DevTools listening on ".length())), this).join();
    }

    /** A new tab of the window, or a window of its own; in front. */
    Tab open(String address, boolean ownWindow) {
        String target = send("Target.createTarget", Map.of("url", address, "newWindow", ownWindow), null).path("targetId").asText();
        return new Tab(target, send("Target.attachToTarget", Map.of("targetId", target, "flatten", true), null).path("sessionId").asText());
    }

    /** All its processes stand still, as when the machine sleeps, or go on. */
    void asleep(boolean asleep) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", asleep ? "-STOP" : "-CONT"));
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).map(ProcessHandle::pid).map(String::valueOf).forEach(command::add);
        new ProcessBuilder(command).start().waitFor(10, TimeUnit.SECONDS);
    }

    private JsonNode send(String method, Map<String, Object> parameters, String session) {
        long id = asked.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        answers.put(id, answer);
        var message = JSON.createObjectNode().put("id", id).put("method", method).set("params", JSON.valueToTree(parameters));
        if (session != null) {
            ((com.fasterxml.jackson.databind.node.ObjectNode) message).put("sessionId", session);
        }
        synchronized (this) {
            socket.sendText(message.toString(), true).join();
        }
        JsonNode answered = answer.orTimeout(ANSWER_MAX.toSeconds(), TimeUnit.SECONDS).join();
        if (answered.has("error")) {
            throw new IllegalStateException(method + ": " + answered.get("error"));
        }
        return answered.path("result");
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        incoming.append(part);
        if (last) {
            try {
                JsonNode message = JSON.readTree(incoming.toString());
                CompletableFuture<JsonNode> waiting = answers.remove(message.path("id").asLong());
                if (waiting != null) {
                    waiting.complete(message);
                }
            } catch (IOException malformed) {
                throw new IllegalStateException(malformed);
            } finally {
                incoming.setLength(0);
            }
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() throws IOException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle())).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(one -> one.onExit().join());
        try (var files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
