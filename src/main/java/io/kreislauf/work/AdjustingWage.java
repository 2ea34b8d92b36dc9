package io.kreislauf.work;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.WageEvent.WageAdjusted;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.work.ReviewRows.Judged;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import javax.sql.DataSource;

/** More pay for one piece of work than was promised at the claim, by decision of its appeal. What cannot be bounded is the reserve's. */
@ApplicationScoped
class AdjustingWage {

    private final DataSource dataSource;
    private final Ledger ledger;

    AdjustingWage(DataSource dataSource, Ledger ledger) {
        this.dataSource = dataSource;
        this.ledger = ledger;
    }

    void adjust(UUID appealId, Judged work, long minor, Instant at) {
        Sql.run(dataSource, "update appeal set adjustment_minor = ? where appeal_id = ?", minor, appealId);
        Sql.run(dataSource, """
                insert into wage_due (organisation_id, project_id, annotator_id, submission_id, kind, fund, currency, amount_minor, period, accrued_at)
                values (?, ?, ?, ?, 'adjustment', 'reserve', ?, ?, ?, ?)
                """, work.organisationId(), work.projectId(), work.annotatorId(), work.submissionId(), work.currency(), minor,
                BookingTime.periodOf(work.effectiveAt()), at);
        ledger.post(new WageAdjusted(appealId, work.projectId(), new Book(work.organisationId()), new Book(work.annotatorId()), work.currency(), minor), at);
    }
}
