package io.kreislauf.market;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.ModelEvent.ModelServiceSold;
import io.kreislauf.ledger.ModelEvent.SaleRefunded;
import io.kreislauf.ledger.Settlement;
import io.kreislauf.ledger.Supply;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;

/** C' - M': a model sold as a service, month by month; each passes on its part of cost, hours and outside means. */
@ApplicationScoped
public class SellingService {

    /**
     * @param month            k of the model's months; each is sold once
     * @param servingCostMinor compute bought and used up to serve it
     */
    public record Month(int month, long revenueMinor, long servingCostMinor, Instant effectiveAt) {}

    public record Sold(UUID saleId, UUID modelId, int month, long revenueMinor, long servingCostMinor, String currency, Instant soldAt) {}

    public record Refund(long amountMinor, Instant effectiveAt) {}

    public record Refunded(UUID refundId, UUID modelId, long amountMinor, String currency, Instant refundedAt) {}

    private final Models models;
    private final ModelRows rows;
    private final Ledger ledger;
    private final DatabaseClock clock;
    private final RepeatedRequests requests;

    SellingService(Models models, ModelRows rows, Ledger ledger, DatabaseClock clock, RepeatedRequests requests) {
        this.models = models;
        this.rows = rows;
        this.ledger = ledger;
        this.clock = clock;
        this.requests = requests;
    }

    /** @throws Refusal MONTH_SOLD if that month is booked; NOT_RELEASED */
    @Transactional
    public Sold sell(Caller maker, UUID modelId, Month month, String key) {
        if (month.revenueMinor() < 0 || month.servingCostMinor() < 0) {
            throw Refusal.invalid("revenueMinor", "Revenue and serving cost are not negative.", "Book what is paid back as a refund.");
        }
        models.own(maker, modelId);
        return requests.once(maker.organisation(), key, new Object[] {"month", modelId, month}, Sold.class, () -> {
            rows.lock(modelId);
            Model model = released(models.own(maker, modelId));
            if (month.month() < 1 || month.month() > model.months()) {
                throw Refusal.invalid("month", "The model is sold over months 1 to %d.".formatted(model.months()), "Count from its release.");
            }
            if (rows.sold(modelId, month.month())) {
                throw Refusal.conflict("MONTH_SOLD", "Month %d is booked.".formatted(month.month()), "Book the next month.");
            }
            Instant at = clock.effective(month.effectiveAt());
            UUID saleId = rows.sell(modelId, month, at);
            ledger.post(new ModelServiceSold(saleId, modelId, new Book(maker.organisation()), model.currency(), month.revenueMinor(), Settlement.CASH,
                    month.month(), model.months(), model.stock(), month.servingCostMinor(), new Supply(Supply.Nature.PRODUCED, "", "")), at);
            return new Sold(saleId, modelId, month.month(), month.revenueMinor(), month.servingCostMinor(), model.currency(), at);
        });
    }

    /** @throws Refusal REFUND_EXCEEDS_REVENUE; NO_FUNDS if CASH does not cover it */
    @Transactional
    public Refunded refund(Caller maker, UUID modelId, Refund refund, String key) {
        if (refund.amountMinor() <= 0) {
            throw Refusal.invalid("amountMinor", "A refund is more than zero.", "Send minor units.");
        }
        models.own(maker, modelId);
        return requests.once(maker.organisation(), key, new Object[] {"refund", modelId, refund}, Refunded.class, () -> {
            rows.lock(modelId);
            Model model = released(models.own(maker, modelId));
            if (refund.amountMinor() > model.revenueMinor()) {
                throw Refusal.conflict("REFUND_EXCEEDS_REVENUE", "The model's revenue is %d minor units.".formatted(model.revenueMinor()), "Refund at most that.");
            }
            Instant at = clock.effective(refund.effectiveAt());
            UUID refundId = rows.refund(modelId, refund.amountMinor(), at);
            ledger.post(new SaleRefunded(refundId, modelId, new Book(maker.organisation()), model.currency(), refund.amountMinor()), at);
            return new Refunded(refundId, modelId, refund.amountMinor(), model.currency(), at);
        });
    }

    private static Model released(Model model) {
        if (!model.released()) {
            throw Refusal.conflict("NOT_RELEASED", "The model is still being made.", "Release it first.");
        }
        return model;
    }
}
