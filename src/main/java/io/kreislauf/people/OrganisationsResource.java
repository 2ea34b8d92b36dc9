package io.kreislauf.people;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Organisations: who they are is known to everybody signed in, adding one is the operator's. */
@Path("/api/organisations")
@RunOnVirtualThread
class OrganisationsResource {

    record New(String name, String kind) {}

    private final CurrentCaller caller;
    private final Organisations organisations;

    OrganisationsResource(CurrentCaller caller, Organisations organisations) {
        this.caller = caller;
        this.organisations = organisations;
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    @ResponseStatus(201)
    public Organisations.Organisation add(New organisation) {
        return organisations.add(caller.get(), organisation.name(), organisation.kind());
    }

    @GET
    @RolesAllowed({Roles.ANNOTATOR, Roles.REVIEWER, Roles.REQUESTER, Roles.RESEARCHER, Roles.OPERATOR})
    public List<Organisations.Organisation> all() {
        return organisations.all();
    }
}
