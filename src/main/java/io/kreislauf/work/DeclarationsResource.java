package io.kreislauf.work;

import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;

/** Deciding on declared time. */
@Path("/api/declarations")
@RolesAllowed({Roles.REVIEWER, Roles.REQUESTER})
@RunOnVirtualThread
class DeclarationsResource {

    record Decision(Boolean approved) {}

    private final CurrentCaller caller;
    private final Correcting correcting;

    DeclarationsResource(CurrentCaller caller, Correcting correcting) {
        this.caller = caller;
        this.correcting = correcting;
    }

    @POST
    @Path("/{declarationId}/decide")
    public Correcting.Declared decide(@PathParam("declarationId") UUID declarationId, Decision decision) {
        return correcting.decide(caller.get(), declarationId, decision != null && Boolean.TRUE.equals(decision.approved()));
    }
}
