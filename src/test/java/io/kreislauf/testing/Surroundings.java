package io.kreislauf.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.kafka.clients.admin.Admin;

/**
 * A database, a realm and a topic prefix of one random name. They stay after the run, to be looked at, until the next run finds that
 * nobody is connected to that database any more.
 */
final class Surroundings implements AutoCloseable {

    /** Marks a database whose clock may be moved; any other refuses. */
    private static final String MADE_BY_A_TEST = "made by a Kreislauf test";

    private static final long ONE_AT_A_TIME = 4_711;

    private final RunningStack stack;
    private final String name;
    private final Connection sign;

    private Surroundings(RunningStack stack, String name, Connection sign) {
        this.stack = stack;
        this.name = name;
        this.sign = sign;
    }

    static Surroundings make(RunningStack stack) {
        var random = new byte[5];
        ThreadLocalRandom.current().nextBytes(random);
        var name = "test_" + HexFormat.of().formatHex(random);
        try (var connection = connect(stack, "postgres"); var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_lock(%d)".formatted(ONE_AT_A_TIME));
            var finished = dropFinished(connection);
            statement.execute("create database %s owner %s".formatted(name, stack.get("owner.username")));
            statement.execute("comment on database %s is '%s'".formatted(name, MADE_BY_A_TEST));
            statement.execute("revoke connect on database %s from public".formatted(name));
            statement.execute("grant connect on database %s to %s".formatted(name, stack.get("app.username")));
            var sign = connect(stack, name);
            statement.execute("select pg_advisory_unlock(%d)".formatted(ONE_AT_A_TIME));
            var keycloak = Keycloak.administrator(stack);
            finished.forEach(keycloak::deleteRealm);
            deleteTopics(stack, finished);
            keycloak.createRealm(realm(stack, name));
            return new Surroundings(stack, name, sign);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot make a database for the test: " + e.getMessage(), e);
        }
    }

    /** Also those that the tests of a finished run made beside its own, whose names begin with that one's. */
    private static List<String> dropFinished(Connection connection) throws SQLException {
        var finished = new ArrayList<String>();
        try (var statement = connection.createStatement(); var rows = statement.executeQuery("""
                select datname from pg_database d where datname ~ '^test_[0-9a-f]{10}'
                   and not exists (select from pg_stat_activity a where a.datname = substring(d.datname for 15))""")) {
            while (rows.next()) {
                finished.add(rows.getString(1));
            }
        }
        for (var each : finished) {
            try (var statement = connection.createStatement()) {
                statement.execute("drop database if exists %s with (force)".formatted(each));
            }
        }
        return finished;
    }

    private static void deleteTopics(RunningStack stack, List<String> finished) {
        if (finished.isEmpty()) {
            return;
        }
        try (var admin = Admin.create(Map.of("bootstrap.servers", stack.get("kafka.bootstrap")))) {
            var old = admin.listTopics().names().get().stream()
                    .filter(topic -> finished.stream().anyMatch(each -> topic.startsWith(each + "."))).toList();
            admin.deleteTopics(old).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("cannot delete the topics of earlier runs", e);
        }
    }

    /**
     * The realm of the local stack under this name, with the secrets of this stack. Its passwords are hashed once only: what a hash costs protects
     * nobody here, and a run makes and compares thousands.
     */
    private static String realm(RunningStack stack, String name) {
        try {
            return Files.readString(Path.of("deploy/local/src/main/resources/realm.json"))
                    .replace("\"realm\": \"kreislauf\"", "\"realm\": \"%s\"".formatted(name))
                    .replace("\"passwordPolicy\": \"length(8)\"", "\"passwordPolicy\": \"length(8) and hashAlgorithm(pbkdf2-sha256) and hashIterations(1)\"")
                    .replace("${KREISLAUF_OIDC_CLIENT_SECRET}", stack.get("oidc.client.secret"))
                    .replace("${KREISLAUF_ADMIN_CLIENT_SECRET}", stack.get("admin.client.secret"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Connection connect(RunningStack stack, String database) throws SQLException {
        return DriverManager.getConnection(url(stack, database), stack.get("superuser.username"), stack.get("superuser.password"));
    }

    private static String url(RunningStack stack, String database) {
        return stack.get("superuser.jdbc.url").replaceFirst("/[^/]*$", "/" + database);
    }

    String name() {
        return name;
    }

    String jdbcUrl() {
        return url(stack, name);
    }

    @Override
    public void close() {
        try {
            sign.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
