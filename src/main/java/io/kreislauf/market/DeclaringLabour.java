package io.kreislauf.market;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.ModelEvent.LabourDeclared;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Labour of engineers and others without a book here: their organisation says how long they worked and what they were paid. */
@ApplicationScoped
public class DeclaringLabour {

    private static final long MILLIS_MAX = 1_000_000L * 3_600_000L;
    private static final Set<String> SOURCES = Set.of("organisation", "log", "demo");

    /**
     * @param source who says so: organisation (also if null), log, demo
     */
    public record Labour(long declaredMillis, long wagesMinor, String source, Instant effectiveAt) {

        public Labour {
            source = source == null ? "organisation" : source;
        }
    }

    public record Declared(UUID declarationId, long declaredMillis, long wagesMinor, String currency, String source, Instant declaredAt) {}

    private final Models models;
    private final ModelRows rows;
    private final Ledger ledger;
    private final DatabaseClock clock;
    private final RepeatedRequests requests;

    DeclaringLabour(Models models, ModelRows rows, Ledger ledger, DatabaseClock clock, RepeatedRequests requests) {
        this.models = models;
        this.rows = rows;
        this.ledger = ledger;
        this.clock = clock;
        this.requests = requests;
    }

    /** @throws Refusal NO_FUNDS if CASH does not cover the wages, which are paid with the declaration */
    @Transactional
    public Declared declare(Caller maker, UUID modelId, Labour labour, String key) {
        if (labour.declaredMillis() < 0 || labour.declaredMillis() > MILLIS_MAX || labour.wagesMinor() < 0) {
            throw Refusal.invalid("declaredMillis", "Time and wages are not negative, and at most a million hours at once.", "Send milliseconds and minor units.");
        }
        if (!SOURCES.contains(labour.source())) {
            throw Refusal.invalid("source", "A source is one of %s.".formatted(SOURCES), "Leave it out for your own declaration.");
        }
        models.own(maker, modelId);
        return requests.once(maker.organisation(), key, new Object[] {"labour", modelId, labour}, Declared.class, () -> {
            rows.lock(modelId);
            Model model = Models.unreleased(models.own(maker, modelId));
            Instant at = clock.effective(labour.effectiveAt());
            UUID id = rows.declare(modelId, labour, model.currency(), at);
            ledger.post(new LabourDeclared(id, modelId, new Book(maker.organisation()), labour.declaredMillis(),
                    new Wage(model.currency(), labour.wagesMinor())), at);
            return new Declared(id, labour.declaredMillis(), labour.wagesMinor(), model.currency(), labour.source(), at);
        });
    }
}
