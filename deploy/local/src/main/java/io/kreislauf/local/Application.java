package io.kreislauf.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The application itself, told by environment variables where its servers are. */
final class Application {

    static final String NAME = "kreislauf";

    /** A first start with the demo takes a minute on two cores; ten times that is not patience but a fault. */
    private static final Duration READY_MAX = Duration.ofMinutes(10);
    private static final long TELL_EVERY_NANOS = Duration.ofSeconds(10).toNanos();
    private static final Pattern DOWN = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]+)\"\\s*,\\s*\"status\"\\s*:\\s*\"DOWN\"");

    private static final Pattern DEMO_FAILED = Pattern.compile("\"state\"\\s*:\\s*\"FAILED\"");
    private static final Pattern DEMO_STEP = Pattern.compile("Demo: .*");

    /** Environment variable of the application, and the property of the stack it is set to. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("KREISLAUF_JDBC_URL", "jdbc.url"),
            Map.entry("KREISLAUF_DB_USER", "app.username"),
            Map.entry("KREISLAUF_DB_PASSWORD", "app.password"),
            Map.entry("KREISLAUF_DB_OWNER", "owner.username"),
            Map.entry("KREISLAUF_DB_OWNER_PASSWORD", "owner.password"),
            Map.entry("KREISLAUF_KAFKA", "kafka.bootstrap"),
            Map.entry("KREISLAUF_OIDC_URL", "oidc.url"),
            Map.entry("KREISLAUF_OIDC_CLIENT_ID", "oidc.client.id"),
            Map.entry("KREISLAUF_OIDC_CLIENT_SECRET", "oidc.client.secret"),
            Map.entry("KREISLAUF_KEYCLOAK_URL", "keycloak.url"),
            Map.entry("KREISLAUF_ADMIN_CLIENT_ID", "admin.client.id"),
            Map.entry("KREISLAUF_ADMIN_CLIENT_SECRET", "admin.client.secret"));

    private final Home home;
    private final Path directory;
    private final int port;
    private Child child;
    private long logBytesBefore;

    /** @param directory the packaged application, with quarkus-run.jar */
    Application(Home home, Path directory, int port) {
        this.home = home;
        this.directory = directory;
        this.port = port;
    }

    void start(Map<String, String> stack, boolean demo, Consumer<Child> started) {
        var environment = new HashMap<String, String>();
        SETTINGS.forEach((variable, property) -> {
            if (stack.containsKey(property)) {
                environment.put(variable, stack.get(property));
            }
        });
        environment.put("KREISLAUF_HTTP_PORT", String.valueOf(port));
        environment.put("KREISLAUF_HOME", home.path("").toString());
        environment.put("KREISLAUF_DEMO", String.valueOf(demo));
        logBytesBefore = LogLines.bytes(home.path("logs").resolve(NAME + ".log"));
        child = Child.java(home, NAME, List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8",
                "--enable-native-access=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager"),
                List.of(directory.resolve("quarkus-run.jar")), List.of("io.quarkus.bootstrap.runner.QuarkusEntryPoint"), environment);
        started.accept(child);
    }

    /** Returns when the application says that it is ready, which includes a finished demo. */
    void await() {
        var demo = new LogLines(child.log(), logBytesBefore, DEMO_STEP);
        var lastTold = new long[] {System.nanoTime()};
        child.await(READY_MAX, () -> {
            demo.next().forEach(Progress::say);
            try {
                var answer = Http.request("GET", url() + "/q/health/ready", null, null, null);
                if (DEMO_FAILED.matcher(answer.body()).find()) {
                    throw new StackException("The demo could not be made; the next start goes on where this one stopped. Why: " + child.log());
                }
                if (answer.status() != 200 && System.nanoTime() - lastTold[0] > TELL_EVERY_NANOS) {
                    lastTold[0] = System.nanoTime();
                    Progress.say("not ready yet: " + DOWN.matcher(answer.body()).results()
                            .map(down -> down.group(1)).collect(Collectors.joining(", ")));
                }
                return answer.status() == 200;
            } catch (IOException e) {
                return false;
            }
        });
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }
}
