package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.ProductEvent.PayFunded;
import io.kreislauf.ledger.WageEvent.BonusGranted;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Pseudonyms;
import io.kreislauf.project.Project;
import io.kreislauf.project.ProjectState;
import io.kreislauf.project.Projects;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Pay beyond what was promised: set aside from cash when it is granted, due at once, paid with the next payout. */
@ApplicationScoped
public class GrantingBonus {

    static final long AMOUNT_MINOR_MAX = 1_000_000_000L;

    /**
     * @param annotator    the organisation's pseudonym of somebody who has worked in the project; null: who made the submission
     * @param submissionId for which work; null: for none in particular
     * @param reason       told to the annotator
     * @param effectiveAt  null: now
     */
    public record Bonus(UUID annotator, UUID submissionId, Long amountMinor, String reason, Instant effectiveAt) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Granted(UUID bonusId, UUID annotator, UUID submissionId, long amountMinor, String currency) {}

    private final DataSource dataSource;
    private final Projects projects;
    private final Pseudonyms pseudonyms;
    private final Ledger ledger;
    private final Balances balances;
    private final DatabaseClock clock;
    private final RepeatedRequests repeated;

    GrantingBonus(DataSource dataSource, Projects projects, Pseudonyms pseudonyms, Ledger ledger, Balances balances, DatabaseClock clock,
                  RepeatedRequests repeated) {
        this.dataSource = dataSource;
        this.projects = projects;
        this.pseudonyms = pseudonyms;
        this.ledger = ledger;
        this.balances = balances;
        this.clock = clock;
        this.repeated = repeated;
    }

    /**
     * @param key of the request, or null
     * @throws Refusal NOT_FOUND, NOT_PUBLISHED, NO_FUNDS, or naming the field at fault
     */
    @Transactional
    public Granted grant(Caller caller, String key, UUID projectId, Bonus bonus) {
        if (bonus == null || bonus.amountMinor() == null || bonus.amountMinor() < 1 || bonus.amountMinor() > AMOUNT_MINOR_MAX) {
            throw Refusal.invalid("amountMinor", "A bonus is 1 to %d minor units.".formatted(AMOUNT_MINOR_MAX), "Send the amount in cents or the like.");
        }
        if (bonus.reason() == null || bonus.reason().isBlank() || bonus.reason().length() > Reviewing.REASON_LENGTH_MAX) {
            throw Refusal.invalid("reason", "A bonus has a reason of 1 to %d characters.".formatted(Reviewing.REASON_LENGTH_MAX), "Tell the annotator what it is for.");
        }
        Project project = projects.own(caller, projectId);
        if (project.state() == ProjectState.DRAFT) {
            throw Refusal.conflict("NOT_PUBLISHED", "Nobody has worked in the project yet.", "Publish it first.");
        }
        return repeated.once(caller.organisation(), key, List.of("bonus", projectId, bonus), Granted.class,
                () -> granted(caller, project, bonus, clock.effective(bonus.effectiveAt())));
    }

    private Granted granted(Caller caller, Project project, Bonus bonus, Instant at) {
        UUID person = whom(caller, project.projectId(), bonus);
        Book organisation = new Book(project.organisationId());
        long cash = balances.of(organisation, Commodity.money(project.currency()), Account.CASH);
        if (cash < bonus.amountMinor()) {
            throw Refusal.conflict("NO_FUNDS", "%d %s (minor units) are needed and %d are there.".formatted(bonus.amountMinor(), project.currency(), cash),
                    "Deposit the missing amount, or grant less.");
        }
        UUID bonusId = UUID.randomUUID();
        Sql.run(dataSource, """
                insert into bonus (bonus_id, project_id, annotator_id, submission_id, currency, amount_minor, reason, granted_by, granted_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, bonusId, project.projectId(), person, bonus.submissionId(), project.currency(), bonus.amountMinor(), bonus.reason().strip(),
                caller.personId(), at);
        Sql.run(dataSource, """
                insert into wage_due (organisation_id, project_id, annotator_id, kind, fund, currency, amount_minor, period, accrued_at)
                values (?, ?, ?, 'bonus', 'escrow', ?, ?, ?, ?)
                """, project.organisationId(), project.projectId(), person, project.currency(), bonus.amountMinor(), BookingTime.periodOf(at), at);
        ledger.postAll(List.of(
                Posting.of(new PayFunded(bonusId, project.projectId(), organisation, project.currency(), bonus.amountMinor()), at),
                Posting.of(new BonusGranted(bonusId, project.projectId(), organisation, new Book(person), project.currency(), bonus.amountMinor()), at)));
        return new Granted(bonusId, pseudonyms.of(caller.organisation(), List.of(person)).get(person), bonus.submissionId(), bonus.amountMinor(),
                project.currency());
    }

    private UUID whom(Caller caller, UUID projectId, Bonus bonus) {
        if (bonus.submissionId() != null) {
            UUID maker = Sql.one(dataSource, UUID.class, "select annotator_id from submission where submission_id = ? and project_id = ?",
                    bonus.submissionId(), projectId).orElseThrow(() -> Refusal.missing("submission", bonus.submissionId()));
            if (bonus.annotator() != null && !pseudonyms.person(caller.organisation(), bonus.annotator()).filter(maker::equals).isPresent()) {
                throw Refusal.invalid("annotator", "The submission is somebody else's.", "Leave the annotator out.");
            }
            return maker;
        }
        if (bonus.annotator() == null) {
            throw Refusal.invalid("annotator", "A bonus names an annotator or a submission.", "GET /api/projects/{id}/submissions lists both.");
        }
        return pseudonyms.person(caller.organisation(), bonus.annotator())
                .filter(person -> Sql.one(dataSource, Boolean.class, "select exists (select from claim where annotator_id = ? and project_id = ?)",
                        person, projectId).orElseThrow())
                .orElseThrow(() -> Refusal.missing("annotator", bonus.annotator()));
    }
}
