package io.kreislauf.market;

import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Currency;
import java.util.Optional;
import java.util.UUID;

/** Beginning models, and looking at them. */
@ApplicationScoped
public class Models {

    private static final int MONTHS_MAX = 600;

    /**
     * @param months   over how many its cost and hours will be passed on; may be left out until the release
     * @param currency null: USD
     */
    public record NewModel(String name, Integer months, String currency) {}

    private record Begun(UUID modelId) {}

    private final ModelRows rows;
    private final RepeatedRequests requests;

    Models(ModelRows rows, RepeatedRequests requests) {
        this.rows = rows;
        this.requests = requests;
    }

    @Transactional
    public Model begin(Caller maker, NewModel asked, String key) {
        if (asked.name() == null || asked.name().isBlank() || asked.name().length() > 200) {
            throw Refusal.invalid("name", "A name has 1 to 200 characters.", "Name the model.");
        }
        if (asked.months() != null) {
            checkMonths(asked.months());
        }
        String currency = asked.currency() == null ? "USD" : asked.currency();
        if (Currency.getAvailableCurrencies().stream().noneMatch(c -> c.getCurrencyCode().equals(currency))) {
            throw Refusal.invalid("currency", currency + " is no ISO 4217 currency.", "Send a code like USD.");
        }
        UUID modelId = requests.once(maker.organisation(), key, new Object[] {"model", asked}, Begun.class,
                () -> new Begun(rows.insert(maker.organisation(), asked.name().strip(), asked.months(), currency))).modelId();
        return own(maker, modelId);
    }

    /** @throws Refusal 404 if it is not the caller's */
    public Model own(Caller caller, UUID modelId) {
        return rows.find(modelId).filter(m -> m.organisationId().equals(caller.organisation())).orElseThrow(() -> Refusal.missing("model", modelId));
    }

    /** Of anybody; for the circuit, which decides who sees what. */
    public Optional<Model> find(UUID modelId) {
        return rows.find(modelId);
    }

    /** The own ones, newest first; {@code organisationId} null: everybody's. */
    Page<Model> page(UUID organisationId, String after, int limit) {
        return Page.of(rows.page(organisationId, Licences.cursor(after), limit + 1), limit, Model::modelId);
    }

    static int checkMonths(int months) {
        if (months < 1 || months > MONTHS_MAX) {
            throw Refusal.invalid("months", "A model is sold over 1 to %d months.".formatted(MONTHS_MAX), "Say over how many its cost is passed on.");
        }
        return months;
    }

    /** @throws Refusal MODEL_RELEASED once it is a commodity: nothing more goes into it */
    static Model unreleased(Model model) {
        if (model.released()) {
            throw Refusal.conflict("MODEL_RELEASED", "The model was released %s; nothing more goes into it.".formatted(model.releasedAt()), "Begin a new model.");
        }
        return model;
    }
}
