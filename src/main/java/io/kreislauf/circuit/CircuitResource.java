package io.kreislauf.circuit;

import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.people.CurrentCaller;
import io.kreislauf.people.Roles;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.UUID;

/** Circuits, and the ledger legs behind each of their numbers. */
@Path("/api/circuit")
@RunOnVirtualThread
class CircuitResource {

    private final CurrentCaller caller;
    private final TracingProject projects;
    private final TracingDataset datasets;
    private final TracingModel models;
    private final TracingOwnHours own;
    private final OpeningLegs legs;

    CircuitResource(CurrentCaller caller, TracingProject projects, TracingDataset datasets, TracingModel models, TracingOwnHours own, OpeningLegs legs) {
        this.caller = caller;
        this.projects = projects;
        this.datasets = datasets;
        this.models = models;
        this.own = own;
        this.legs = legs;
    }

    @GET
    @Path("/projects/{projectId}")
    @RolesAllowed({Roles.REQUESTER, Roles.RESEARCHER, Roles.OPERATOR})
    public Circuit project(@PathParam("projectId") UUID projectId) {
        return projects.trace(caller.get(), projectId);
    }

    @GET
    @Path("/datasets/{versionId}")
    @RolesAllowed({Roles.REQUESTER, Roles.RESEARCHER, Roles.OPERATOR})
    public Circuit dataset(@PathParam("versionId") UUID versionId) {
        return datasets.trace(caller.get(), versionId);
    }

    @GET
    @Path("/models/{modelId}")
    @RolesAllowed({Roles.REQUESTER, Roles.RESEARCHER, Roles.OPERATOR})
    public Circuit model(@PathParam("modelId") UUID modelId) {
        return models.trace(caller.get(), modelId);
    }

    @GET
    @Path("/mine")
    @RolesAllowed({Roles.ANNOTATOR, Roles.REVIEWER})
    public TracingOwnHours.Own mine() {
        return own.trace(caller.get());
    }

    /** The legs of one book that a figure is the sum of; its {@code legsHref} has the parameters filled in. */
    @GET
    @Path("/legs")
    @RolesAllowed({Roles.ANNOTATOR, Roles.REVIEWER, Roles.REQUESTER, Roles.OPERATOR})
    public OpeningLegs.Legs legs(@QueryParam("book") UUID book, @QueryParam("commodity") String commodity, @QueryParam("account") List<String> accounts,
                                 @QueryParam("side") String side, @QueryParam("event") List<String> events, @QueryParam("notEvent") List<String> notEvents,
                                 @QueryParam("source") UUID source, @QueryParam("touching") String touching, @QueryParam("after") String after,
                                 @QueryParam("limit") Integer limit) {
        if (book == null || commodity == null) {
            throw Refusal.invalid(book == null ? "book" : "commodity", "It is missing.", "Follow the legsHref of a figure.");
        }
        return legs.open(caller.get(), new LegQuery(book, commodity(commodity), accounts, side, events, notEvents, source, touching), after, Page.limit(limit));
    }

    private static Commodity commodity(String text) {
        try {
            return new Commodity(text);
        } catch (RuntimeException unknown) {
            throw Refusal.invalid("commodity", text + " is no commodity.", "LABOUR, LABOUR_DECLARED, a currency, or OUTSIDE: and a currency.");
        }
    }
}
