package io.kreislauf.testing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Access tokens, each asked for once in ten minutes: to compare a password takes Keycloak longer than most of what is tested. They carry the roles
 * that their people had then; no test gives anybody another role.
 */
final class Tokens {

    /** Half an hour is what the realm gives them; whoever takes one over may need it for a while. */
    private static final long KEPT_NANOS = Duration.ofMinutes(10).toNanos();

    private static final Map<List<Object>, Kept> KEPT = new ConcurrentHashMap<>();

    private record Kept(String token, long sinceNanos) {

        boolean isYoung() {
            return System.nanoTime() - sinceNanos < KEPT_NANOS;
        }
    }

    private Tokens() {
    }

    /** Valid for twenty minutes at least; {@code form} says by which grant. */
    static String of(String realmUrl, Map<String, String> form) {
        return KEPT.compute(List.of(realmUrl, form), (_, kept) -> kept != null && kept.isYoung() ? kept
                : new Kept(Keycloak.grant(realmUrl, form), System.nanoTime())).token();
    }
}
