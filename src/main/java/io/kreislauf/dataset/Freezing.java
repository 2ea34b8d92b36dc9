package io.kreislauf.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.ProductEvent.DatasetReleased;
import io.kreislauf.ledger.ProductEvent.InProduction;
import io.kreislauf.ledger.Stock;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The economic half of a release: rows are frozen and production becomes a commodity, or nothing happens. */
@ApplicationScoped
class Freezing {

    record Frozen(UUID versionId) {}

    private final ReleaseRows rows;
    private final Balances balances;
    private final Ledger ledger;
    private final DatabaseClock clock;
    private final RepeatedRequests requests;
    private final ObjectMapper json;

    Freezing(ReleaseRows rows, Balances balances, Ledger ledger, DatabaseClock clock,
             RepeatedRequests requests, ObjectMapper json) {
        this.rows = rows;
        this.balances = balances;
        this.ledger = ledger;
        this.clock = clock;
        this.requests = requests;
        this.json = json;
    }

    /** Whether all decided labels have reached the working version; true also where work is unreviewed, which waiting does not change. */
    boolean arrived(Caller caller, UUID projectId) {
        ownProject(caller, projectId);
        ReleaseRows.Readiness readiness = rows.readiness(projectId);
        return readiness.behind() == 0 || readiness.unreviewed() > 0;
    }

    @Transactional
    Frozen freeze(Caller caller, UUID projectId, NewRelease asked, String key) {
        ReleaseRows.Asked project = ownProject(caller, projectId);
        return requests.once(caller.organisation(), key, new Object[] {"release", projectId, asked}, Frozen.class,
                () -> new Frozen(frozen(project, caller.organisation(), asked)));
    }

    private UUID frozen(ReleaseRows.Asked project, UUID organisationId, NewRelease asked) {
        UUID projectId = project.projectId();
        Instant releasedAt = clock.effective(asked.effectiveAt());
        rows.lock(projectId);
        Book book = new Book(organisationId);
        InProduction production = balances.inProduction(book, projectId);
        Optional<UUID> replaced = rows.latestVersion(projectId);
        Stock takenOver = replaced.map(v -> balances.stock(book, Account.Kind.COMMODITY, v)).orElse(Stock.EMPTY);
        Hours hours = Hours.of(production, takenOver.labour(), rows.declaredSources(projectId), project.currency());
        UUID versionId = rows.insert(project, organisationId, asked, releasedAt, StockText.write(production.stock().plus(takenOver)),
                written(hours), rows.watermark());
        ReleaseRows.Frozen frozen = rows.freeze(projectId, versionId);
        refuseUnlessReady(frozen);
        rows.hoursTaken(projectId, versionId);
        replaced.ifPresent(v -> rows.replaced(v, versionId));
        ledger.post(new DatasetReleased(versionId, projectId, book, production, replaced.orElse(null), takenOver), releasedAt);
        return versionId;
    }

    private static void refuseUnlessReady(ReleaseRows.Frozen frozen) {
        if (frozen.unreviewed() > 0) {
            throw Refusal.conflict("UNREVIEWED_WORK", "%d submissions have not been reviewed.".formatted(frozen.unreviewed()),
                    "Approve or reject them; a rejection that can still be appealed does not block.");
        }
        if (frozen.behind() > 0) {
            throw Refusal.conflict("LABELS_ON_THEIR_WAY", "%d labels or items have not reached the working version yet.".formatted(frozen.behind()),
                    "Try again in a moment.");
        }
        if (frozen.trainRows() + frozen.testRows() == 0) {
            throw Refusal.conflict("NOTHING_TO_RELEASE", "No item is agreed yet.", "Release when the working version has rows.");
        }
    }

    private ReleaseRows.Asked ownProject(Caller caller, UUID projectId) {
        return rows.project(projectId, caller.organisation()).orElseThrow(() -> Refusal.missing("project", projectId));
    }

    private String written(Hours hours) {
        try {
            return json.writeValueAsString(hours);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
