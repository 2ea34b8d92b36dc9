package io.kreislauf;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What deploy/run promises: whatever is killed, nothing is left running, and the next start finds its data. */
class StartingAndStoppingIT {

    private static final Duration START_MAX = Duration.ofMinutes(3);
    private static final Duration END_MAX = Duration.ofSeconds(30);

    private final Path home = Path.of("target", "starting-and-stopping").toAbsolutePath();
    private Process launcher;
    private List<ProcessHandle> everything = List.of();

    @BeforeEach
    void anEmptyHome() throws IOException {
        if (Files.exists(home)) {
            try (var tree = Files.walk(home)) {
                for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @AfterEach
    void end() {
        if (launcher != null) {
            launcher.destroyForcibly();
        }
        everything.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void whateverIsKilledNothingIsLeftAndTheNextStartFindsItsData() throws Exception {
        start();
        until(START_MAX, () -> properties("pids.properties").containsKey("kafka"));
        remember();
        launcher.destroyForcibly();
        nothingIsLeft("the launcher was killed in the middle of the first start");

        start();
        untilReady();
        try (var connection = database(); var statement = connection.createStatement()) {
            statement.execute("create table kept (what text)");
            statement.execute("insert into kept values ('this')");
        }
        remember();
        launcher.destroy();
        assertTrue(launcher.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS));
        assertEquals(143, launcher.exitValue(), "SIGTERM");
        nothingIsLeft("the launcher was told to stop");

        start();
        untilReady();
        assertEquals("this", kept());
        remember();
        launcher.destroyForcibly();
        nothingIsLeft("the launcher was killed");

        start();
        untilReady();
        assertEquals("this", kept());
        remember();
        ProcessHandle.of(Long.parseLong(properties("pids.properties").getProperty("kafka"))).orElseThrow().destroyForcibly();
        nothingIsLeft("Kafka was killed");
    }

    private void start() throws IOException {
        var local = Path.of("deploy", "local", "target").toAbsolutePath();
        // One that was killed could not take its own away.
        Files.deleteIfExists(home.resolve("url"));
        var port = freePort();
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx48m", "-XX:+UseSerialGC",
                "-cp", local.resolve("kreislauf-local.jar") + File.pathSeparator + local.resolve("launcher") + "/*",
                "io.kreislauf.local.Run", Path.of("target", "quarkus-app").toAbsolutePath().toString());
        builder.environment().put("KREISLAUF_HOME", home.toString());
        builder.environment().put("KREISLAUF_HTTP_PORT", String.valueOf(port));
        builder.environment().put("KREISLAUF_DEMO", "false");
        launcher = builder.redirectError(ProcessBuilder.Redirect.INHERIT).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void untilReady() {
        until(START_MAX, () -> Files.exists(home.resolve("url")));
    }

    private void until(Duration atMost, BooleanSupplier condition) {
        await().atMost(atMost).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertTrue(launcher.isAlive(), "the launcher ended; its messages are above, logs in " + home.resolve("logs"));
            return condition.getAsBoolean();
        });
    }

    /** Every process there is, also PostgreSQL's, none of which names its home in its command line but the first. */
    private void remember() {
        everything = Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants()).toList();
        assertTrue(everything.size() >= 4, () -> "only " + everything);
    }

    private void nothingIsLeft(String after) {
        await(after).atMost(END_MAX).untilAsserted(() -> assertEquals(List.of(), everything.stream().filter(ProcessHandle::isAlive)
                .map(process -> process.info().commandLine().orElse("process " + process.pid())).toList()));
    }

    private String kept() throws SQLException {
        try (var connection = database(); var rows = connection.createStatement().executeQuery("select what from kept")) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    private Connection database() throws SQLException {
        var stack = properties("stack.properties");
        return DriverManager.getConnection(stack.getProperty("jdbc.url"), stack.getProperty("owner.username"), stack.getProperty("owner.password"));
    }

    private Properties properties(String name) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(home.resolve(name))) {
            properties.load(reader);
        } catch (IOException e) {
            // Not written yet.
        }
        return properties;
    }
}
