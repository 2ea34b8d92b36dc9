package io.kreislauf.work;

import io.kreislauf.Page;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Who is to label what, where the requester says so; and how well known answers are met. */
@Path("/api/projects/{projectId}")
@RunOnVirtualThread
class AssignmentsResource {

    /** @param withdrawn how many items */
    record Withdrawn(int withdrawn) {}

    private final CurrentCaller caller;
    private final AssigningItems assigning;
    private final MeasuringGold gold;

    AssignmentsResource(CurrentCaller caller, AssigningItems assigning, MeasuringGold gold) {
        this.caller = caller;
        this.assigning = assigning;
        this.gold = gold;
    }

    @POST
    @Path("/assignments")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public AssigningItems.Assigned assign(@PathParam("projectId") UUID projectId, AssigningItems.Assignment assignment) {
        return assigning.assign(caller.get(), projectId, assignment);
    }

    @GET
    @Path("/assignments")
    @RolesAllowed(Roles.REQUESTER)
    public Page<AssigningItems.Listed> assignments(@PathParam("projectId") UUID projectId, @QueryParam("annotator") UUID annotator,
                                                   @QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return assigning.list(caller.get(), projectId, annotator, after, limit);
    }

    @DELETE
    @Path("/assignments/{annotator}")
    @RolesAllowed(Roles.REQUESTER)
    public Withdrawn withdraw(@PathParam("projectId") UUID projectId, @PathParam("annotator") UUID annotator) {
        return new Withdrawn(assigning.withdraw(caller.get(), projectId, annotator));
    }

    @GET
    @Path("/assignees")
    @RolesAllowed(Roles.REQUESTER)
    public Page<AssigningItems.Assignee> assignees(@PathParam("projectId") UUID projectId, @QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return assigning.assignees(caller.get(), projectId, after, limit);
    }

    @GET
    @Path("/gold")
    @RolesAllowed({Roles.REVIEWER, Roles.REQUESTER})
    public Page<MeasuringGold.Accuracy> gold(@PathParam("projectId") UUID projectId, @QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return gold.accuracies(caller.get(), projectId, after, limit);
    }
}
