package io.kreislauf.market;

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
import java.util.UUID;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Licences, offered by makers and accepted by buyers. */
@Path("/api/licences")
@RolesAllowed(Roles.REQUESTER)
@RunOnVirtualThread
class LicencesResource {

    record Party(UUID id, String name) {}

    record OfferView(UUID offerId, UUID versionId, String datasetName, Party seller, Party buyer, long priceMinor, String currency, int runsTotal,
                     String state, boolean beyondDeclared) {

        static OfferView of(LicenceOffer o) {
            return new OfferView(o.offerId(), o.versionId(), o.datasetName(), new Party(o.sellerId(), o.sellerName()), new Party(o.buyerId(), o.buyerName()),
                    o.priceMinor(), o.currency(), o.runsTotal(), o.state(), o.beyondDeclared());
        }
    }

    record LicenceView(UUID licenceId, UUID versionId, String datasetName, Integer ordinal, Party seller, Party buyer, long priceMinor, String currency,
                       int runsTotal, int runsUsed, Instant soldAt, boolean beyondDeclared) {

        static LicenceView of(Licence l) {
            return new LicenceView(l.licenceId(), l.versionId(), l.datasetName(), l.ordinal(), new Party(l.sellerId(), l.sellerName()),
                    new Party(l.buyerId(), l.buyerName()), l.priceMinor(), l.currency(), l.runsTotal(), l.runsUsed(), l.soldAt(), l.beyondDeclared());
        }
    }

    record Acceptance(Instant effectiveAt) {}

    private final CurrentCaller caller;
    private final OfferingLicence offering;
    private final BuyingLicence buying;
    private final Licences licences;

    LicencesResource(CurrentCaller caller, OfferingLicence offering, BuyingLicence buying, Licences licences) {
        this.caller = caller;
        this.offering = offering;
        this.buying = buying;
        this.licences = licences;
    }

    @GET
    public Page<LicenceView> page(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        return licences.page(caller.get(), after, Page.limit(limit)).map(LicenceView::of);
    }

    @GET
    @Path("/offers")
    public Page<OfferView> offers(@QueryParam("after") String after, @QueryParam("limit") Integer limit) {
        return licences.offers(caller.get(), after, Page.limit(limit)).map(OfferView::of);
    }

    @POST
    @Path("/offers")
    @ResponseStatus(201)
    public OfferView offer(@HeaderParam("Idempotency-Key") String key, OfferingLicence.NewOffer offer) {
        return OfferView.of(offering.offer(caller.get(), offer, key));
    }

    @POST
    @Path("/offers/{offerId}/accept")
    @ResponseStatus(201)
    public LicenceView accept(@PathParam("offerId") UUID offerId, @HeaderParam("Idempotency-Key") String key, Acceptance acceptance) {
        return LicenceView.of(buying.accept(caller.get(), offerId, acceptance == null ? null : acceptance.effectiveAt(), key));
    }

    @POST
    @Path("/offers/{offerId}/withdraw")
    @ResponseStatus(201)
    public OfferView withdraw(@PathParam("offerId") UUID offerId) {
        return OfferView.of(offering.withdraw(caller.get(), offerId));
    }
}
