package io.kreislauf.market;

import io.kreislauf.Refusal;
import io.kreislauf.dataset.DatasetVersion;
import io.kreislauf.dataset.Datasets;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.MarketEvent;
import io.kreislauf.ledger.MarketEvent.LicenceGrantedBeyondNumber;
import io.kreislauf.ledger.MarketEvent.LicenceSold;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;

/** C' - M': a buyer accepts an offer. Price, cost, hours and outside means change books in one transaction. */
@ApplicationScoped
public class BuyingLicence {

    private record Bought(UUID licenceId) {}

    private final Datasets datasets;
    private final LicenceRows rows;
    private final Ledger ledger;
    private final Balances balances;
    private final DatabaseClock clock;
    private final RepeatedRequests requests;

    BuyingLicence(Datasets datasets, LicenceRows rows, Ledger ledger, Balances balances, DatabaseClock clock, RepeatedRequests requests) {
        this.datasets = datasets;
        this.rows = rows;
        this.ledger = ledger;
        this.balances = balances;
        this.clock = clock;
        this.requests = requests;
    }

    /**
     * @param effectiveAt when it was bought; null: now
     * @throws Refusal NO_FUNDS if the buyer's CASH does not cover the price; OFFER_CLOSED; BEYOND_LICENCES; REPLACED
     */
    @Transactional
    public Licence accept(Caller buyer, UUID offerId, Instant effectiveAt, String key) {
        LicenceOffer offer = rows.offer(offerId).filter(o -> o.buyerId().equals(buyer.organisation()))
                .orElseThrow(() -> Refusal.missing("offer to you", offerId));
        UUID licenceId = requests.once(buyer.organisation(), key, new Object[] {"accept", offerId, effectiveAt}, Bought.class,
                () -> bought(offer, clock.effective(effectiveAt))).licenceId();
        return rows.licence(licenceId).orElseThrow();
    }

    private Bought bought(LicenceOffer offer, Instant soldAt) {
        rows.lock(offer.versionId());
        if (!rows.close(offer.offerId(), "accepted")) {
            throw closed();
        }
        DatasetVersion version = datasets.version(offer.versionId());
        int ordinal = rows.nextOrdinal(offer.versionId());
        boolean beyond = ordinal > version.licencesDeclared() || version.replacedBy() != null;
        if (beyond && !offer.beyondDeclared()) {
            throw OfferingLicence.beyond(version);
        }
        Book buyer = new Book(offer.buyerId());
        ledger.post(sale(offer, version, beyond ? null : ordinal), soldAt);
        rows.sell(offer, beyond ? null : ordinal, balances.stock(buyer, Account.Kind.MEANS, offer.offerId()), soldAt);
        return new Bought(offer.offerId());
    }

    private static MarketEvent sale(LicenceOffer offer, DatasetVersion version, Integer ordinal) {
        Book seller = new Book(offer.sellerId());
        Book buyer = new Book(offer.buyerId());
        return ordinal == null
                ? new LicenceGrantedBeyondNumber(offer.offerId(), version.versionId(), seller, buyer, offer.currency(), offer.priceMinor())
                : new LicenceSold(offer.offerId(), version.versionId(), seller, buyer, offer.currency(), offer.priceMinor(), ordinal,
                        version.licencesDeclared(), version.stock());
    }

    static Refusal closed() {
        return Refusal.conflict("OFFER_CLOSED", "The offer was accepted or withdrawn before.", "Ask for a new offer.");
    }
}
