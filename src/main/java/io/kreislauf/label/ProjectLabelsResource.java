package io.kreislauf.label;

import io.kreislauf.Page;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;

/** What has come of a project so far, for whoever asked for it. */
@Path("/api/projects/{projectId}")
@RolesAllowed({Roles.REQUESTER, Roles.REVIEWER})
@RunOnVirtualThread
class ProjectLabelsResource {

    private final CurrentCaller caller;
    private final LabelledItems items;
    private final Watching watching;

    ProjectLabelsResource(CurrentCaller caller, LabelledItems items, Watching watching) {
        this.caller = caller;
        this.items = items;
        this.watching = watching;
    }

    @GET
    @Path("/labels")
    public Page<LabelledItems.LabelledItem> labels(@PathParam("projectId") UUID projectId, @QueryParam("after") UUID after,
                                                   @QueryParam("limit") Integer limit) {
        return items.of(caller.get(), projectId, after, limit);
    }

    @GET
    @Path("/progress")
    public Progress progress(@PathParam("projectId") UUID projectId) {
        return watching.of(caller.get(), projectId);
    }
}
