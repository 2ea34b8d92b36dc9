package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.WageEvent.WagesPaid;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Closing;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Paying what is due: each due once, whatever is repeated. What was accrued from the reserve is paid from it as far as it
 * goes, and from cash before anything else beyond that.
 */
@ApplicationScoped
public class PayingOut {

    /** What one run paid, in one currency. */
    public record Run(UUID payoutId, int people, long totalMinor, String currency) {}

    /**
     * @param runs one for each currency in which something was due
     * @param payoutId, people, totalMinor, currency of the only run; 0 and null if there was none, or several
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Paid(UUID payoutId, int people, long totalMinor, String currency, List<Run> runs) {

        static Paid of(List<Run> runs) {
            return runs.size() == 1 ? new Paid(runs.getFirst().payoutId, runs.getFirst().people, runs.getFirst().totalMinor, runs.getFirst().currency, runs)
                    : new Paid(null, 0, 0, null, runs);
        }
    }

    private record Owing(UUID projectId, String currency) {}

    private record Line(UUID lineId, UUID projectId, UUID annotatorId, long escrowMinor, long reserveMinor, long cashMinor) {}

    /** Whose due is the oldest comes first, in the books too: in the order of people, two organisations could tell who is who by it. */
    private static final String PAY = """
            with dues as materialized (
                select due_id, project_id, annotator_id, fund, amount_minor from wage_due
                 where organisation_id = ? and line_id is null and currency = ? and project_id = any (?)
                   for no key update
            ), owed as materialized (
                select project_id, annotator_id, coalesce(sum(amount_minor) filter (where fund = 'escrow'), 0) as escrow,
                       coalesce(sum(amount_minor) filter (where fund = 'reserve'), 0) as reserve,
                       (array_agg(due_id order by due_id))[1] as first_due
                  from dues group by project_id, annotator_id
            ), shared as materialized (
                select o.*, least(o.reserve, greatest(0, r.there - (sum(o.reserve) over (partition by o.project_id order by o.first_due) - o.reserve)))
                            as from_reserve
                  from owed o join unnest(cast(? as uuid[]), cast(? as bigint[])) as r(project_id, there) on r.project_id = o.project_id
            ), run as (
                insert into payout (organisation_id, project_id, currency, run_at, people, total_minor)
                select ?, ?, ?, ?, count(distinct annotator_id), sum(escrow + reserve) from shared having count(*) > 0
                returning payout_id
            ), slips as (
                insert into payslip (payout_id, organisation_id, annotator_id, currency, total_minor, paid_at)
                select run.payout_id, ?, s.annotator_id, ?, sum(s.escrow + s.reserve), ?
                  from shared s cross join run group by run.payout_id, s.annotator_id order by (array_agg(s.first_due order by s.first_due))[1]
                returning payslip_id, payout_id, annotator_id
            ), lines as (
                insert into payout_line (payout_id, payslip_id, project_id, annotator_id, from_escrow_minor, from_reserve_minor, from_cash_minor)
                select p.payout_id, p.payslip_id, s.project_id, s.annotator_id, s.escrow, s.from_reserve, s.reserve - s.from_reserve
                  from shared s join slips p on p.annotator_id = s.annotator_id order by s.first_due
                returning line_id, project_id, annotator_id, from_escrow_minor, from_reserve_minor, from_cash_minor
            ), settled as (
                update wage_due w set line_id = l.line_id
                  from dues d join lines l on l.project_id = d.project_id and l.annotator_id = d.annotator_id
                 where w.due_id = d.due_id
            )
            select line_id, project_id, annotator_id, from_escrow_minor, from_reserve_minor, from_cash_minor from lines
            """;

    private final DataSource dataSource;
    private final Ledger ledger;
    private final Balances balances;
    private final DatabaseClock clock;
    private final RepeatedRequests repeated;
    private final Closing closing;

    PayingOut(DataSource dataSource, Ledger ledger, Balances balances, DatabaseClock clock, RepeatedRequests repeated, Closing closing) {
        this.dataSource = dataSource;
        this.ledger = ledger;
        this.balances = balances;
        this.clock = clock;
        this.repeated = repeated;
        this.closing = closing;
    }

    /**
     * Pays all that is due, of one project or of all, in one run for each currency.
     *
     * @param key         of the request, or null
     * @param projectId   null: all projects
     * @param effectiveAt when it happened; null: now
     * @throws Refusal NO_FUNDS, nothing is paid in any currency then
     */
    @Transactional
    public Paid pay(Caller caller, String key, UUID projectId, Instant effectiveAt) {
        return repeated.once(caller.organisation(), key, List.of("payout", String.valueOf(projectId), String.valueOf(effectiveAt)), Paid.class,
                () -> run(caller.organisation(), projectId, clock.effective(effectiveAt)));
    }

    private Paid run(UUID organisationId, UUID projectId, Instant at) {
        List<Owing> owing = Sql.list(dataSource, Owing.class, ClaimRows.LOCK_ANNOTATOR + """
                select distinct project_id, currency from wage_due
                 where organisation_id = ? and line_id is null and (cast(? as uuid) is null or project_id = ?)
                """, organisationId.toString(), organisationId, projectId, projectId);
        return Paid.of(owing.stream().map(Owing::currency).distinct().sorted()
                .map(currency -> run(organisationId, projectId, currency, owing.stream().filter(o -> o.currency.equals(currency)).toList(), at)).toList());
    }

    private Run run(UUID organisationId, UUID projectId, String currency, List<Owing> owing, Instant at) {
        Book organisation = new Book(organisationId);
        UUID[] projects = owing.stream().map(Owing::projectId).toArray(UUID[]::new);
        closing.hold(List.of(projects));
        Long[] reserves = owing.stream().map(o -> balances.of(organisation, Commodity.money(currency), Account.reserve(o.projectId()))).toArray(Long[]::new);
        List<Line> lines = Sql.list(dataSource, Line.class, PAY, organisationId, currency, projects, projects, reserves, organisationId, projectId,
                currency, at, organisationId, currency, at);
        ledger.postAll(lines.stream().map(l -> Posting.of(new WagesPaid(l.lineId, l.projectId, organisation, new Book(l.annotatorId), currency,
                l.escrowMinor, l.reserveMinor, l.cashMinor), at)).toList());
        lines.stream().map(Line::projectId).distinct().forEach(id -> closing.settle(id, at));
        UUID payoutId = Sql.one(dataSource, UUID.class, "select payout_id from payout_line where line_id = ?", lines.getFirst().lineId).orElseThrow();
        return new Run(payoutId, (int) lines.stream().map(Line::annotatorId).distinct().count(),
                lines.stream().mapToLong(l -> l.escrowMinor + l.reserveMinor + l.cashMinor).sum(), currency);
    }
}
