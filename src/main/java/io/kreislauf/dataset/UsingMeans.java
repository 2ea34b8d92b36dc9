package io.kreislauf.dataset;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.MeansEvent.MeansUsed;
import io.kreislauf.ledger.Supply;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Means of production used up in a project: tools by use or life, sources and compute as they go in. They become its c. */
@ApplicationScoped
public class UsingMeans {

    /**
     * @param kind        the word under which the means were bought: tooling, source, compute
     * @param currency    null: the project's
     * @param effectiveAt when they were used; null: now
     */
    public record Use(String kind, long amountMinor, String currency, Instant effectiveAt) {}

    public record Used(UUID useId, String kind, long amountMinor, String currency, Instant usedAt) {}

    private final StatelessSession session;
    private final ReleaseRows projects;
    private final MeansLeft left;
    private final Ledger ledger;
    private final DatabaseClock clock;
    private final RepeatedRequests requests;

    UsingMeans(StatelessSession session, ReleaseRows projects, MeansLeft left, Ledger ledger, DatabaseClock clock, RepeatedRequests requests) {
        this.session = session;
        this.projects = projects;
        this.left = left;
        this.ledger = ledger;
        this.clock = clock;
        this.requests = requests;
    }

    /** @throws Refusal NO_MEANS if less of them is left than is to be used */
    @Transactional
    public Used use(Caller caller, UUID projectId, Use use, String key) {
        ReleaseRows.Asked project = projects.project(projectId, caller.organisation()).orElseThrow(() -> Refusal.missing("project", projectId));
        return requests.once(caller.organisation(), key, new Object[] {"means-used", projectId, use}, Used.class, () -> used(caller, project, use));
    }

    private Used used(Caller caller, ReleaseRows.Asked project, Use use) {
        String currency = use.currency() == null ? project.currency() : use.currency();
        Supply supply = left.require(caller.organisation(), use.kind(), currency, use.amountMinor());
        Instant usedAt = clock.effective(use.effectiveAt());
        UUID useId = session.createNativeQuery("""
                        insert into means_use (project_id, kind, amount_minor, currency, used_at)
                        values (:project, :kind, :amount, :currency, :at) returning use_id
                        """, UUID.class)
                .setParameter("project", project.projectId()).setParameter("kind", use.kind()).setParameter("amount", use.amountMinor())
                .setParameter("currency", currency).setParameter("at", usedAt).getSingleResult();
        ledger.post(new MeansUsed(useId, new Book(caller.organisation()), project.projectId(), use.kind(), currency, use.amountMinor(),
                supply, 0), usedAt);
        return new Used(useId, use.kind(), use.amountMinor(), currency, usedAt);
    }
}
