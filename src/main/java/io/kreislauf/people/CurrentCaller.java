package io.kreislauf.people;

import io.kreislauf.Refusal;
import io.quarkus.security.identity.SecurityIdentity;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * The caller of the request at hand, found by the subject of the token or of the session. A page says for whom it was opened: a browser has one session for all its
 * windows, and what was typed or spent in those of one person is not that of another who signs in there afterwards.
 */
@RequestScoped
public class CurrentCaller {

    static final String PERSON_HEADER = "X-Kreislauf-Person";

    private final SecurityIdentity identity;
    private final PersonRows people;
    private final HttpServerRequest request;
    private Caller caller;

    CurrentCaller(SecurityIdentity identity, PersonRows people, HttpServerRequest request) {
        this.identity = identity;
        this.people = people;
        this.request = request;
    }

    /** @throws Refusal if the token's subject has no account here, or its account was deleted, or the page is that of somebody else */
    public Caller get() {
        if (caller == null) {
            String subject = identity.getPrincipal() instanceof JsonWebToken token ? token.getSubject() : null;
            PersonRows.Acting acting = subject == null ? null : people.bySubject(subject).orElse(null);
            if (acting == null) {
                throw Refusal.unauthenticated("This login has no account on this installation.",
                        "Ask whoever provisioned you; the account may have been deleted.");
            }
            String opened = request.getHeader(PERSON_HEADER);
            if (opened != null && !opened.equals(acting.personId().toString())) {
                throw Refusal.unauthenticated("Somebody else has signed in with this browser since the page was opened.",
                        "Sign in as the person whose page it is, or load it again.");
            }
            caller = new Caller(acting.personId(), acting.organisationId(), identity.getRoles());
        }
        return caller;
    }
}
