package io.kreislauf.web;

import io.quarkus.security.Authenticated;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Where the code flow starts for the browser: asking for it unauthenticated leads to Keycloak and back. */
@Path("/login")
@Authenticated
class SignInResource {

    /** @param to a path of ours to come back to; anything else leads home, so that nobody is sent elsewhere */
    @GET
    public Response signedIn(@QueryParam("to") String to) {
        boolean ours = to != null && to.matches("/[A-Za-z0-9/_.?=&-]*") && !to.startsWith("//");
        return Response.seeOther(URI.create(ours ? to : "/")).build();
    }
}
