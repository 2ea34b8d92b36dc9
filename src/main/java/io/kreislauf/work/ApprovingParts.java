package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.WageEvent.RejectionFinal;
import io.kreislauf.ledger.WageEvent.WorkApproved;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.project.Form;
import io.kreislauf.project.Projects;
import io.kreislauf.stream.Outbox;
import io.kreislauf.work.ReviewRows.Judged;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Accepting some parts of a label whose form has several questions: they are paid, with the whole supplement, and only they may be used. The time stays
 * direct. What the other parts would have brought stays in escrow until they can no longer be contested.
 */
@ApplicationScoped
class ApprovingParts {

    private record Refused(UUID submissionId, UUID projectId, UUID organisationId, String currency, long withheldMinor, Instant appealUntil) {}

    private final DataSource dataSource;
    private final ReviewRows rows;
    private final Projects projects;
    private final Declarations declarations;
    private final Ledger ledger;
    private final Outbox outbox;

    ApprovingParts(DataSource dataSource, Projects projects, Declarations declarations, Ledger ledger, Outbox outbox) {
        this.dataSource = dataSource;
        this.rows = new ReviewRows(dataSource);
        this.projects = projects;
        this.declarations = declarations;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    /**
     * The questions of the form in its order, as far as they are among the accepted.
     *
     * @throws Refusal naming the field at fault
     */
    List<String> sound(Judged work, List<String> accepted, String reason) {
        List<String> asked = form(work).questions().stream().map(Form.Question::name).toList();
        Set<String> unknown = new LinkedHashSet<>(accepted);
        asked.forEach(unknown::remove);
        if (accepted.isEmpty() || !unknown.isEmpty()) {
            throw Refusal.invalid("questions", "Accepted are one or more questions of the form: %s.".formatted(String.join(", ", asked)),
                    "Reject the work if no part of it is right.");
        }
        List<String> parts = asked.stream().filter(accepted::contains).toList();
        if (parts.size() < asked.size() && (reason == null || reason.isBlank() || reason.length() > Reviewing.REASON_LENGTH_MAX)) {
            throw Refusal.invalid("reason", "Not accepting parts has a reason of 1 to %d characters.".formatted(Reviewing.REASON_LENGTH_MAX),
                    "Tell the annotator what was wrong with the others.");
        }
        return parts;
    }

    boolean isWhole(Judged work, List<String> parts) {
        return parts.size() == form(work).questions().size();
    }

    private Form form(Judged work) {
        int version = Sql.one(dataSource, Integer.class, "select form_version from submission where submission_id = ?", work.submissionId()).orElseThrow();
        return projects.form(work.projectId(), version);
    }

    /** Pays the share of the parts, cut by cumulative floor over the questions of the form, and tells which answers may be used. */
    void approve(Judged work, List<String> parts, UUID reviewerId, String reason, Instant at, Instant appealUntil) {
        long paid = share(work.rewardMinor(), form(work).questions().stream().map(Form.Question::name).toList(), parts);
        Sql.run(dataSource, """
                with decided as (
                    update submission set state = 'approved', decided_at = ?, judged_as = uuidv7(), accepted = ?, withheld_minor = ?, appeal_until = ? where submission_id = ?
                )
                insert into review (submission_id, reviewer_id, decision, reason, decided_at) values (?, ?, 'approved', ?, ?)
                """, at, parts.toArray(String[]::new), work.rewardMinor() - paid, appealUntil, work.submissionId(), work.submissionId(), reviewerId,
                reason, at);
        rows.owe(work, "reward", paid, BookingTime.periodOf(work.effectiveAt()), at);
        rows.owe(work, "supplement", work.hazardMinor(), BookingTime.periodOf(work.effectiveAt()), at);
        declarations.approveWith(List.of(work.claimId()), reviewerId, at);
        if (paid + work.hazardMinor() > 0) {
            ledger.post(new WorkApproved(work.submissionId(), work.projectId(), new Book(work.organisationId()), new Book(work.annotatorId()),
                    work.currency(), paid, work.hazardMinor()), at);
        }
        outbox.addAll(List.of(LabelFact.approved(work.submissionId(), work.projectId(), work.itemId()),
                LabelFact.narrowed(work.submissionId(), work.projectId(), work.itemId(), parts)));
    }

    static long share(long whole, List<String> questions, List<String> parts) {
        long share = 0;
        for (int k = 1; k <= questions.size(); k++) {
            if (parts.contains(questions.get(k - 1))) {
                share += whole * k / questions.size() - whole * (k - 1) / questions.size();
            }
        }
        return share;
    }

    /** An appeal was won: the rest is paid, and all answers may be used. */
    void restore(Judged work, Instant at) {
        long rest = work.withheldMinor();
        Sql.run(dataSource, "update submission set accepted = null, withheld_minor = 0, decided_at = ? where submission_id = ?", at, work.submissionId());
        if (rest > 0) {
            rows.owe(work, "adjustment", rest, BookingTime.periodOf(work.effectiveAt()), at);
            ledger.post(new WorkApproved(work.submissionId(), work.projectId(), new Book(work.organisationId()), new Book(work.annotatorId()),
                    work.currency(), rest, 0), at, "WorkApproved:%s:rest".formatted(work.submissionId()));
        }
        outbox.addAll(List.of(LabelFact.restored(work.submissionId(), work.projectId(), work.itemId())));
    }

    /** An appeal was lost: what was withheld goes back to the requester. */
    void keepRefused(Judged work, Instant at) {
        Sql.run(dataSource, "update submission set withheld_minor = 0 where submission_id = ?", work.submissionId());
        bookBack(new Refused(work.submissionId(), work.projectId(), work.organisationId(), work.currency(), work.withheldMinor(), at));
    }

    /** Projects in which refusals of parts become final next. */
    List<UUID> projectsOver(int count) {
        return Sql.list(dataSource, UUID.class, """
                select distinct project_id from (select project_id from submission where withheld_minor > 0 and appeal_until < clock_now()
                                                  order by appeal_until limit ?) over
                """, count);
    }

    /** Up to {@code count} whose refused parts nobody contested in time, in projects that the transaction holds. */
    int finish(Collection<UUID> projects, int count) {
        List<Refused> over = Sql.list(dataSource, Refused.class, """
                with picked as materialized (
                    select submission_id from submission
                     where withheld_minor > 0 and appeal_until < clock_now() and project_id = any (?)
                       and not exists (select from appeal where appeal.submission_id = submission.submission_id and appeal.state = 'open')
                     order by appeal_until limit ? for no key update skip locked
                )
                update submission s set withheld_minor = 0 from picked, project p
                 where s.submission_id = picked.submission_id and p.project_id = s.project_id
                returning s.submission_id, s.project_id, p.organisation_id, p.currency, old.withheld_minor, s.appeal_until
                """, projects.toArray(UUID[]::new), count);
        over.forEach(this::bookBack);
        return over.size();
    }

    private void bookBack(Refused refused) {
        if (refused.withheldMinor > 0) {
            ledger.postAll(List.of(Posting.of(new RejectionFinal(refused.submissionId, refused.projectId, new Book(refused.organisationId),
                    refused.currency, refused.withheldMinor), refused.appealUntil)));
        }
    }
}
