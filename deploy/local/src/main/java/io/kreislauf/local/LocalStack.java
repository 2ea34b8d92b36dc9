package io.kreislauf.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The servers of one home, started in the order they need each other and stopped in the reverse one.
 *
 * <p>What else is to run and end with them, the application, is handed to {@link #started}.
 */
final class LocalStack implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Home home;
    private final Set<Part> parts;
    private final List<Child> children = new ArrayList<>();
    private final Postgres postgres;
    private final Kafka kafka;
    private final Keycloak keycloak;
    private Consumer<Child> onUnexpectedEnd = _ -> { };
    private boolean stopped;

    /**
     * @param parts what to start; Keycloak keeps its data in PostgreSQL, so that one is started for it in any case
     * @param durable whether a commit survives a loss of power; tests can do without, an installation cannot
     */
    LocalStack(Home home, Set<Part> parts, boolean durable) {
        this.home = home;
        this.parts = parts;
        var distribution = new Distribution();
        postgres = new Postgres(home, distribution, durable);
        kafka = new Kafka(home, distribution);
        keycloak = new Keycloak(home, distribution, postgres);
    }

    /** What to do when a part ends without being asked to. */
    void onUnexpectedEnd(Consumer<Child> action) {
        onUnexpectedEnd = action;
    }

    /** Returns when all parts answer and the realm is there. */
    void start() {
        Leftovers.end(home);
        if (parts.contains(Part.POSTGRES) || parts.contains(Part.KEYCLOAK)) {
            Progress.say("starting PostgreSQL");
            postgres.start(this::started);
        }
        if (parts.contains(Part.KEYCLOAK)) {
            Progress.say("starting Keycloak");
            keycloak.start(this::started);
        }
        if (parts.contains(Part.KAFKA)) {
            Progress.say("starting Kafka");
            kafka.start(this::started);
            kafka.await();
            Progress.say("Kafka is ready");
        }
        if (parts.contains(Part.KEYCLOAK)) {
            keycloak.await();
            Progress.say("Keycloak is ready");
        }
        home.write("stack.properties", properties());
    }

    /** Takes a process into the care of this stack: noted for the next start, watched, stopped with the rest. */
    synchronized void started(Child child) {
        if (stopped) {
            child.stop(PATIENCE);
            throw new StackException("stopped while starting");
        }
        children.add(child);
        var pids = new LinkedHashMap<String, String>();
        children.forEach(each -> pids.put(each.name(), String.valueOf(each.pid())));
        home.write("pids.properties", pids);
        child.process().onExit().thenRun(() -> {
            if (!isStopped()) {
                onUnexpectedEnd.accept(child);
            }
        });
    }

    private void stop(Predicate<Child> which) {
        var chosen = children.stream().filter(which).toList();
        chosen.forEach(Child::askToStop);
        chosen.forEach(child -> child.stop(PATIENCE));
    }

    private synchronized boolean isStopped() {
        return stopped;
    }

    /** Addresses, names and passwords of what was started, as in {@code stack.properties}. */
    synchronized Map<String, String> properties() {
        var all = new LinkedHashMap<String, String>();
        all.put("home", home.path("").toString());
        if (parts.contains(Part.POSTGRES)) {
            all.put("jdbc.url", postgres.url(Postgres.DATABASE));
            all.put("superuser.jdbc.url", postgres.url("postgres"));
            all.put("superuser.username", Postgres.SUPERUSER);
            all.put("superuser.password", home.secret("postgres.superuser"));
            all.put("owner.username", Postgres.OWNER);
            all.put("owner.password", home.secret("postgres." + Postgres.OWNER));
            all.put("app.username", Postgres.APP);
            all.put("app.password", home.secret("postgres." + Postgres.APP));
        }
        if (parts.contains(Part.KAFKA)) {
            all.put("kafka.bootstrap", kafka.bootstrap());
        }
        if (parts.contains(Part.KEYCLOAK)) {
            all.put("keycloak.url", keycloak.url());
            all.put("keycloak.realm", Realm.NAME);
            all.put("keycloak.admin.password", home.secret("keycloak.admin"));
            all.put("oidc.url", keycloak.url() + "/realms/" + Realm.NAME);
            all.put("oidc.client.id", Realm.CLIENT);
            all.put("oidc.client.secret", home.secret("keycloak." + Realm.CLIENT));
            all.put("admin.client.id", Realm.ADMIN_CLIENT);
            all.put("admin.client.secret", home.secret("keycloak." + Realm.ADMIN_CLIENT));
        }
        all.put("launcher.pid", String.valueOf(ProcessHandle.current().pid()));
        children.forEach(child -> all.put(child.name() + ".pid", String.valueOf(child.pid())));
        return all;
    }

    @Override
    public synchronized void close() {
        if (!stopped) {
            stopped = true;
            // The application before its servers, PostgreSQL last; Kafka and Keycloak need not wait for each other.
            stop(child -> child.name().equals(Application.NAME));
            stop(child -> !child.name().equals(Postgres.NAME));
            stop(_ -> true);
            postgres.endUntethered();
        }
    }
}
