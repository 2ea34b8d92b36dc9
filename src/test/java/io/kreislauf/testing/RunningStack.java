package io.kreislauf.testing;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/**
 * PostgreSQL, Kafka and Keycloak, running. KREISLAUF_TEST_STACK (environment or system property) names the properties file of a stack that
 * somebody else keeps running; without it one is started in {@code target/stack}, which ends with this JVM.
 */
record RunningStack(Properties properties) {

    private static final String GIVEN = "KREISLAUF_TEST_STACK";

    static synchronized RunningStack find() {
        var file = System.getProperty(GIVEN, System.getenv(GIVEN));
        if (file == null || file.isBlank()) {
            file = startOwn().toString();
            // The next start of the application in this JVM finds it again, from whatever class loader.
            System.setProperty(GIVEN, file);
        }
        return read(Path.of(file));
    }

    String get(String key) {
        var value = properties.getProperty(key);
        if (value == null) {
            throw new IllegalStateException("the stack does not tell its " + key);
        }
        return value;
    }

    private static RunningStack read(Path file) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new UncheckedIOException("KREISLAUF_TEST_STACK names no readable file: " + file, e);
        }
        return new RunningStack(properties);
    }

    private static Path startOwn() {
        var local = Path.of("deploy", "local", "target").toAbsolutePath();
        if (!Files.exists(local.resolve("kreislauf-local.jar"))) {
            throw new IllegalStateException("The local stack is not built: run deploy/test, or mvn package in deploy/local.");
        }
        var home = Path.of("target", "stack").toAbsolutePath();
        var command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-cp", local.resolve("kreislauf-local.jar") + File.pathSeparator + local.resolve("launcher") + "/*",
                "io.kreislauf.local.StackMain", home.toString(), "--volatile");
        try {
            // Its input is a pipe from this JVM, so it ends when this JVM does, however that happens.
            var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("READY")) {
                    return home.resolve("stack.properties");
                }
            }
            throw new IllegalStateException("The stack did not start; see " + home.resolve("logs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
