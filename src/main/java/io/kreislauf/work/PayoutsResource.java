package io.kreislauf.work;

import io.kreislauf.Page;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Paying what is due, and hearing that it did not arrive. */
@Path("/api/payouts")
@RolesAllowed(Roles.REQUESTER)
@RunOnVirtualThread
class PayoutsResource {

    /** @param projectId null: all projects */
    record Run(UUID projectId, Instant effectiveAt) {}

    record Failure(UUID annotator, Instant effectiveAt) {}

    private final CurrentCaller caller;
    private final PayingOut paying;
    private final ReadingPayouts reading;
    private final FailingPayout failing;

    PayoutsResource(CurrentCaller caller, PayingOut paying, ReadingPayouts reading, FailingPayout failing) {
        this.caller = caller;
        this.paying = paying;
        this.reading = reading;
        this.failing = failing;
    }

    @GET
    public Page<ReadingPayouts.Listed> list(@QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return reading.list(caller.get(), after, limit);
    }

    @GET
    @Path("/{payoutId}/people")
    public Page<ReadingPayouts.PaidTo> people(@PathParam("payoutId") UUID payoutId, @QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return reading.people(caller.get(), payoutId, after, limit);
    }

    @POST
    @ResponseStatus(201)
    public PayingOut.Paid pay(@HeaderParam("Idempotency-Key") String key, Run run) {
        return paying.pay(caller.get(), key, run == null ? null : run.projectId(), run == null ? null : run.effectiveAt());
    }

    @POST
    @Path("/{payoutId}/failures")
    @ResponseStatus(201)
    public FailingPayout.Failed fail(@HeaderParam("Idempotency-Key") String key, @PathParam("payoutId") UUID payoutId, Failure failure) {
        return failing.fail(caller.get(), key, payoutId, failure == null ? null : failure.annotator(), failure == null ? null : failure.effectiveAt());
    }
}
