package io.kreislauf.market;

import io.kreislauf.Refusal;
import io.kreislauf.dataset.DatasetVersion;
import io.kreislauf.dataset.Datasets;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Organisations;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;

/** A maker offers a licence of a released version to one buyer. */
@ApplicationScoped
public class OfferingLicence {

    /**
     * @param currency       null: the data set's
     * @param runsTotal      how many training runs it is good for
     * @param beyondDeclared the maker confirms that it may go beyond the declared number: then it carries no cost and no hours
     */
    public record NewOffer(UUID versionId, UUID buyerOrganisationId, Long priceMinor, String currency, Integer runsTotal, Boolean beyondDeclared) {}

    private final Datasets datasets;
    private final Organisations organisations;
    private final LicenceRows rows;
    private final RepeatedRequests requests;

    OfferingLicence(Datasets datasets, Organisations organisations, LicenceRows rows, RepeatedRequests requests) {
        this.datasets = datasets;
        this.organisations = organisations;
        this.rows = rows;
        this.requests = requests;
    }

    /** @throws Refusal BEYOND_LICENCES if the declared number is sold or offered and the maker has not confirmed more */
    @Transactional
    public LicenceOffer offer(Caller seller, NewOffer asked, String key) {
        DatasetVersion version = datasets.version(seller, required("versionId", asked.versionId()));
        if (!version.organisationId().equals(seller.organisation())) {
            throw Refusal.missing("data set version of yours", version.versionId());
        }
        NewOffer offer = checked(seller, asked, version);
        return requests.once(seller.organisation(), key, new Object[] {"offer", asked}, LicenceOffer.class, () -> {
            rows.lock(version.versionId());
            if (!offer.beyondDeclared() && rows.soldAndOffered(version.versionId()) >= version.licencesDeclared()) {
                throw beyond(version);
            }
            return rows.offer(rows.offer(version.versionId(), seller.organisation(), offer)).orElseThrow();
        });
    }

    /** @throws Refusal OFFER_CLOSED if it was accepted or withdrawn before */
    @Transactional
    public LicenceOffer withdraw(Caller seller, UUID offerId) {
        rows.offer(offerId).filter(o -> o.sellerId().equals(seller.organisation())).orElseThrow(() -> Refusal.missing("offer", offerId));
        if (!rows.close(offerId, "withdrawn")) {
            throw BuyingLicence.closed();
        }
        return rows.offer(offerId).orElseThrow();
    }

    static Refusal beyond(DatasetVersion version) {
        return Refusal.conflict("BEYOND_LICENCES", "The %d declared licences of %s are sold or offered.".formatted(version.licencesDeclared(), version.name()),
                "Confirm with beyondDeclared that you go beyond them: the licence then carries no cost and no hours, and is flagged. Or release a new version.");
    }

    private NewOffer checked(Caller seller, NewOffer offer, DatasetVersion version) {
        if (!version.released()) {
            throw Refusal.conflict("NOT_RELEASED", "The files of this version are still being written.", "Try again when it is released.");
        }
        if (version.replacedBy() != null) {
            throw Refusal.conflict("REPLACED", "A later version has taken over what unsold licences of this one carried.", "Offer the later version.");
        }
        UUID buyer = required("buyerOrganisationId", offer.buyerOrganisationId());
        if (buyer.equals(seller.organisation())) {
            throw Refusal.invalid("buyerOrganisationId", "Nobody buys from themselves.", "Name another organisation.");
        }
        organisations.find(buyer).orElseThrow(() -> Refusal.invalid("buyerOrganisationId", "There is no such organisation.", "See GET /api/organisations."));
        if (required("priceMinor", offer.priceMinor()) < 0) {
            throw Refusal.invalid("priceMinor", "A price is not negative.", "Give it in minor units.");
        }
        if (required("runsTotal", offer.runsTotal()) < 1 || offer.runsTotal() > 100_000) {
            throw Refusal.invalid("runsTotal", "A licence is good for 1 to 100000 training runs.", "Say for how many.");
        }
        String currency = offer.currency() == null ? version.currency() : offer.currency();
        if (!currency.equals(version.currency())) {
            throw Refusal.invalid("currency", "The data set's amounts are in %s.".formatted(version.currency()), "Offer it in that currency.");
        }
        return new NewOffer(version.versionId(), buyer, offer.priceMinor(), currency, offer.runsTotal(), Boolean.TRUE.equals(offer.beyondDeclared()));
    }

    private static <T> T required(String field, T value) {
        if (value == null) {
            throw Refusal.invalid(field, "It is missing.", "Send " + field + ".");
        }
        return value;
    }
}
