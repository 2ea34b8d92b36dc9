package io.kreislauf.testing;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;

/**
 * The packaged application as several processes on one database, realm and topics of their own in the running stack, each
 * of which a test can kill, pause and start again. The database is a test's, so its clock can be moved.
 */
public final class ApplicationProcesses implements AutoCloseable {

    private static final Duration READY_MAX = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(2)).build();
    private final RunningStack stack = RunningStack.find();
    private final Surroundings surroundings = Surroundings.make(stack);
    private final Path home;
    private final int[] ports;
    private final Process[] processes;

    /** Nothing runs yet. */
    public ApplicationProcesses(int count) throws IOException {
        home = Files.createDirectories(Path.of("target", "processes", surroundings.name())).toAbsolutePath();
        ports = new int[count];
        processes = new Process[count];
        for (int i = 0; i < count; i++) {
            try (var socket = new ServerSocket(0)) {
                ports[i] = socket.getLocalPort();
            }
        }
    }

    public void start(int which) throws IOException {
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m", "-XX:+UseSerialGC",
                "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toString());
        builder.environment().putAll(environment());
        builder.environment().put("KREISLAUF_HOME", home.toString());
        builder.environment().put("KREISLAUF_WORK_EXPIRE_EVERY", "1s");
        builder.environment().put("KREISLAUF_HTTP_PORT", String.valueOf(ports[which]));
        processes[which] = builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(new File(home.toFile(), "application-%d.log".formatted(which)))).start();
    }

    /** Where its servers are, as {@code docs/reference/configuration.md} has it. */
    public Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("KREISLAUF_JDBC_URL", surroundings.jdbcUrl()),
                Map.entry("KREISLAUF_DB_USER", stack.get("app.username")),
                Map.entry("KREISLAUF_DB_PASSWORD", stack.get("app.password")),
                Map.entry("KREISLAUF_DB_OWNER", stack.get("owner.username")),
                Map.entry("KREISLAUF_DB_OWNER_PASSWORD", stack.get("owner.password")),
                Map.entry("KREISLAUF_KAFKA", stack.get("kafka.bootstrap")),
                Map.entry("KREISLAUF_STREAM_PREFIX", prefix()),
                Map.entry("KREISLAUF_OIDC_URL", realmUrl()),
                Map.entry("KREISLAUF_OIDC_CLIENT_ID", stack.get("oidc.client.id")),
                Map.entry("KREISLAUF_OIDC_CLIENT_SECRET", stack.get("oidc.client.secret")),
                Map.entry("KREISLAUF_KEYCLOAK_URL", stack.get("keycloak.url")),
                Map.entry("KREISLAUF_REALM", surroundings.name()),
                Map.entry("KREISLAUF_ADMIN_CLIENT_ID", stack.get("admin.client.id")),
                Map.entry("KREISLAUF_ADMIN_CLIENT_SECRET", stack.get("admin.client.secret")));
    }

    /** Returns when it answers and says that it is ready. */
    public void untilReady(int which) {
        await("process %d, log in %s".formatted(which, home)).atMost(READY_MAX).pollInterval(Duration.ofMillis(100)).until(() -> isReady(which));
    }

    /** Whether it answers and says that it is ready. */
    public boolean isReady(int which) throws InterruptedException {
        if (!processes[which].isAlive()) {
            throw new IllegalStateException("The application ended; its log is in " + home);
        }
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url(which) + "/q/health/ready")).timeout(Duration.ofSeconds(5)).build(),
                    BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** SIGKILL; returns when it has ended. */
    public void kill(int which) throws InterruptedException {
        processes[which].destroyForcibly().waitFor();
    }

    /** Sends it a signal by name, STOP or CONT. */
    public void signal(int which, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, String.valueOf(processes[which].pid())).start().waitFor();
    }

    public String url(int which) {
        return "http://127.0.0.1:" + ports[which];
    }

    /** What the names of the topics begin with. */
    public String prefix() {
        return surroundings.name() + ".";
    }

    public String kafka() {
        return stack.get("kafka.bootstrap");
    }

    /** Where logs and the like are kept. */
    public Path home() {
        return home;
    }

    /** The database as its owner, who may move its clock. */
    public Connection database() throws SQLException {
        return DriverManager.getConnection(surroundings.jdbcUrl(), stack.get("owner.username"), stack.get("owner.password"));
    }

    /** The token of a new operator; at least one process must have migrated the database. */
    public String operator() throws SQLException {
        var login = operatorLogin();
        return token(login, login);
    }

    /** The login, and the password, of a new operator; at least one process must have migrated the database. */
    public String operatorLogin() throws SQLException {
        var login = "operator-" + Long.toString(System.nanoTime(), 36);
        var keycloak = Keycloak.provisioning(stack.get("keycloak.url"), surroundings.name(), stack.get("admin.client.id"), stack.get("admin.client.secret"));
        var subject = keycloak.createUser(surroundings.name(), login, login);
        keycloak.addRole(surroundings.name(), subject, "operator");
        try (var connection = database();
             var insert = connection.prepareStatement("insert into person (subject, login_name, display_name, roles) values (?, ?, ?, array['operator'])")) {
            insert.setString(1, subject);
            insert.setString(2, login);
            insert.setString(3, login);
            insert.executeUpdate();
        }
        return login;
    }

    /** The stack as a program beside the application knows it, with this database and this realm. */
    public Properties stack() {
        var properties = new Properties();
        properties.putAll(stack.properties());
        properties.setProperty("jdbc.url", surroundings.jdbcUrl());
        properties.setProperty("superuser.jdbc.url", surroundings.jdbcUrl());
        properties.setProperty("oidc.url", realmUrl());
        return properties;
    }

    public String token(String login, String password) {
        return TestUser.token(realmUrl(), stack.get("oidc.client.id"), stack.get("oidc.client.secret"), login, password);
    }

    private String realmUrl() {
        return stack.get("keycloak.url") + "/realms/" + surroundings.name();
    }

    @Override
    public void close() {
        for (Process process : processes) {
            if (process != null) {
                process.destroyForcibly();
            }
        }
        surroundings.close();
    }
}
