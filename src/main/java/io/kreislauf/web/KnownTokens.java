package io.kreislauf.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Remembers the bearer tokens that were found good within the last minute: the same bytes need no second check of their
 * signature, which was a fifth of what the application computed. A token is never good beyond its own expiry,
 * and one signed by a key that the identity provider has withdrawn no longer than the minute. Cookies are checked each time.
 */
@Alternative
@Priority(1)
@ApplicationScoped
class KnownTokens implements HttpAuthenticationMechanism {

    static final Duration KNOWN_FOR = Duration.ofMinutes(1);

    private static final String BEARER = "Bearer ";
    private static final int TOKENS_MAX = 20_000;

    private final HttpAuthenticationMechanism oidc;
    private final InstantSource time;
    private final Cache<String, SecurityIdentity> known = Caffeine.newBuilder().maximumSize(TOKENS_MAX).expireAfterWrite(KNOWN_FOR).build();

    @Inject
    KnownTokens(OidcAuthenticationMechanism oidc) {
        this(oidc, InstantSource.system());
    }

    KnownTokens(HttpAuthenticationMechanism oidc, InstantSource time) {
        this.oidc = oidc;
        this.time = time;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        String header = context.request().getHeader("Authorization");
        if (header == null || !header.startsWith(BEARER)) {
            return oidc.authenticate(context, identities);
        }
        return of(header).map(identity -> Uni.createFrom().item(identity))
                .orElseGet(() -> oidc.authenticate(context, identities).onItem().ifNotNull().invoke(identity -> remember(header, identity)));
    }

    /** Whose token it is, if it is known and not expired. */
    Optional<SecurityIdentity> of(String header) {
        SecurityIdentity identity = known.getIfPresent(header);
        return identity != null && isValid(identity) ? Optional.of(identity) : Optional.empty();
    }

    /** Keeps who it is, without what belongs to this one request. */
    void remember(String header, SecurityIdentity identity) {
        if (!identity.isAnonymous() && isValid(identity)) {
            var kept = QuarkusSecurityIdentity.builder().setPrincipal(identity.getPrincipal()).addRoles(identity.getRoles()).addCredentials(identity.getCredentials());
            identity.getAttributes().forEach((name, value) -> {
                if (!(value instanceof RoutingContext)) {
                    kept.addAttribute(name, value);
                }
            });
            known.put(header, kept.build());
        }
    }

    private boolean isValid(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getExpirationTime() > time.instant().getEpochSecond();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return oidc.getChallenge(context);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return oidc.getCredentialTypes();
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        return oidc.sendChallenge(context);
    }

    @Override
    public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext context) {
        return oidc.getCredentialTransport(context);
    }
}
