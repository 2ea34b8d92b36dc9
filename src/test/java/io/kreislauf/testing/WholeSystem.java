package io.kreislauf.testing;

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
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A whole system as {@code deploy/run} starts it, in a home of its own, whose parts a test can kill. */
public final class WholeSystem implements AutoCloseable {

    private static final Duration START_MAX = Duration.ofMinutes(6);
    private static final Duration END_MAX = Duration.ofSeconds(60);

    private final Path home;
    private final Map<String, String> environment;
    private Process launcher;
    private List<ProcessHandle> everything = List.of();

    /** With an empty home under {@code target}. */
    public WholeSystem(String name, boolean demo) throws IOException {
        this(name, Map.of("KREISLAUF_DEMO", String.valueOf(demo)));
    }

    /** With an empty home under {@code target}, and these environment variables. */
    public WholeSystem(String name, Map<String, String> environment) throws IOException {
        this.home = Path.of("target", name).toAbsolutePath();
        this.environment = environment;
        // In a session of its own no Ctrl-C that ends the tests reaches it.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        if (Files.exists(home)) {
            try (var tree = Files.walk(home)) {
                for (var path : tree.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    public void start(String... options) throws IOException {
        var local = Path.of("deploy", "local", "target").toAbsolutePath();
        // One that was killed could not take its own away.
        Files.deleteIfExists(home.resolve("url"));
        // A session and so a process group of its own, as a terminal gives a command, and no signal ignored, whatever the caller of the tests ignores.
        var builder = new ProcessBuilder("setsid", "env", "--default-signal=INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx48m", "-XX:+UseSerialGC", "-cp", local.resolve("kreislauf-local.jar") + File.pathSeparator + local.resolve("launcher") + "/*",
                "io.kreislauf.local.Run", Path.of("target", "quarkus-app").toAbsolutePath().toString());
        builder.command().addAll(List.of(options));
        builder.environment().put("KREISLAUF_HOME", home.toString());
        builder.environment().put("KREISLAUF_HTTP_PORT", String.valueOf(freePort()));
        builder.environment().putAll(environment);
        launcher = builder.redirectError(ProcessBuilder.Redirect.INHERIT).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** Returns when it answers; remembers every process then. */
    public void untilReady() {
        until(() -> Files.exists(home.resolve("url")));
        remember();
    }

    /** Returns when {@code part} has been started, and perhaps nothing else. */
    public void untilStarted(String part) {
        until(() -> properties("pids.properties").containsKey(part));
        remember();
    }

    /** Returns when its database, which may not be there yet, says yes to this SQL; remembers every process then. */
    public void untilTrue(String question) {
        until(() -> {
            try (var connection = database(); var row = connection.createStatement().executeQuery(question)) {
                return row.next() && row.getBoolean(1);
            } catch (SQLException notYet) {
                return false;
            }
        });
        remember();
    }

    /** SIGTERM to the launcher. */
    public void stop() throws InterruptedException {
        launcher.destroy();
        ends(143, "SIGTERM");
    }

    /** What Ctrl-C in a terminal does: SIGINT to the launcher and to all that is in its process group. */
    public void interrupt() throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-INT", "--", "-" + launcher.pid()).start().waitFor());
        ends(130, "SIGINT");
    }

    private void ends(int exitCode, String signal) throws InterruptedException {
        assertTrue(launcher.waitFor(END_MAX.toSeconds(), TimeUnit.SECONDS));
        assertEquals(exitCode, launcher.exitValue(), signal);
        nothingIsLeft(signal);
    }

    /** SIGKILL to the launcher, after which nothing else may run on. */
    public void killLauncher() {
        launcher.destroyForcibly();
        nothingIsLeft("the launcher was killed");
    }

    /** SIGKILL to one part, after which nothing else may run on. */
    public void kill(String part) {
        process(part).destroyForcibly();
        nothingIsLeft(part + " was killed");
    }

    /** SIGKILL to the database server itself, whose part is the process that watches over it. */
    public void killServerOfPostgres() throws IOException {
        var pid = Files.readAllLines(home.resolve("postgres/data/postmaster.pid")).getFirst().strip();
        ProcessHandle.of(Long.parseLong(pid)).orElseThrow().destroyForcibly();
        nothingIsLeft("the server of PostgreSQL was killed");
    }

    /** Sends a part a signal by name, STOP or CONT. */
    public void signal(String part, String signal) throws IOException, InterruptedException {
        assertEquals(0, new ProcessBuilder("kill", "-" + signal, String.valueOf(process(part).pid())).start().waitFor());
    }

    /** The names of the parts, as the launcher calls them. */
    public Properties parts() {
        return properties("pids.properties");
    }

    /** Ports, secrets and addresses. */
    public Properties settings() {
        return properties("stack.properties");
    }

    /** Where it answers. */
    public String url() throws IOException {
        return Files.readString(home.resolve("url")).strip();
    }

    /** Its database, as the owner. */
    public Connection database() throws SQLException {
        var stack = settings();
        return DriverManager.getConnection(stack.getProperty("jdbc.url"), stack.getProperty("owner.username"), stack.getProperty("owner.password"));
    }

    /** The access token of one of the demo's people. */
    public String token(String login) {
        var stack = settings();
        return TestUser.token(stack.getProperty("oidc.url"), stack.getProperty("oidc.client.id"), stack.getProperty("oidc.client.secret"), login, "kreislauf");
    }

    @Override
    public void close() {
        if (launcher != null) {
            launcher.destroyForcibly();
        }
        everything.forEach(ProcessHandle::destroyForcibly);
    }

    private ProcessHandle process(String part) {
        return ProcessHandle.of(Long.parseLong(parts().getProperty(part))).orElseThrow();
    }

    private void until(BooleanSupplier condition) {
        await().atMost(START_MAX).pollInterval(Duration.ofMillis(100)).until(() -> {
            assertTrue(launcher.isAlive(), "the launcher ended; its messages are above, logs in " + home.resolve("logs"));
            return condition.getAsBoolean();
        });
    }

    /** Every process there is, also PostgreSQL's, none of which names its home in its command line but the first. */
    private void remember() {
        everything = Stream.concat(Stream.of(launcher.toHandle()), launcher.descendants()).toList();
        assertTrue(everything.size() > 1, () -> "only " + everything);
    }

    private void nothingIsLeft(String after) {
        await(after).atMost(END_MAX).untilAsserted(() -> assertEquals(List.of(), everything.stream().filter(ProcessHandle::isAlive)
                .map(process -> process.info().commandLine().orElse("process " + process.pid())).toList()));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
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
