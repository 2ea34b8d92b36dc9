package io.kreislauf.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Keycloak on a loopback port, over the same PostgreSQL in a database of its own. */
final class Keycloak {

    private static final String ENTRY = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
    private static final String ADMIN = "admin";

    private final Home home;
    private final Distribution distribution;
    private final Postgres postgres;
    private int port;
    private Child child;

    Keycloak(Home home, Distribution distribution, Postgres postgres) {
        this.home = home;
        this.distribution = distribution;
        this.postgres = postgres;
    }

    /** The step that Keycloak calls build: fixes database and cache kind, so that each later start is short. */
    static void build(Path keycloak) {
        var command = new ArrayList<String>();
        command.add(Child.javaCommand());
        command.addAll(jvmOptions(keycloak, "-Xmx512m"));
        command.addAll(List.of("-cp", keycloak.resolve("lib/quarkus-run.jar").toString(), ENTRY,
                "build", "--db=postgres", "--cache=local", "--health-enabled=true", "--http-management-health-enabled=false", "--metrics-enabled=false"));
        Command.run(keycloak, Map.of(), command);
    }

    private static List<String> jvmOptions(Path keycloak, String heap) {
        return List.of(heap, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:MaxMetaspaceSize=256m", "-XX:+ExitOnOutOfMemoryError",
                "-Dfile.encoding=UTF-8", "-Duser.language=en", "-Duser.country=US",
                "--add-opens=java.base/java.util=ALL-UNNAMED", "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED", "--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Dkc.home.dir=" + keycloak, "-Djboss.server.config.dir=" + keycloak.resolve("conf"),
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true", "-Dquarkus-log-max-startup-records=10000");
    }

    /** Begins the start; {@link #await} waits for its end and sees to the realm. */
    void start(Consumer<Child> started) {
        var keycloak = distribution.keycloak();
        port = home.port("keycloak");
        child = Child.java(home, "keycloak", jvmOptions(keycloak, "-Xmx320m"), List.of(keycloak.resolve("lib/quarkus-run.jar")),
                List.of(ENTRY, "start", "--optimized"),
                Map.ofEntries(
                        Map.entry("KC_DB_URL", postgres.url("keycloak")),
                        Map.entry("KC_DB_USERNAME", Postgres.KEYCLOAK),
                        Map.entry("KC_DB_PASSWORD", home.secret("postgres." + Postgres.KEYCLOAK)),
                        Map.entry("KC_DB_POOL_INITIAL_SIZE", "2"),
                        Map.entry("KC_DB_POOL_MAX_SIZE", "20"),
                        Map.entry("KC_HTTP_ENABLED", "true"),
                        Map.entry("KC_HTTP_HOST", "127.0.0.1"),
                        Map.entry("KC_HTTP_PORT", String.valueOf(port)),
                        Map.entry("KC_HOSTNAME", url()),
                        Map.entry("KC_LOG_LEVEL", "info,io.smallrye.health:warn"),
                        Map.entry("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN),
                        Map.entry("KC_BOOTSTRAP_ADMIN_PASSWORD", home.secret("keycloak.admin"))));
        started.accept(child);
    }

    void await() {
        child.await(Duration.ofSeconds(240), () -> Http.status(url() + "/health/ready") == 200);
        new Realm(home, url(), ADMIN, home.secret("keycloak.admin")).ensure();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }
}
