package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.book.Statements;
import io.kreislauf.ledger.seal.Proofs;
import io.kreislauf.ledger.seal.Proofs.InclusionProof;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** A payslip as a file that proves itself: each payment's entry is in the sealed ledger, and shows the annotator's own legs only. */
@ApplicationScoped
public class ProvingPayslips {

    /** What was paid for one project; {@code proof}'s entry books it. */
    public record Line(String title, long amountMinor, UUID entryId, InclusionProof proof) {}

    /**
     * @param format kreislauf-payslip-1, which {@code deploy/verify} knows
     * @param book   the annotator's
     */
    public record ProvenPayslip(String format, UUID payslipId, Instant paidAt, String organisation, UUID book, String currency, long totalMinor,
                                List<Line> lines) {}

    private record Slip(Instant paidAt, String organisation, String currency, long totalMinor) {}

    private record Paid(UUID lineId, String title, long amountMinor) {}

    private final DataSource dataSource;
    private final Statements statements;
    private final Proofs proofs;

    ProvingPayslips(DataSource dataSource, Statements statements, Proofs proofs) {
        this.dataSource = dataSource;
        this.statements = statements;
        this.proofs = proofs;
    }

    /** @throws Refusal NOT_FOUND for somebody else's, NOT_SEALED_YET in the seconds after the payment */
    public ProvenPayslip prove(Caller caller, UUID payslipId) {
        UUID me = caller.personId();
        Slip slip = Sql.one(dataSource, Slip.class, """
                select s.paid_at, o.name, s.currency, s.total_minor
                  from payslip s join organisation o on o.organisation_id = s.organisation_id where s.payslip_id = ? and s.annotator_id = ?
                """, payslipId, me).orElseThrow(() -> Refusal.missing("payslip", payslipId));
        List<Line> lines = new ArrayList<>();
        for (Paid paid : Sql.list(dataSource, Paid.class, """
                select l.line_id, p.title, l.from_escrow_minor + l.from_reserve_minor + l.from_cash_minor
                  from payout_line l join project p on p.project_id = l.project_id where l.payslip_id = ? order by p.title, l.line_id
                """, payslipId)) {
            UUID entryId = statements.bySource(paid.lineId).stream().filter(entry -> entry.event().equals("WagesPaid")).findFirst().orElseThrow().entryId();
            lines.add(new Line(paid.title, paid.amountMinor, entryId, proofs.inclusion(entryId, List.of(new Book(me)), others -> Map.of())
                    .orElseThrow(() -> Refusal.conflict("NOT_SEALED_YET", "The payment is not sealed yet.", "Ask again in a few seconds."))));
        }
        return new ProvenPayslip("kreislauf-payslip-1", payslipId, slip.paidAt, slip.organisation, me, slip.currency, slip.totalMinor, lines);
    }
}
