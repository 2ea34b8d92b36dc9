package io.kreislauf.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a change that a browser sends by cookie alone, without the header that no foreign page can add (OWASP
 * Cross-Site Request Forgery Prevention Cheat Sheet, "Custom Request Headers").
 */
class CookieChanges {

    static final String HEADER = "X-Kreislauf-Csrf";
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    @ServerRequestFilter(preMatching = true)
    Response refuse(ContainerRequestContext request) {
        boolean byCookie = !request.getCookies().isEmpty() && request.getHeaderString(HttpHeaders.AUTHORIZATION) == null;
        if (byCookie && !SAFE.contains(request.getMethod()) && request.getHeaderString(HEADER) == null) {
            return ProblemDetails.of(403, "CSRF", "A change by cookie needs the header %s.".formatted(HEADER),
                    "Send %s: 1 with each change, or use a bearer token.".formatted(HEADER)).response();
        }
        return null;
    }
}
