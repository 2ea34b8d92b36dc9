package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.WageEvent.PayoutFailed;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Pseudonyms;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** A payout that did not reach one person: the money is back where it came from, and the wage is due again. */
@ApplicationScoped
public class FailingPayout {

    /** @param annotator the organisation's pseudonym */
    public record Failed(UUID payoutId, UUID annotator, long amountMinor, String currency, Instant failedAt) {}

    private record Slip(UUID payslipId, String currency, long totalMinor, Instant failedAt) {}

    private record Line(UUID lineId, UUID projectId, long escrowMinor, long reserveMinor, long cashMinor) {}

    private static final String FAIL = """
            with lines as (
                update payout_line set failed_at = ? where payslip_id = ?
                returning line_id, project_id, from_escrow_minor, from_reserve_minor, from_cash_minor
            ), kept as (
                insert into payout_failure (line_id, due_id) select line_id, due_id from wage_due where line_id in (select line_id from lines)
            ), due_again as (
                update wage_due set line_id = null where line_id in (select line_id from lines)
            ), slip as (
                update payslip set failed_at = ? where payslip_id = ?
            )
            select line_id, project_id, from_escrow_minor, from_reserve_minor, from_cash_minor from lines
            """;

    private final DataSource dataSource;
    private final Ledger ledger;
    private final Pseudonyms pseudonyms;
    private final DatabaseClock clock;
    private final RepeatedRequests repeated;

    FailingPayout(DataSource dataSource, Ledger ledger, Pseudonyms pseudonyms, DatabaseClock clock, RepeatedRequests repeated) {
        this.dataSource = dataSource;
        this.ledger = ledger;
        this.pseudonyms = pseudonyms;
        this.clock = clock;
        this.repeated = repeated;
    }

    /**
     * A failure told again changes nothing.
     *
     * @param key         of the request, or null
     * @param annotator   the organisation's pseudonym
     * @param effectiveAt when it happened; null: now
     * @throws Refusal NOT_FOUND; NO_FUNDS if the person's own book says that the money was spent
     */
    @Transactional
    public Failed fail(Caller caller, String key, UUID payoutId, UUID annotator, Instant effectiveAt) {
        if (annotator == null) {
            throw Refusal.invalid("annotator", "A failure names whom the payout did not reach.", "GET /api/payouts/{payoutId} lists who was paid.");
        }
        return repeated.once(caller.organisation(), key, List.of("payout-failed", payoutId, annotator, String.valueOf(effectiveAt)), Failed.class,
                () -> failed(caller.organisation(), payoutId, annotator, effectiveAt));
    }

    private Failed failed(UUID organisationId, UUID payoutId, UUID annotator, Instant effectiveAt) {
        Sql.list(dataSource, Integer.class, ClaimRows.LOCK_ANNOTATOR + "select 1", organisationId.toString());
        UUID person = pseudonyms.person(organisationId, annotator).orElseThrow(() -> Refusal.missing("annotator", annotator));
        Slip slip = Sql.one(dataSource, Slip.class, """
                select payslip_id, currency, total_minor, failed_at from payslip where payout_id = ? and organisation_id = ? and annotator_id = ?
                """, payoutId, organisationId, person).orElseThrow(() -> Refusal.missing("payout", payoutId));
        if (slip.failedAt != null) {
            return new Failed(payoutId, annotator, slip.totalMinor, slip.currency, slip.failedAt);
        }
        Instant at = clock.effective(effectiveAt);
        List<Line> lines = Sql.list(dataSource, Line.class, FAIL, at, slip.payslipId, at, slip.payslipId);
        ledger.postAll(lines.stream().map(l -> Posting.of(new PayoutFailed(l.lineId, l.projectId, new Book(organisationId), new Book(person),
                slip.currency, l.escrowMinor, l.reserveMinor, l.cashMinor), at)).toList());
        return new Failed(payoutId, annotator, slip.totalMinor, slip.currency, at);
    }
}
