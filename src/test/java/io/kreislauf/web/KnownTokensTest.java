package io.kreislauf.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import java.time.Instant;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

/** A remembered token is as good as it was, and not a second longer than it says. */
class KnownTokensTest {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final KnownTokens tokens = new KnownTokens(null, () -> now);

    private record Token(String getName, long expirySeconds) implements JsonWebToken {

        @Override
        public Set<String> getClaimNames() {
            return Set.of("sub", "exp");
        }

        @SuppressWarnings("unchecked")
        @Override
        public <T> T getClaim(String name) {
            return (T) (name.equals("exp") ? Long.valueOf(expirySeconds) : getName);
        }
    }

    private SecurityIdentity untilIn(long seconds) {
        return QuarkusSecurityIdentity.builder().setPrincipal(new Token("amani", now.getEpochSecond() + seconds)).addRole("annotator").build();
    }

    @Test
    void aTokenKnownIsTheSamePersonWithTheSameRoles() {
        tokens.remember("Bearer a", untilIn(30));
        assertEquals("amani", tokens.of("Bearer a").orElseThrow().getPrincipal().getName());
        assertEquals(Set.of("annotator"), tokens.of("Bearer a").orElseThrow().getRoles());
        assertTrue(tokens.of("Bearer b").isEmpty(), "another token is not known by it");
    }

    @Test
    void aTokenKnownExpiresWhenItSays() {
        tokens.remember("Bearer a", untilIn(30));
        now = now.plusSeconds(29);
        assertTrue(tokens.of("Bearer a").isPresent());
        now = now.plusSeconds(1);
        assertTrue(tokens.of("Bearer a").isEmpty());
    }

    @Test
    void nobodyAndTokensThatHaveExpiredAreNotRemembered() {
        tokens.remember("Bearer a", untilIn(0));
        tokens.remember("Bearer b", QuarkusSecurityIdentity.builder().setAnonymous(true).build());
        assertTrue(tokens.of("Bearer a").isEmpty());
        assertTrue(tokens.of("Bearer b").isEmpty());
    }
}
