package io.kreislauf.testing;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.flywaydb.core.Flyway;

/**
 * The packaged application as a process of its own, beside the one under test: on a database of its own or on the same one, in the same realm and on the
 * same Kafka.
 */
public final class OtherApplication implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final RunningStack stack = RunningStack.find();
    private final String database;
    private final boolean own;
    private final int port;
    private Process process;

    private OtherApplication(String database, boolean own) throws IOException {
        this.database = database;
        this.own = own;
        try (var socket = new ServerSocket(0)) {
            this.port = socket.getLocalPort();
        }
    }

    /** On a new database, empty until somebody migrates it, which starting does; dropped at the end. */
    public static OtherApplication onEmptyDatabase(String suffix) throws IOException, SQLException {
        var other = new OtherApplication(databaseUnderTest() + "_" + suffix, true);
        try (var connection = TestDatabase.asSuperuser(); var statement = connection.createStatement()) {
            statement.execute("drop database if exists " + other.database + " with (force)");
            statement.execute("create database " + other.database + " owner " + other.stack.get("owner.username"));
        }
        return other;
    }

    /** A second replica of the application under test: the same database, the same consumer groups. */
    public static OtherApplication replica() throws IOException {
        return new OtherApplication(databaseUnderTest(), false);
    }

    private static String databaseUnderTest() {
        return TestDatabase.setting("quarkus.datasource.jdbc.url").replaceFirst(".*/", "").replaceFirst("\\?.*", "");
    }

    /** Runs the migrations up to one of them, without the application. */
    public void migrate(String version) {
        Flyway.configure().dataSource(jdbcUrl(), stack.get("owner.username"), stack.get("owner.password")).locations("classpath:db/migration")
                .target(version).load().migrate();
    }

    /** Returns when it is ready. */
    public void start() throws IOException {
        var log = Path.of("target", database + "-" + port + ".log").toFile();
        var jar = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
        assertTrue(Files.exists(jar), jar + " is not there: package the application first");
        var builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx384m", "-XX:+UseSerialGC", "-jar", jar.toString());
        var environment = builder.environment();
        environment.put("KREISLAUF_JDBC_URL", jdbcUrl());
        environment.put("KREISLAUF_DB_PASSWORD", stack.get("app.password"));
        environment.put("KREISLAUF_DB_OWNER_PASSWORD", stack.get("owner.password"));
        environment.put("KREISLAUF_OIDC_URL", TestDatabase.setting("quarkus.oidc.auth-server-url"));
        environment.put("KREISLAUF_OIDC_CLIENT_SECRET", stack.get("oidc.client.secret"));
        environment.put("KREISLAUF_KEYCLOAK_URL", stack.get("keycloak.url"));
        environment.put("KREISLAUF_ADMIN_CLIENT_SECRET", stack.get("admin.client.secret"));
        environment.put("KREISLAUF_KAFKA", stack.get("kafka.bootstrap"));
        environment.put("KREISLAUF_HTTP_PORT", String.valueOf(port));
        environment.put("KREISLAUF_DEMO", "false");
        environment.put("KREISLAUF_REALM", TestDatabase.setting("quarkus.keycloak.admin-client.realm"));
        environment.put("KREISLAUF_STREAM_PREFIX", database + ".");
        environment.put("KREISLAUF_HOME", Path.of("target", "homes", database).toAbsolutePath().toString());
        process = builder.redirectErrorStream(true).redirectOutput(log).start();
        await().atMost(Duration.ofMinutes(2)).until(() -> {
            assertTrue(process.isAlive(), () -> "it ended; see " + log);
            return ready();
        });
    }

    private boolean ready() throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(URI.create(url() + "/q/health/ready")).build(), BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        }
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** The process, for signals. */
    public long pid() {
        return process.pid();
    }

    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public String jdbcUrl() {
        return stack.get("superuser.jdbc.url").replaceFirst("/[^/]*$", "/" + database);
    }

    /** As one whom no rule of its database binds. */
    public Connection superuser() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), stack.get("superuser.username"), stack.get("superuser.password"));
    }

    @Override
    public void close() throws SQLException {
        if (process != null) {
            kill();
        }
        if (own) {
            try (var connection = TestDatabase.asSuperuser(); var statement = connection.createStatement()) {
                statement.execute("drop database if exists " + database + " with (force)");
            }
        }
    }
}
