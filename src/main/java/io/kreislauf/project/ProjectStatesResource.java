package io.kreislauf.project;

import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.time.Instant;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** What a project costs, and its way from draft to closed. */
@Path("/api/projects/{projectId}")
@RolesAllowed(Roles.REQUESTER)
@RunOnVirtualThread
class ProjectStatesResource {

    private static final String KEY = "Idempotency-Key";

    /** @param effectiveAt when it happened; left out: now */
    record Happened(Instant effectiveAt) {

        static Instant at(Happened body) {
            return body == null ? null : body.effectiveAt();
        }
    }

    private final CurrentCaller caller;
    private final Costing costing;
    private final Publishing publishing;
    private final Closing closing;

    ProjectStatesResource(CurrentCaller caller, Costing costing, Publishing publishing, Closing closing) {
        this.caller = caller;
        this.costing = costing;
        this.publishing = publishing;
        this.closing = closing;
    }

    @GET
    @Path("/cost")
    public Cost cost(@PathParam("projectId") UUID projectId) {
        return costing.preview(caller.get(), projectId);
    }

    @POST
    @Path("/publish")
    @ResponseStatus(201)
    public ProjectsResource.Shown publish(@PathParam("projectId") UUID projectId, @HeaderParam(KEY) String key, Happened happened) {
        return ProjectsResource.Shown.of(publishing.publish(caller.get(), key, projectId, Happened.at(happened)));
    }

    /** Funds items imported since publishing, or more labels of each item. */
    @POST
    @Path("/extend")
    @ResponseStatus(201)
    public ProjectsResource.Shown extend(@PathParam("projectId") UUID projectId, @HeaderParam(KEY) String key, Publishing.Extension more) {
        return ProjectsResource.Shown.of(publishing.extend(caller.get(), key, projectId,
                more == null ? new Publishing.Extension(null, null, null, null) : more));
    }

    @POST
    @Path("/pause")
    @ResponseStatus(201)
    public ProjectsResource.Shown pause(@PathParam("projectId") UUID projectId) {
        return ProjectsResource.Shown.of(publishing.pause(caller.get(), projectId));
    }

    @POST
    @Path("/resume")
    @ResponseStatus(201)
    public ProjectsResource.Shown resume(@PathParam("projectId") UUID projectId) {
        return ProjectsResource.Shown.of(publishing.resume(caller.get(), projectId));
    }

    @POST
    @Path("/close")
    @ResponseStatus(201)
    public ProjectsResource.Shown close(@PathParam("projectId") UUID projectId, @HeaderParam(KEY) String key, Happened happened) {
        return ProjectsResource.Shown.of(closing.close(caller.get(), key, projectId, Happened.at(happened)));
    }

    /** Ends the project early and gives back what nobody has earned or can still earn. */
    @POST
    @Path("/cancel")
    @ResponseStatus(201)
    public ProjectsResource.Shown cancel(@PathParam("projectId") UUID projectId, @HeaderParam(KEY) String key, Happened happened) {
        return ProjectsResource.Shown.of(closing.cancel(caller.get(), key, projectId, Happened.at(happened)));
    }
}
