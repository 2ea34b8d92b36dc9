package io.kreislauf.work;

import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** Heartbeats of pages. */
@Path("/api/observations")
@RolesAllowed({Roles.ANNOTATOR, Roles.REVIEWER})
@RunOnVirtualThread
class ObservationsResource {

    private final CurrentCaller caller;
    private final Observing observing;

    ObservationsResource(CurrentCaller caller, Observing observing) {
        this.caller = caller;
        this.observing = observing;
    }

    @POST
    public Observing.Answer hear(Said said) {
        return observing.hear(caller.get(), said);
    }
}
