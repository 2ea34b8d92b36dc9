package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.LabourEvent.WorkRejected;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Projects;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.Outbox;
import io.kreislauf.work.ReviewRows.Judged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Deciding on work. An approval makes the piece wage due. A rejection bars the use of the label and moves its time to
 * another class; it takes no time away, and it can be contested.
 */
@ApplicationScoped
public class Reviewing {

    static final int REASON_LENGTH_MAX = 2_000;
    private static final int BATCH = 1_000;

    public record Decided(UUID submissionId, String state, Instant appealUntil) {}

    /** @param approved how many were approved by this request */
    public record ApprovedRest(long approved) {}

    private final ReviewRows rows;
    private final TimeRows times;
    private final ApprovingWork approving;
    private final ApprovingParts parts;
    private final BookingOutside outside;
    private final Projects projects;
    private final DatabaseClock clock;
    private final Ledger ledger;
    private final Outbox outbox;

    Reviewing(DataSource dataSource, ApprovingWork approving, ApprovingParts parts, BookingOutside outside, Projects projects, DatabaseClock clock, Ledger ledger, Outbox outbox) {
        this.rows = new ReviewRows(dataSource);
        this.times = new TimeRows(dataSource);
        this.approving = approving;
        this.parts = parts;
        this.outside = outside;
        this.projects = projects;
        this.clock = clock;
        this.ledger = ledger;
        this.outbox = outbox;
    }

    /**
     * An approval of what is approved changes nothing.
     *
     * @param effectiveAt null: now
     * @throws Refusal NOT_FOUND, OWN_WORK, ALREADY_DECIDED if it was rejected
     */
    @Transactional
    public Decided approve(Caller caller, UUID submissionId, Instant effectiveAt) {
        Judged work = mine(caller, submissionId);
        if (work.state().equals("rejected") || work.state().equals("rejection_final")) {
            throw Refusal.conflict("ALREADY_DECIDED", "This work was rejected.", "A rejection is undone by deciding its appeal.");
        }
        if (work.state().equals("submitted")) {
            Instant at = clock.effective(effectiveAt);
            approving.follow(rows.approve(submissionId, caller.personId(), at), caller.personId(), at);
            bookReview(caller, work);
        }
        return new Decided(submissionId, "approved", null);
    }

    /**
     * Accepts the answers to some questions only. The same decision again changes nothing.
     *
     * @param questions   whose answers are accepted
     * @param reason      told to the annotator, unless all are accepted
     * @param effectiveAt null: now
     * @throws Refusal NOT_FOUND, OWN_WORK, ALREADY_DECIDED if it was rejected or approved, or naming the field at fault
     */
    @Transactional
    public Decided approveParts(Caller caller, UUID submissionId, List<String> questions, String reason, Instant effectiveAt) {
        Judged work = mine(caller, submissionId);
        List<String> accepted = parts.sound(work, questions, reason);
        if (work.state().equals("approved") && rows.accepted(submissionId).equals(accepted)) {
            return new Decided(submissionId, "approved", work.appealUntil());
        }
        if (!work.state().equals("submitted")) {
            throw Refusal.conflict("ALREADY_DECIDED", "This work is %s.".formatted(work.state()), "A decision is undone by deciding its appeal.");
        }
        if (parts.isWhole(work, accepted)) {
            return approve(caller, submissionId, effectiveAt);
        }
        Instant at = decidedAt(work, effectiveAt);
        Instant appealUntil = clock.now().plus(Duration.ofDays(work.appealDays()));
        parts.approve(work, accepted, caller.personId(), reason.strip(), at, appealUntil);
        bookReview(caller, work);
        return new Decided(submissionId, "approved", appealUntil);
    }

    /**
     * A rejection of what is rejected changes nothing. The right to appeal runs from now, whatever time the rejection is said to be of.
     *
     * @param reason      told to the annotator
     * @param effectiveAt null: now
     * @throws Refusal NOT_FOUND, OWN_WORK, ALREADY_DECIDED if it was approved
     */
    @Transactional
    public Decided reject(Caller caller, UUID submissionId, String reason, Instant effectiveAt) {
        return reject(caller, submissionId, reason, effectiveAt, clock.now());
    }

    /**
     * A rejection in a history that is told afterwards.
     *
     * @param toldAt when the annotator was told of it in that history: the right to appeal runs from then
     */
    @Transactional
    public Decided reject(Caller caller, UUID submissionId, String reason, Instant effectiveAt, Instant toldAt) {
        if (reason == null || reason.isBlank() || reason.length() > REASON_LENGTH_MAX) {
            throw Refusal.invalid("reason", "A rejection has a reason of 1 to %d characters.".formatted(REASON_LENGTH_MAX),
                    "Tell the annotator what was wrong.");
        }
        Judged work = mine(caller, submissionId);
        if (work.state().equals("approved")) {
            throw Refusal.conflict("ALREADY_DECIDED", "This work was approved, and its wage is due.", "Leave the label out of use instead.");
        }
        if (!work.state().equals("submitted")) {
            return new Decided(submissionId, work.state(), work.appealUntil());
        }
        Instant at = decidedAt(work, effectiveAt);
        Instant appealUntil = toldAt.plus(Duration.ofDays(work.appealDays()));
        rows.reject(submissionId, caller.personId(), reason.strip(), at, appealUntil);
        LabourMillis labour = new LabourMillis(work.observedMillis(), work.declaredMillis());
        if (!labour.isNone()) {
            ledger.post(new WorkRejected(submissionId, work.projectId(), new Book(work.organisationId()), new Book(work.annotatorId()), labour,
                    times.taken(work.claimId())), at);
            times.move(work.claimId(), "direct", "rejected");
        }
        outbox.addAll(List.of(LabelFact.rejected(submissionId, work.projectId(), work.itemId())));
        bookReview(caller, work);
        return new Decided(submissionId, "rejected", appealUntil);
    }

    /** Approves all that is not decided, in batches of their own transactions: what is done stays done if it stops. */
    public ApprovedRest approveRest(Caller caller, UUID projectId, Instant effectiveAt) {
        projects.own(caller, projectId);
        Instant at = effectiveAt == null ? null : clock.effective(effectiveAt);
        long approved = 0;
        for (int batch = BATCH; batch == BATCH; approved += batch) {
            batch = approving.some(caller, projectId, at, BATCH);
        }
        return new ApprovedRest(approved);
    }

    private Instant decidedAt(Judged work, Instant named) {
        Instant at = clock.effective(named);
        if (at.isBefore(work.effectiveAt())) {
            throw Refusal.invalid("effectiveAt", "The work was handed in at %s, after %s.".formatted(work.effectiveAt(), at), "Name a later time, or none for now.");
        }
        return at;
    }

    /** Who decides is observed like everybody: the time before the decision is booked with it. */
    private void bookReview(Caller caller, Judged work) {
        outside.withDeed(caller.personId(), TimeClass.REVIEW, work.projectId(), rows.latestReview(work.submissionId()));
    }

    private Judged mine(Caller caller, UUID submissionId) {
        Judged work = rows.lock(submissionId).filter(w -> w.organisationId().equals(caller.organisation()))
                .orElseThrow(() -> Refusal.missing("submission", submissionId));
        if (work.annotatorId().equals(caller.personId())) {
            throw Refusal.forbidden("OWN_WORK", "Nobody reviews the own work.", "Ask another reviewer.");
        }
        return work;
    }
}
