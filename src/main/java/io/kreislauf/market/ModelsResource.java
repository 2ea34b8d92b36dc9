package io.kreislauf.market;

import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
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
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Models: begun, trained, released, sold by the month. */
@Path("/api/models")
@RunOnVirtualThread
class ModelsResource {

    private static final String KEY = "Idempotency-Key";

    record Organisation(UUID id, String name) {}

    record ModelView(UUID modelId, String name, Organisation organisation, String state, Integer months, int monthsSold, Instant releasedAt, int runs,
                     long revenueMinor, String currency) {

        static ModelView of(Model m) {
            return new ModelView(m.modelId(), m.name(), new Organisation(m.organisationId(), m.organisationName()), m.released() ? "released" : "making",
                    m.months(), m.monthsSold(), m.releasedAt(), m.runs(), m.revenueMinor(), m.currency());
        }
    }

    private final CurrentCaller caller;
    private final Models models;
    private final DeclaringLabour declaring;
    private final TrainingModel training;
    private final ReleasingModel releasing;
    private final SellingService selling;

    ModelsResource(CurrentCaller caller, Models models, DeclaringLabour declaring, TrainingModel training, ReleasingModel releasing, SellingService selling) {
        this.caller = caller;
        this.models = models;
        this.declaring = declaring;
        this.training = training;
        this.releasing = releasing;
        this.selling = selling;
    }

    /** One's own; a researcher and the operator see all, to find the circuits. */
    @GET
    @RolesAllowed({Roles.REQUESTER, Roles.RESEARCHER, Roles.OPERATOR})
    public Page<ModelView> page(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        return models.page(scope(caller.get()), after, Page.limit(limit)).map(ModelView::of);
    }

    @GET
    @Path("/{modelId}")
    @RolesAllowed({Roles.REQUESTER, Roles.RESEARCHER, Roles.OPERATOR})
    public ModelView model(@PathParam("modelId") UUID modelId) {
        UUID scope = scope(caller.get());
        return models.find(modelId).filter(m -> scope == null || m.organisationId().equals(scope)).map(ModelView::of)
                .orElseThrow(() -> Refusal.missing("model", modelId));
    }

    @POST
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public ModelView begin(@HeaderParam(KEY) String key, Models.NewModel model) {
        return ModelView.of(models.begin(caller.get(), model, key));
    }

    @POST
    @Path("/{modelId}/labour")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public DeclaringLabour.Declared declare(@PathParam("modelId") UUID modelId, @HeaderParam(KEY) String key, DeclaringLabour.Labour labour) {
        return declaring.declare(caller.get(), modelId, labour, key);
    }

    @POST
    @Path("/{modelId}/runs")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public TrainingModel.Run run(@PathParam("modelId") UUID modelId, @HeaderParam(KEY) String key, TrainingModel.NewRun run) {
        return training.run(caller.get(), modelId, run, key);
    }

    @POST
    @Path("/{modelId}/release")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public ModelView release(@PathParam("modelId") UUID modelId, @HeaderParam(KEY) String key, ReleasingModel.Release release) {
        return ModelView.of(releasing.release(caller.get(), modelId, release == null ? new ReleasingModel.Release(null, null) : release, key));
    }

    @POST
    @Path("/{modelId}/months")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public SellingService.Sold sell(@PathParam("modelId") UUID modelId, @HeaderParam(KEY) String key, SellingService.Month month) {
        return selling.sell(caller.get(), modelId, month, key);
    }

    @POST
    @Path("/{modelId}/refunds")
    @RolesAllowed(Roles.REQUESTER)
    @ResponseStatus(201)
    public SellingService.Refunded refund(@PathParam("modelId") UUID modelId, @HeaderParam(KEY) String key, SellingService.Refund refund) {
        return selling.refund(caller.get(), modelId, refund, key);
    }

    private static UUID scope(Caller who) {
        return who.is(Roles.RESEARCHER) || who.is(Roles.OPERATOR) ? null : who.organisation();
    }
}
