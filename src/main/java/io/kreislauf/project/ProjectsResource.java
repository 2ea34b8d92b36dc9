package io.kreislauf.project;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.Page;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.InputStream;
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Projects of the caller's organisation, and their items. */
@Path("/api/projects")
@RolesAllowed(Roles.REQUESTER)
@RunOnVirtualThread
class ProjectsResource {

    /** A project with the hourly rate that its reward and estimate come to. */
    record Shown(@JsonUnwrapped Project project, long advertisedMinorPerHour) {

        static Shown of(Project project) {
            return new Shown(project, project.advertisedMinorPerHour());
        }
    }

    private final CurrentCaller caller;
    private final Projects projects;
    private final Drafting drafting;
    private final ImportingItems importing;
    private final ItemRows items;

    ProjectsResource(CurrentCaller caller, Projects projects, Drafting drafting, ImportingItems importing, ItemRows items) {
        this.caller = caller;
        this.projects = projects;
        this.drafting = drafting;
        this.importing = importing;
        this.items = items;
    }

    @POST
    @ResponseStatus(201)
    public Shown draft(@HeaderParam("Idempotency-Key") String key, ProjectDraft draft) {
        return Shown.of(drafting.draft(caller.get(), key, draft));
    }

    /** The fields to change, as in the draft; the others stay. */
    @PATCH
    @Path("/{projectId}")
    public Shown change(@PathParam("projectId") UUID projectId, JsonNode changes) {
        return Shown.of(drafting.change(caller.get(), projectId, changes));
    }

    @GET
    @RolesAllowed({Roles.REQUESTER, Roles.REVIEWER})
    public Page<Shown> list(@QueryParam("after") UUID after, @QueryParam("limit") Integer limit) {
        return projects.own(caller.get(), after, limit).map(Shown::of);
    }

    @GET
    @Path("/{projectId}")
    @RolesAllowed({Roles.REQUESTER, Roles.REVIEWER})
    public Shown one(@PathParam("projectId") UUID projectId) {
        return Shown.of(projects.own(caller.get(), projectId));
    }

    /** CSV with a header row: key, labelsWanted, gold, source, licence, lawfulBasis, group and priority if they are there; the rest is content. */
    @POST
    @Path("/{projectId}/items")
    @Consumes("text/csv")
    @ResponseStatus(201)
    public ImportingItems.Imported csv(@PathParam("projectId") UUID projectId, InputStream file) {
        return importing.read(caller.get(), projectId, ImportingItems.Format.CSV, file);
    }

    /** One JSON object a line, with the same fields as the columns of the CSV. */
    @POST
    @Path("/{projectId}/items")
    @Consumes({"application/x-ndjson", "application/jsonl"})
    @ResponseStatus(201)
    public ImportingItems.Imported jsonLines(@PathParam("projectId") UUID projectId, InputStream file) {
        return importing.read(caller.get(), projectId, ImportingItems.Format.JSON_LINES, file);
    }

    @GET
    @Path("/{projectId}/items")
    @RolesAllowed({Roles.REQUESTER, Roles.REVIEWER})
    public Page<ItemRows.Listed> items(@PathParam("projectId") UUID projectId, @QueryParam("after") UUID after,
                                       @QueryParam("limit") Integer limit) {
        projects.own(caller.get(), projectId);
        int rows = Page.limit(limit);
        return Page.of(items.page(projectId, after, rows + 1), rows, ItemRows.Listed::itemId);
    }
}
