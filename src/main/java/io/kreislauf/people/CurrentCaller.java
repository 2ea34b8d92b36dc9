package io.kreislauf.people;

import io.kreislauf.Refusal;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The caller of the request at hand, found by the subject of the token or of the session. */
@RequestScoped
public class CurrentCaller {

    private final SecurityIdentity identity;
    private final PersonRows people;
    private Caller caller;

    CurrentCaller(SecurityIdentity identity, PersonRows people) {
        this.identity = identity;
        this.people = people;
    }

    /** @throws Refusal if the token's subject has no account here, or its account was deleted */
    public Caller get() {
        if (caller == null) {
            String subject = identity.getPrincipal() instanceof JsonWebToken token ? token.getSubject() : null;
            PersonRows.Acting acting = subject == null ? null : people.bySubject(subject).orElse(null);
            if (acting == null) {
                throw Refusal.unauthenticated("This login has no account on this installation.",
                        "Ask whoever provisioned you; the account may have been deleted.");
            }
            caller = new Caller(acting.personId(), acting.organisationId(), identity.getRoles());
        }
        return caller;
    }
}
