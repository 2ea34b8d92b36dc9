package io.kreislauf.work;

import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Taking tasks, working on them, handing them in or back. */
@Path("/api/claims")
@RolesAllowed(Roles.ANNOTATOR)
@RunOnVirtualThread
class ClaimsResource {

    private final CurrentCaller caller;
    private final Claiming claiming;
    private final Observing observing;
    private final Submitting submitting;
    private final Returning returning;
    private final KeepingDrafts drafts;
    private final Correcting correcting;
    private final PuttingAside aside;

    ClaimsResource(CurrentCaller caller, Claiming claiming, Observing observing, Submitting submitting, Returning returning, KeepingDrafts drafts,
                   Correcting correcting, PuttingAside aside) {
        this.aside = aside;
        this.caller = caller;
        this.claiming = claiming;
        this.observing = observing;
        this.submitting = submitting;
        this.returning = returning;
        this.drafts = drafts;
        this.correcting = correcting;
    }

    @POST
    @ResponseStatus(201)
    public Claiming.Claims claim(Claiming.Wanted wanted) {
        return claiming.claim(caller.get(), wanted);
    }

    @GET
    public Claiming.Claims open() {
        return claiming.open(caller.get());
    }

    @POST
    @Path("/{claimId}/shown")
    public Observing.Heard shown(@PathParam("claimId") UUID claimId) {
        return observing.show(caller.get(), claimId);
    }

    @POST
    @Path("/{claimId}/submit")
    public Submitting.Submitted submit(@PathParam("claimId") UUID claimId, Submitting.Answer answer) {
        return submitting.submit(caller.get(), claimId, answer);
    }

    @POST
    @Path("/{claimId}/return")
    public Returning.Returned giveBack(@PathParam("claimId") UUID claimId, Returning.Back back) {
        return returning.giveBack(caller.get(), claimId, back);
    }

    @POST
    @Path("/{claimId}/skip")
    public Returning.Returned skip(@PathParam("claimId") UUID claimId, Returning.Back back) {
        return returning.skip(caller.get(), claimId, back);
    }

    @POST
    @Path("/{claimId}/later")
    public PuttingAside.Aside later(@PathParam("claimId") UUID claimId, PuttingAside.Later later) {
        return aside.putAside(caller.get(), claimId, later);
    }

    @PUT
    @Path("/{claimId}/draft")
    public KeepingDrafts.Kept keep(@PathParam("claimId") UUID claimId, KeepingDrafts.Draft draft) {
        return drafts.keep(caller.get(), claimId, draft);
    }

    @POST
    @Path("/{claimId}/corrections")
    @ResponseStatus(201)
    public Correcting.Declared correct(@PathParam("claimId") UUID claimId, Correcting.Correction correction) {
        return correcting.correct(caller.get(), claimId, correction);
    }
}
