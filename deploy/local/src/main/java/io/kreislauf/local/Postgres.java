package io.kreislauf.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * PostgreSQL on a loopback port, with the roles of the installation: a superuser for the stack, an owner for migrations, one for the
 * application, one for Keycloak.
 */
final class Postgres {

    static final String NAME = "postgres";
    static final String DATABASE = "kreislauf";
    static final String SUPERUSER = "postgres";
    static final String OWNER = "kreislauf_owner";
    static final String APP = "kreislauf_app";
    static final String KEYCLOAK = "keycloak";

    /**
     * Starts the server in a process group of its own, where no Ctrl-C reaches it, and asks for a fast shutdown when our input ends.
     */
    private static final String TETHER = """
            set -m
            "$@" </dev/null & server=$!
            trap : INT TERM
            while kill -0 $server 2>/dev/null; do
              read -r -t 1 _; status=$?
              if [ $status -eq 1 ]; then kill -INT $server; break; fi
            done
            while kill -0 $server 2>/dev/null; do wait $server; done
            """;

    private final Home home;
    private final Path programs;
    private final boolean durable;
    private final List<String> notAsRoot;
    private int port;

    Postgres(Home home, Distribution distribution, boolean durable) {
        this.home = home;
        this.programs = distribution.postgres().resolve("bin");
        this.durable = durable;
        this.notAsRoot = notAsRoot(home);
    }

    /** The server refuses to be root; in an unmapped user namespace it is nobody, and its files still look like its own. */
    private static List<String> notAsRoot(Home home) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (Command.succeeds(home.path(""), List.of("unshare", "-U", "true"))) {
            return List.of("unshare", "-U");
        }
        // Where user namespaces are refused it is nobody indeed, who may still pass through the folders of root: a checkout is often in one.
        Command.run(home.path(""), Map.of(), List.of("chown", "-R", "65534:65534", home.directory("postgres").toString()));
        var nobody = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        for (var capability : List.of("+dac_read_search", "+dac_override")) {
            var passing = new ArrayList<>(nobody);
            passing.addAll(List.of("--securebits=+no_setuid_fixup", "--inh-caps=" + capability, "--ambient-caps=" + capability));
            var tried = new ArrayList<>(passing);
            tried.add("true");
            if (Command.succeeds(home.path(""), tried)) {
                return passing;
            }
        }
        return nobody;
    }

    void start(Consumer<Child> started) {
        var data = home.directory("postgres").resolve("data");
        if (!Files.exists(data)) {
            initialise(data);
        }
        endOrphan(data);
        port = home.port("postgres");
        var command = new ArrayList<>(List.of("bash", "-c", TETHER, "postgres-tether"));
        command.addAll(notAsRoot);
        command.addAll(List.of(programs.resolve("postgres").toString(), "-D", data.toString(), "-p", String.valueOf(port)));
        settings().forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
        var child = Child.start(home, NAME, command, Map.of("TZ", "UTC"));
        started.accept(child);
        child.await(Duration.ofSeconds(60), this::answers);
        createRolesAndDatabases();
    }

    private Map<String, String> settings() {
        return Map.of(
                "listen_addresses", "127.0.0.1",
                "unix_socket_directories", "",
                "max_connections", "200",
                "shared_buffers", "128MB",
                "max_wal_size", "2GB",
                "jit", "off",
                "timezone", "UTC",
                "log_timezone", "UTC",
                "fsync", durable ? "on" : "off",
                "synchronous_commit", durable ? "on" : "off");
    }

    private void initialise(Path data) {
        Progress.say("creating the database cluster");
        var unfinished = data.resolveSibling("data.unfinished");
        Distribution.deleteTree(unfinished);
        try {
            var password = Files.writeString(home.directory("postgres").resolve("password"), home.secret("postgres.superuser"));
            var command = new ArrayList<>(notAsRoot);
            command.addAll(List.of(programs.resolve("initdb").toString(), "-D", unfinished.toString(), "-U", SUPERUSER, "--pwfile=" + password,
                    "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"));
            Command.run(home.path(""), Map.of(), command);
            Files.delete(password);
            Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the server if it runs on although its tether was killed, by a fast shutdown. */
    void endUntethered() {
        var data = home.directory("postgres").resolve("data");
        serverPid(data).filter(pid -> Leftovers.isOurs(pid, data.toString())).ifPresent(pid -> {
            Command.succeeds(home.path(""), List.of("kill", "-INT", String.valueOf(pid)));
            Leftovers.end(pid, data.toString());
        });
    }

    /** A server whose launcher was killed may still be shutting down, or may have lost its tether as well. */
    private void endOrphan(Path data) {
        serverPid(data).ifPresent(pid -> Leftovers.end(pid, data.toString()));
    }

    private static Optional<Long> serverPid(Path data) {
        var pidFile = data.resolve("postmaster.pid");
        try {
            return Files.exists(pidFile) ? Optional.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip())) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            Progress.say("ignoring an unreadable " + pidFile);
            return Optional.empty();
        }
    }

    private boolean answers() {
        try (var _ = superuser("postgres")) {
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void createRolesAndDatabases() {
        try (var connection = superuser("postgres"); var statement = connection.createStatement()) {
            for (var role : List.of(OWNER, APP, KEYCLOAK)) {
                statement.execute("""
                        do $$ begin
                          if not exists (select from pg_roles where rolname = '%1$s') then create role %1$s login; end if;
                        end $$""".formatted(role));
                statement.execute("alter role %s password '%s'".formatted(role, home.secret("postgres." + role)));
            }
            createDatabase(connection, "keycloak", KEYCLOAK);
            createDatabase(connection, DATABASE, OWNER);
            statement.execute("comment on database %s is 'made by deploy/run'".formatted(DATABASE));
            statement.execute("revoke connect on database kreislauf, keycloak from public");
            statement.execute("grant connect on database kreislauf to " + APP);
        } catch (SQLException e) {
            throw new StackException("Cannot create roles and databases: " + e.getMessage(), e);
        }
    }

    private static void createDatabase(Connection connection, String name, String owner) throws SQLException {
        try (var statement = connection.createStatement();
                var found = statement.executeQuery("select from pg_database where datname = '%s'".formatted(name))) {
            if (!found.next()) {
                connection.createStatement().execute("create database %s owner %s".formatted(name, owner));
            }
        }
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, home.secret("postgres.superuser"));
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }
}
