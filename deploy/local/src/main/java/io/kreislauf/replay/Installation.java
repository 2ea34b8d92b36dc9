package io.kreislauf.replay;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Where the running system is, as deploy/run has written it down or the environment says. */
record Installation(Path home, String url, Properties stack) {

    static Installation of(Path home) throws IOException {
        Properties stack = new Properties();
        Path file = home.resolve("stack.properties");
        if (Files.exists(file)) {
            stack.load(new StringReader(Files.readString(file)));
        }
        String url = setting("KREISLAUF_URL", Files.exists(home.resolve("url")) ? Files.readString(home.resolve("url")).strip() : null);
        if (url == null) {
            throw new ReplayFailure("No Kreislauf runs in " + home + ": start deploy/run, or name it with KREISLAUF_URL");
        }
        return new Installation(home, url.replaceFirst("/$", ""), stack);
    }

    String oidcUrl() { return from("KREISLAUF_OIDC_URL", "oidc.url"); }

    String clientId() { return from("KREISLAUF_OIDC_CLIENT_ID", "oidc.client.id"); }

    String clientSecret() { return from("KREISLAUF_OIDC_CLIENT_SECRET", "oidc.client.secret"); }

    String jdbcUrl() { return from("KREISLAUF_JDBC_URL", "jdbc.url"); }

    String databaseUser() { return from("KREISLAUF_DB_USER", "app.username"); }

    String databasePassword() { return from("KREISLAUF_DB_PASSWORD", "app.password"); }

    String kafka() { return from("KREISLAUF_KAFKA", "kafka.bootstrap"); }

    String topicPrefix() { return setting("KREISLAUF_STREAM_PREFIX", "kreislauf."); }

    private String from(String variable, String key) {
        String value = setting(variable, stack.getProperty(key));
        if (value == null) {
            throw new ReplayFailure("Set " + variable + ": " + home + "/stack.properties does not tell it");
        }
        return value;
    }

    private static String setting(String variable, String otherwise) {
        String value = System.getenv(variable);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
