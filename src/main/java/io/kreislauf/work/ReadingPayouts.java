package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Pseudonyms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;

/** An organisation's payouts, and whom each paid: under the organisation's own pseudonyms. */
@ApplicationScoped
public class ReadingPayouts {

    /** @param failed how many of its people it did not reach */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Listed(UUID payoutId, UUID projectId, Instant paidAt, int people, long totalMinor, String currency, long failed) {}

    /** @param failedAt when it was heard that it did not arrive; null: it did */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record PaidTo(UUID annotator, long amountMinor, String currency, Instant failedAt) {}

    private final DataSource dataSource;
    private final Pseudonyms pseudonyms;

    ReadingPayouts(DataSource dataSource, Pseudonyms pseudonyms) {
        this.dataSource = dataSource;
        this.pseudonyms = pseudonyms;
    }

    /** Newest first. */
    @Transactional
    public Page<Listed> list(Caller caller, UUID before, Integer limit) {
        int count = Page.limit(limit);
        return Page.of(Sql.list(dataSource, Listed.class, """
                select p.payout_id, p.project_id, p.run_at, p.people, p.total_minor, p.currency,
                       (select count(*) from payslip s where s.payout_id = p.payout_id and s.failed_at is not null)
                  from payout p where p.organisation_id = ? and (cast(? as uuid) is null or p.payout_id < ?)
                 order by p.payout_id desc limit ?
                """, caller.organisation(), before, before, count + 1), count, Listed::payoutId);
    }

    /**
     * Everybody one run paid, in the order of the pseudonyms: an order of the people themselves would be the same for every organisation, and two
     * could join their lists.
     *
     * @throws Refusal NOT_FOUND for another organisation's
     */
    @Transactional
    public Page<PaidTo> people(Caller caller, UUID payoutId, UUID after, Integer limit) {
        int count = Page.limit(limit);
        if (Sql.list(dataSource, UUID.class, "select payout_id from payout where payout_id = ? and organisation_id = ?", payoutId, caller.organisation()).isEmpty()) {
            throw Refusal.missing("payout", payoutId);
        }
        pseudonyms.of(caller.organisation(), Sql.list(dataSource, UUID.class, """
                select s.annotator_id from payslip s where s.payout_id = ?
                   and not exists (select from pseudonym n where n.organisation_id = ? and n.person_id = s.annotator_id)
                """, payoutId, caller.organisation()));
        return Page.of(Sql.list(dataSource, PaidTo.class, """
                select n.pseudonym, s.total_minor, s.currency, s.failed_at
                  from payslip s join pseudonym n on n.organisation_id = ? and n.person_id = s.annotator_id
                 where s.payout_id = ? and (cast(? as uuid) is null or n.pseudonym > ?) order by n.pseudonym limit ?
                """, caller.organisation(), payoutId, after, after, count + 1), count, PaidTo::annotator);
    }
}
