package io.kreislauf.market;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.ModelEvent.ModelReleased;
import io.kreislauf.ledger.Stock;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;

/** P ... C': what was produced becomes a model that is sold by the month. */
@ApplicationScoped
public class ReleasingModel {

    /** @param months over how many its cost and hours are passed on; null: as said when it was begun */
    public record Release(Integer months, Instant effectiveAt) {}

    private record Released(UUID modelId) {}

    private final Models models;
    private final ModelRows rows;
    private final Balances balances;
    private final Ledger ledger;
    private final DatabaseClock clock;
    private final RepeatedRequests requests;

    ReleasingModel(Models models, ModelRows rows, Balances balances, Ledger ledger, DatabaseClock clock, RepeatedRequests requests) {
        this.models = models;
        this.rows = rows;
        this.balances = balances;
        this.ledger = ledger;
        this.clock = clock;
        this.requests = requests;
    }

    /** @throws Refusal MODEL_RELEASED if it is released; NOT_TRAINED without a run */
    @Transactional
    public Model release(Caller maker, UUID modelId, Release asked, String key) {
        models.own(maker, modelId);
        requests.once(maker.organisation(), key, new Object[] {"model-release", modelId, asked}, Released.class, () -> {
            rows.lock(modelId);
            Model model = Models.unreleased(models.own(maker, modelId));
            Integer months = asked.months() == null ? model.months() : asked.months();
            if (months == null) {
                throw Refusal.invalid("months", "It is missing.", "Say over how many months the model's cost is passed on.");
            }
            if (model.runs() == 0) {
                throw Refusal.conflict("NOT_TRAINED", "No training run of this model is recorded.", "Record its runs first.");
            }
            Instant at = clock.effective(asked.effectiveAt());
            Book book = new Book(maker.organisation());
            Stock produced = balances.stock(book, Account.Kind.PRODUCTION, modelId);
            rows.release(modelId, Models.checkMonths(months), produced, at);
            ledger.post(new ModelReleased(modelId, book, produced), at);
            return new Released(modelId);
        });
        return models.own(maker, modelId);
    }
}
