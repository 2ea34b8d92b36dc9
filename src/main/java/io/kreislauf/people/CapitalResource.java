package io.kreislauf.people;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Deposits and purchases. */
@Path("/api/organisations")
@RunOnVirtualThread
class CapitalResource {

    private final CurrentCaller caller;
    private final AdvancingCapital advancing;

    CapitalResource(CurrentCaller caller, AdvancingCapital advancing) {
        this.caller = caller;
        this.advancing = advancing;
    }

    /** The same bank reference again is the same deposit. */
    @POST
    @Path("/{organisationId}/deposits")
    @RolesAllowed(Roles.OPERATOR)
    @ResponseStatus(201)
    public AdvancingCapital.Booked confirm(@PathParam("organisationId") UUID organisationId, AdvancingCapital.Deposit deposit) {
        return advancing.confirm(caller.get(), organisationId, deposit);
    }

    @POST
    @Path("/mine/means")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public AdvancingCapital.Booked buy(@HeaderParam("Idempotency-Key") String key, AdvancingCapital.Purchase purchase) {
        return advancing.buy(caller.get(), key, purchase);
    }
}
