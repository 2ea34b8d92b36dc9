package io.kreislauf.work;

import io.kreislauf.Page;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.kreislauf.project.Form;
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

/** The work of one project, as its requester sees it: the labels one by one, approval of the rest, times of a log. */
@Path("/api/projects/{projectId}")
@RunOnVirtualThread
class ProjectWorkResource {

    record When(Instant effectiveAt) {}

    private final CurrentCaller caller;
    private final ReadingSubmissions reading;
    private final Reviewing reviewing;
    private final ImportingWorklog worklog;
    private final Correcting correcting;
    private final Pacing pacing;
    private final GrantingBonus granting;
    private final ReadingForms forms;

    ProjectWorkResource(CurrentCaller caller, ReadingSubmissions reading, Reviewing reviewing, ImportingWorklog worklog,
                        Correcting correcting, Pacing pacing, GrantingBonus granting, ReadingForms forms) {
        this.caller = caller;
        this.reading = reading;
        this.reviewing = reviewing;
        this.worklog = worklog;
        this.correcting = correcting;
        this.pacing = pacing;
        this.granting = granting;
        this.forms = forms;
    }

    @GET
    @Path("/submissions")
    @RolesAllowed({Roles.REVIEWER, Roles.REQUESTER})
    public Page<ReadingSubmissions.Listed> submissions(@PathParam("projectId") UUID projectId, @QueryParam("state") String state,
                                                       @QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return reading.list(caller.get(), projectId, state, after, limit);
    }

    @POST
    @Path("/approve-rest")
    @RolesAllowed({Roles.REVIEWER, Roles.REQUESTER})
    public Reviewing.ApprovedRest approveRest(@PathParam("projectId") UUID projectId, When when) {
        return reviewing.approveRest(caller.get(), projectId, when == null ? null : when.effectiveAt());
    }

    @POST
    @Path("/worklog")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public ImportingWorklog.Taken worklog(@PathParam("projectId") UUID projectId, List<ImportingWorklog.Row> rows) {
        return worklog.read(caller.get(), projectId, rows);
    }

    @GET
    @Path("/declarations")
    @RolesAllowed({Roles.REVIEWER, Roles.REQUESTER})
    public Page<Correcting.Declared> declarations(@PathParam("projectId") UUID projectId, @QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return correcting.pending(caller.get(), projectId, after, limit);
    }

    @POST
    @Path("/bonuses")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public GrantingBonus.Granted grant(@HeaderParam("Idempotency-Key") String key, @PathParam("projectId") UUID projectId, GrantingBonus.Bonus bonus) {
        return granting.grant(caller.get(), key, projectId, bonus);
    }

    /** The form that a claim of that version is answered with; it never changes. */
    @GET
    @Path("/forms/{version}")
    @RolesAllowed({Roles.ANNOTATOR, Roles.REVIEWER, Roles.REQUESTER})
    public Form form(@PathParam("projectId") UUID projectId, @PathParam("version") int version) {
        return forms.read(caller.get(), projectId, version);
    }

    @GET
    @Path("/pace")
    @RolesAllowed({Roles.REVIEWER, Roles.REQUESTER})
    public Pacing.Pace pace(@PathParam("projectId") UUID projectId) {
        return pacing.of(caller.get(), projectId);
    }
}
