package io.kreislauf.market;

import io.kreislauf.Refusal;
import io.kreislauf.dataset.MeansLeft;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.ModelEvent.LicenceUse;
import io.kreislauf.ledger.ModelEvent.MeansUse;
import io.kreislauf.ledger.ModelEvent.TrainingRun;
import io.kreislauf.ledger.Supply;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** C ... P: a training run uses up one run of each licence it takes, and means such as compute. */
@ApplicationScoped
public class TrainingModel {

    private static final int PARTS_MAX = 200;

    /** @param currency null: the model's */
    public record Means(String kind, long amountMinor, String currency) {}

    public record NewRun(List<UUID> licences, List<Means> means, Instant effectiveAt) {

        public NewRun {
            licences = licences == null ? List.of() : List.copyOf(licences);
            means = means == null ? List.of() : List.copyOf(means);
        }
    }

    /** @param ordinal which use of the licence it was */
    public record Used(UUID licenceId, int ordinal, int runsTotal) {}

    public record Run(UUID runId, UUID modelId, Instant runAt, List<Used> licences) {}

    private final Models models;
    private final ModelRows rows;
    private final LicenceRows licences;
    private final MeansLeft left;
    private final Ledger ledger;
    private final DatabaseClock clock;
    private final RepeatedRequests requests;

    TrainingModel(Models models, ModelRows rows, LicenceRows licences, MeansLeft left, Ledger ledger, DatabaseClock clock, RepeatedRequests requests) {
        this.models = models;
        this.rows = rows;
        this.licences = licences;
        this.left = left;
        this.ledger = ledger;
        this.clock = clock;
        this.requests = requests;
    }

    /** @throws Refusal NO_RUNS_LEFT if a licence is used up; NO_MEANS; MODEL_RELEASED; 404 for a licence that is not the caller's */
    @Transactional
    public Run run(Caller maker, UUID modelId, NewRun asked, String key) {
        if (asked.licences().isEmpty() && asked.means().isEmpty()) {
            throw Refusal.invalid("licences", "A run uses something up.", "Name licences, means, or both.");
        }
        if (asked.licences().size() > PARTS_MAX || asked.means().size() > PARTS_MAX) {
            throw Refusal.tooLarge("licences", "A run takes at most %d licences and means.".formatted(PARTS_MAX), "Record several runs.");
        }
        if (asked.licences().stream().distinct().count() < asked.licences().size()) {
            throw Refusal.invalid("licences", "A run uses a licence once.", "Name each licence once.");
        }
        models.own(maker, modelId);
        return requests.once(maker.organisation(), key, new Object[] {"run", modelId, asked}, Run.class, () -> ran(maker, modelId, asked));
    }

    private Run ran(Caller maker, UUID modelId, NewRun asked) {
        rows.lock(modelId);
        Model model = Models.unreleased(models.own(maker, modelId));
        Instant at = clock.effective(asked.effectiveAt());
        List<Licence> held = licences.forUse(asked.licences(), maker.organisation());
        asked.licences().stream().filter(id -> held.stream().noneMatch(l -> l.licenceId().equals(id))).findFirst().ifPresent(id -> {
            throw Refusal.missing("licence of yours", id);
        });
        UUID runId = rows.run(modelId, at);
        List<Used> used = held.stream().map(licence -> use(runId, licence)).toList();
        List<MeansUse> means = asked.means().stream().map(m -> use(maker, runId, model, m)).toList();
        ledger.post(new TrainingRun(runId, modelId, new Book(maker.organisation()),
                held.stream().map(l -> new LicenceUse(l.licenceId(), l.runsUsed() + 1, l.runsTotal(), l.stock())).toList(), means), at);
        return new Run(runId, modelId, at, used);
    }

    private Used use(UUID runId, Licence licence) {
        int ordinal = licence.runsUsed() + 1;
        if (ordinal > licence.runsTotal()) {
            throw Refusal.conflict("NO_RUNS_LEFT", "Licence %s was good for %d runs; all are used.".formatted(licence.licenceId(), licence.runsTotal()),
                    "Buy another licence.");
        }
        rows.use(runId, licence.licenceId(), ordinal);
        return new Used(licence.licenceId(), ordinal, licence.runsTotal());
    }

    private MeansUse use(Caller maker, UUID runId, Model model, Means means) {
        String currency = means.currency() == null ? model.currency() : means.currency();
        Supply supply = left.require(maker.organisation(), means.kind(), currency, means.amountMinor());
        rows.use(runId, means.kind(), means.amountMinor(), currency);
        return new MeansUse(means.kind(), currency, means.amountMinor(), supply);
    }
}
