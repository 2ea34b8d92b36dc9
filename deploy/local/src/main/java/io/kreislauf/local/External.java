package io.kreislauf.local;

import java.util.EnumSet;
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

    private boolean has(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }
}
