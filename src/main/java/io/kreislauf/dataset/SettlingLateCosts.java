package io.kreislauf.dataset;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Cost;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.ProductEvent.InProduction;
import io.kreislauf.ledger.ProductEvent.LateCostsSettled;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Outstanding;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A requester says that an ended project gets no further version: what reached it after the last one goes into that one's cost of sales (money) and
 * stays unrealised (hours); without any version neither is realised. Said, not inferred, because a project may well be closed first and released then.
 */
@ApplicationScoped
public class SettlingLateCosts {

    private static final Set<String> OVER = Set.of("closed", "cancelled");

    /**
     * @param versionId      whose cost of sales has the money; null if there never was a version
     * @param observedMillis labour that no product carries now
     * @param declaredMillis labour that no product carries now, not observed here
     */
    public record Settled(UUID settlementId, UUID projectId, UUID versionId, List<Cost> costs, long observedMillis, long declaredMillis) {}

    private final ReleaseRows rows;
    private final Balances balances;
    private final Ledger ledger;
    private final Instance<Outstanding> outstanding;
    private final RepeatedRequests requests;

    SettlingLateCosts(ReleaseRows rows, Balances balances, Ledger ledger, @Any Instance<Outstanding> outstanding, RepeatedRequests requests) {
        this.rows = rows;
        this.balances = balances;
        this.ledger = ledger;
        this.outstanding = outstanding;
        this.requests = requests;
    }

    /** @throws Refusal WRONG_STATE, WORK_OUTSTANDING, or NOTHING_LATE if production is empty */
    @Transactional
    public Settled settle(Caller caller, UUID projectId, String key) {
        ReleaseRows.Asked project = rows.project(projectId, caller.organisation()).orElseThrow(() -> Refusal.missing("project", projectId));
        return requests.once(caller.organisation(), key, List.of("late-costs", projectId), Settled.class, () -> {
            if (!OVER.contains(project.state())) {
                throw Refusal.conflict("WRONG_STATE", "The project is %s; what is done in it goes into its next version.".formatted(project.state()),
                        "Close it first.");
            }
            if (outstanding.stream().anyMatch(o -> o.isOutstanding(projectId))) {
                throw Refusal.conflict("WORK_OUTSTANDING", "Work of this project is undecided, can still be appealed, or is unpaid.",
                        "Review it, wait for the appeals, pay what is due.");
            }
            rows.lock(projectId);
            Book book = new Book(caller.organisation());
            InProduction late = balances.inProduction(book, projectId);
            LabourMillis labour = late.stock().labour();
            if (labour.isNone() && late.stock().costs().stream().allMatch(cost -> cost.equals(new Cost(cost.currency(), 0, 0, 0)))) {
                throw Refusal.conflict("NOTHING_LATE", "Nothing reached this project after its last version.", "There is nothing to do.");
            }
            UUID version = rows.latestVersion(projectId).orElse(null);
            UUID settlement = UUID.randomUUID();
            ledger.post(new LateCostsSettled(settlement, projectId, book, late, version), null);
            return new Settled(settlement, projectId, version, late.stock().costs(), labour.observedMillis(), labour.declaredMillis());
        });
    }
}
