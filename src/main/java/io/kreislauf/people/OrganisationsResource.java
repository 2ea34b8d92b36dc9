package io.kreislauf.people;

import io.kreislauf.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Organisations: who they are is known to everybody signed in, adding one is the operator's. */
@Path("/api/organisations")
@RunOnVirtualThread
class OrganisationsResource {

    record New(String name, String kind) {}

    record Listed(UUID id, String name, String kind) {

        static Listed of(Organisations.Organisation one) {
            return new Listed(one.organisationId(), one.name(), one.kind());
        }
    }

    private final CurrentCaller caller;
    private final Organisations organisations;

    OrganisationsResource(CurrentCaller caller, Organisations organisations) {
        this.caller = caller;
        this.organisations = organisations;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @ResponseStatus(201)
    public Listed add(New organisation) {
        return Listed.of(organisations.add(caller.get(), organisation.name(), organisation.kind()));
    }

    @GET
    @RolesAllowed({Roles.ANNOTATOR, Roles.REVIEWER, Roles.REQUESTER, Roles.RESEARCHER, Roles.OPERATOR})
    public Page<Listed> list(@QueryParam("after") String afterName, @QueryParam("limit") Integer limit) {
        int rows = Page.limit(limit);
        return Page.of(organisations.page(afterName, rows + 1), rows, Organisations.Organisation::name).map(Listed::of);
    }
}
