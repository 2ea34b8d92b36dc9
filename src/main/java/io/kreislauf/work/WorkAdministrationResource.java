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
import java.util.List;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** A requester's side of work: the labels one by one, times of a log, payouts. */
@Path("/api")
@RunOnVirtualThread
class WorkAdministrationResource {

    /** @param projectId null: all projects */
    record Run(UUID projectId, Instant effectiveAt) {}

    private final CurrentCaller caller;
    private final ReadingSubmissions reading;
    private final ImportingWorklog worklog;
    private final PayingOut paying;

    WorkAdministrationResource(CurrentCaller caller, ReadingSubmissions reading, ImportingWorklog worklog, PayingOut paying) {
        this.caller = caller;
        this.reading = reading;
        this.worklog = worklog;
        this.paying = paying;
    }

    @GET
    @Path("/projects/{projectId}/submissions")
    @RolesAllowed({Roles.REVIEWER, Roles.REQUESTER})
    public Page<ReadingSubmissions.Listed> submissions(@PathParam("projectId") UUID projectId, @QueryParam("state") String state,
                                                       @QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return reading.list(caller.get(), projectId, state, after, limit);
    }

    @POST
    @Path("/projects/{projectId}/worklog")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public ImportingWorklog.Taken worklog(@PathParam("projectId") UUID projectId, List<ImportingWorklog.Row> rows) {
        return worklog.read(caller.get(), projectId, rows);
    }

    @POST
    @Path("/payouts")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public PayingOut.Paid pay(@HeaderParam("Idempotency-Key") String key, Run run) {
        return paying.pay(caller.get(), key, run == null ? null : run.projectId(), run == null ? null : run.effectiveAt());
    }
}
