package io.kreislauf.web;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Serves the pages of the UI: an address without a file of its own gets the page that knows all addresses. */
@ApplicationScoped
class UserInterface {

    private static final String PAGES = "/(tasks|work|qualifications|pay|mine|consent|projects|models|datasets|licences|circuit|reports|ledger|people|skills|market|audit)(/.*)?";
    private static final String CONTENT_SECURITY = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
            + "frame-ancestors 'none'; base-uri 'self'; form-action 'self'";

    /** The framework authenticates at 200; what it refuses carries the headers too. */
    private static final int BEFORE_AUTHENTICATION = 300;

    /** The names of assets carry a hash of their content. */
    private static final String FOREVER = "public, max-age=31536000, immutable";

    void pages(@Observes Router router) {
        router.getWithRegex(PAGES).order(1).handler(context -> context.reroute("/index.html"));
    }

    void headers(@Observes Filters filters) {
        filters.register(context -> {
            context.response().putHeader("X-Content-Type-Options", "nosniff")
                    .putHeader("Referrer-Policy", "same-origin")
                    .putHeader("X-Frame-Options", "DENY")
                    .putHeader("Content-Security-Policy", CONTENT_SECURITY);
            String path = context.request().path();
            context.response().putHeader("Cache-Control", path.startsWith("/assets/") ? FOREVER : path.startsWith("/api/") ? "no-store" : "no-cache");
            context.next();
        }, BEFORE_AUTHENTICATION);
    }
}
