package io.kreislauf.work;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.ProductEvent.EstimatesReleased;
import io.kreislauf.ledger.book.Ledger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Paid by the hour, a label holds rate x estimate in escrow. One that took less leaves a rest that nobody can be owed any
 * more, for later corrections are the reserve's: it goes back to the requester, in one entry for many labels.
 */
@ApplicationScoped
class ReleasingEstimates {

    /** One statement, hence one moment: what a label takes out of the needed sum it leaves as wage due in the same transaction. */
    static final String SURPLUS = """
            select p.organisation_id, p.currency, held.minor
                   - ((ceil(cast(p.reward_minor as numeric) * p.estimate_millis / 3600000) + p.hazard_minor) * (
                         select count(*) from slot s where s.project_id = p.project_id and s.state in ('unopened', 'open', 'claimed'))
                   + p.hazard_minor * (select count(*) from submission s
                                        where s.project_id = p.project_id and s.state in ('submitted', 'rejected') and not s.late_kept)
                   + coalesce((select sum(d.amount_minor) from wage_due d
                                where d.project_id = p.project_id and d.fund = 'escrow' and d.line_id is null), 0)) as surplus
              from project p
             cross join lateral (select coalesce(sum(g.amount), 0) as minor from ledger_guard g
                                  where g.book_id = p.organisation_id and g.account = 'ESCROW:' || p.project_id and g.commodity = p.currency) held
             where p.project_id = ?
            """;

    private record Surplus(UUID organisationId, String currency, long minor) {}

    private final DataSource dataSource;
    private final Ledger ledger;

    ReleasingEstimates(DataSource dataSource, Ledger ledger) {
        this.dataSource = dataSource;
        this.ledger = ledger;
    }

    /** Projects by the hour that still hold something; one that is over gives all back when it is settled. */
    @Transactional
    List<UUID> projects() {
        return Sql.list(dataSource, UUID.class, "select project_id from project where pay_rule = 'hour' and state in ('published', 'paused')");
    }

    /** @return what went back, in minor units */
    @Transactional
    long release(UUID projectId) {
        Sql.list(dataSource, UUID.class, "select project_id from project where project_id = ? for no key update", projectId);
        Surplus surplus = Sql.one(dataSource, Surplus.class, SURPLUS, projectId).orElseThrow();
        if (surplus.minor > 0) {
            ledger.post(new EstimatesReleased(UUID.randomUUID(), projectId, new Book(surplus.organisationId), surplus.currency, surplus.minor), null);
        }
        return surplus.minor;
    }
}
