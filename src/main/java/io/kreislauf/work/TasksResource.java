package io.kreislauf.work;

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

/** What an annotator could do. */
@Path("/api/tasks")
@RolesAllowed(Roles.ANNOTATOR)
@RunOnVirtualThread
class TasksResource {

    private final CurrentCaller caller;
    private final FindingWork finding;

    TasksResource(CurrentCaller caller, FindingWork finding) {
        this.caller = caller;
        this.finding = finding;
    }

    @GET
    public Page<FindingWork.Task> list(@QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return finding.list(caller.get(), after, limit);
    }

    @GET
    @Path("/{projectId}")
    public FindingWork.Described describe(@PathParam("projectId") UUID projectId) {
        return finding.describe(caller.get(), projectId);
    }
}
