package io.kreislauf.people;

import io.kreislauf.Refusal;
import java.util.Set;
import java.util.UUID;

/**
 * Who asks: the first argument of every use case.
 *
 * @param organisationId whom the person acts for; null for annotators and the platform's own staff
 */
public record Caller(UUID personId, UUID organisationId, Set<String> roles) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean is(String role) {
        return roles.contains(role);
    }

    /** @throws Refusal if the caller acts for no organisation */
    public UUID organisation() {
        if (organisationId == null) {
            throw Refusal.forbidden("NO_ORGANISATION", "You act for no organisation.", "Ask the operator to add you to one.");
        }
        return organisationId;
    }
}
