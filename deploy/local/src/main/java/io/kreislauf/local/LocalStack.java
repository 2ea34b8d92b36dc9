package io.kreislauf.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The three servers of one home, started in the order they need each other and stopped in the reverse one.
 *
 * <p>Starting is to be done by the thread that also stops: parts are tethered to this process, not to a thread.
 */
final class LocalStack implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Home home;
    private final List<Child> children = new ArrayList<>();
    private final Postgres postgres;
    private final Kafka kafka;
    private final Keycloak keycloak;
    private boolean stopped;

    /** @param durable whether a commit survives a loss of power; tests can do without, an installation cannot */
    LocalStack(Home home, boolean durable) {
        this.home = home;
        var distribution = new Distribution();
        postgres = new Postgres(home, distribution, durable);
        kafka = new Kafka(home, distribution);
        keycloak = new Keycloak(home, distribution, postgres);
    }

    /** Returns when all three answer and the realm is there. */
    void start() {
        Leftovers.end(home);
        Progress.say("starting PostgreSQL");
        postgres.start();
        started(postgres.child());
        Progress.say("starting Keycloak and Kafka");
        keycloak.start();
        started(keycloak.child());
        kafka.start();
        started(kafka.child());
        kafka.await();
        Progress.say("Kafka is ready");
        keycloak.await();
        Progress.say("Keycloak is ready");
        home.write("stack.properties", properties());
    }

    /** Takes a process into the care of this stack: noted for the next start, stopped with the rest. */
    synchronized void started(Child child) {
        if (stopped) {
            child.stop(PATIENCE);
            throw new StackException("stopped while starting");
        }
        children.add(child);
        var pids = new LinkedHashMap<String, String>();
        children.forEach(each -> pids.put(each.name(), String.valueOf(each.pid())));
        home.write("pids.properties", pids);
    }

    synchronized List<Child> children() {
        return List.copyOf(children);
    }

    /** Addresses, names and passwords of everything, as in {@code stack.properties}. */
    Map<String, String> properties() {
        var all = new LinkedHashMap<String, String>();
        all.put("home", home.path("").toString());
        all.put("jdbc.url", postgres.url("kreislauf"));
        all.put("superuser.jdbc.url", postgres.url("postgres"));
        all.put("superuser.username", Postgres.SUPERUSER);
        all.put("superuser.password", home.secret("postgres.superuser"));
        all.put("owner.username", Postgres.OWNER);
        all.put("owner.password", home.secret("postgres." + Postgres.OWNER));
        all.put("app.username", Postgres.APP);
        all.put("app.password", home.secret("postgres." + Postgres.APP));
        all.put("kafka.bootstrap", kafka.bootstrap());
        all.put("keycloak.url", keycloak.url());
        all.put("keycloak.realm", Realm.NAME);
        all.put("keycloak.admin.password", home.secret("keycloak.admin"));
        all.put("oidc.url", keycloak.url() + "/realms/" + Realm.NAME);
        all.put("oidc.client.id", Realm.CLIENT);
        all.put("oidc.client.secret", home.secret("keycloak." + Realm.CLIENT));
        all.put("admin.client.id", Realm.ADMIN_CLIENT);
        all.put("admin.client.secret", home.secret("keycloak." + Realm.ADMIN_CLIENT));
        all.put("launcher.pid", String.valueOf(ProcessHandle.current().pid()));
        children().forEach(child -> all.put(child.name() + ".pid", String.valueOf(child.pid())));
        return all;
    }

    @Override
    public synchronized void close() {
        if (!stopped) {
            stopped = true;
            children.reversed().forEach(child -> child.stop(PATIENCE));
        }
    }
}
