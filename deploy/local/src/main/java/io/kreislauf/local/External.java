package io.kreislauf.local;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which servers the environment names, so that they need not be started here. */
record External(Map<String, String> environment) {

    /** What is left to start. */
    Set<Part> partsToStart() {
        var parts = EnumSet.noneOf(Part.class);
        if (!has("KREISLAUF_JDBC_URL")) {
            parts.add(Part.POSTGRES);
        }
        if (!has("KREISLAUF_KAFKA")) {
            parts.add(Part.KAFKA);
        }
        if (!has("KREISLAUF_OIDC_URL")) {
            parts.add(Part.KEYCLOAK);
        }
        return parts;
    }

    /** The demo is for the servers started here, unless KREISLAUF_DEMO says otherwise. */
    boolean demo() {
        return has("KREISLAUF_DEMO") ? Boolean.parseBoolean(environment.get("KREISLAUF_DEMO")) : partsToStart().size() == Part.values().length;
    }

    /** Servers started here know only this machine, so the application beside them does not speak to others either. */
    void refuseBeyondLoopback() {
        for (var name : List.of("KREISLAUF_HTTP_HOST", "QUARKUS_HTTP_HOST")) {
            refuseBeyondLoopback(name, environment.getOrDefault(name, "127.0.0.1"));
        }
    }

    private void refuseBeyondLoopback(String name, String host) {
        try {
            if (!partsToStart().isEmpty() && !InetAddress.getByName(host).isLoopbackAddress()) {
                throw new StackException("""
                        %s=%s is not this machine alone, but deploy/run would start %s, which are for this machine alone. \
                        Configure servers of your own (docs/reference/configuration.md), or leave %s out.""".formatted(name, host, partsToStart(), name));
            }
        } catch (UnknownHostException e) {
            throw new StackException("%s=%s is no address".formatted(name, host), e);
        }
    }

    private boolean has(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }
}
