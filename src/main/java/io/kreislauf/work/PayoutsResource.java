package io.kreislauf.work;

import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.time.Instant;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Paying what is due. */
@Path("/api/payouts")
@RolesAllowed(Roles.REQUESTER)
@RunOnVirtualThread
class PayoutsResource {

    /** @param projectId null: all projects */
    record Run(UUID projectId, Instant effectiveAt) {}

    private final CurrentCaller caller;
    private final PayingOut paying;

    PayoutsResource(CurrentCaller caller, PayingOut paying) {
        this.caller = caller;
        this.paying = paying;
    }

    @POST
    @ResponseStatus(201)
    public PayingOut.Paid pay(@HeaderParam("Idempotency-Key") String key, Run run) {
        return paying.pay(caller.get(), key, run == null ? null : run.projectId(), run == null ? null : run.effectiveAt());
    }
}
