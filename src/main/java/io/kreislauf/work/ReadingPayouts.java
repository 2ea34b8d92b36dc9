package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Pseudonyms;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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

    private record Row(UUID annotatorId, long totalMinor, String currency, Instant failedAt) {}

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

    /** Everybody one run paid, in an order of no meaning. @throws Refusal NOT_FOUND for another organisation's */
    @Transactional
    public Page<PaidTo> people(Caller caller, UUID payoutId, UUID after, Integer limit) {
        int count = Page.limit(limit);
        if (Sql.list(dataSource, UUID.class, "select payout_id from payout where payout_id = ? and organisation_id = ?", payoutId, caller.organisation()).isEmpty()) {
            throw Refusal.missing("payout", payoutId);
        }
        UUID afterPerson = after == null ? null : pseudonyms.person(caller.organisation(), after).orElseThrow(() -> Refusal.missing("annotator", after));
        List<Row> rows = Sql.list(dataSource, Row.class, """
                select annotator_id, total_minor, currency, failed_at from payslip
                 where payout_id = ? and (cast(? as uuid) is null or annotator_id > ?) order by annotator_id limit ?
                """, payoutId, afterPerson, afterPerson, count + 1);
        Map<UUID, UUID> names = pseudonyms.of(caller.organisation(), rows.stream().map(Row::annotatorId).toList());
        return Page.of(rows.stream().map(r -> new PaidTo(names.get(r.annotatorId), r.totalMinor, r.currency, r.failedAt)).toList(), count, PaidTo::annotator);
    }
}
