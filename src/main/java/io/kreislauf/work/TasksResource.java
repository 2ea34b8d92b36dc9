package io.kreislauf.work;

import io.kreislauf.Page;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;

/** What an annotator could do. */
@Path("/api/tasks")
@RolesAllowed(Roles.ANNOTATOR)
@RunOnVirtualThread
class TasksResource {

    /** The filters, each left out if it is not wanted. */
    static class Wanted {

        @QueryParam("currency")
        String currency;

        @QueryParam("minMinorPerHour")
        Long minMinorPerHour;

        @QueryParam("text")
        String text;

        @QueryParam("language")
        String language;

        @QueryParam("withoutWarning")
        boolean withoutWarning;

        @QueryParam("mayDo")
        boolean mayDo;
    }

    private final CurrentCaller caller;
    private final FindingWork finding;

    TasksResource(CurrentCaller caller, FindingWork finding) {
        this.caller = caller;
        this.finding = finding;
    }

    @GET
    public Page<FindingWork.Task> list(@BeanParam Wanted wanted, @QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        return finding.list(caller.get(), new TaskFilter(wanted.currency, wanted.minMinorPerHour, wanted.text, wanted.language,
                wanted.withoutWarning, wanted.mayDo), after, limit);
    }

    /** In which open projects pay; for the filter by wage. */
    @GET
    @Path("/currencies")
    public List<String> currencies() {
        return finding.currencies(caller.get());
    }

    @GET
    @Path("/{projectId}")
    public FindingWork.Described describe(@PathParam("projectId") UUID projectId) {
        return finding.describe(caller.get(), projectId);
    }
}
