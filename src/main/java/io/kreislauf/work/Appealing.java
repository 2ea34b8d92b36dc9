package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Roles;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.work.ReviewRows.Judged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Contesting a rejection, and deciding who is right. Until it is decided the reward stays in escrow. The first reviewer never decides; where the
 * organisation has no second one, the operator's arbiter does. What is not decided in time is won.
 */
@ApplicationScoped
public class Appealing {

    /** @param decideUntil not decided by then, it is won */
    public record Appeal(UUID appealId, UUID submissionId, String state, Instant decideUntil) {}

    private record Open(UUID appealId, UUID submissionId, String state, Instant decideUntil) {}

    private final DataSource dataSource;
    private final ReviewRows rows;
    private final DatabaseClock clock;
    private final BookingOutside outside;
    private final AdjustingWage adjusting;
    private final EndingRejections ending;

    Appealing(DataSource dataSource, DatabaseClock clock, BookingOutside outside, AdjustingWage adjusting, EndingRejections ending) {
        this.dataSource = dataSource;
        this.rows = new ReviewRows(dataSource);
        this.clock = clock;
        this.outside = outside;
        this.adjusting = adjusting;
        this.ending = ending;
    }

    /** @throws Refusal NOT_FOUND for somebody else's work, NOT_REJECTED, TOO_LATE, ALREADY_APPEALED */
    @Transactional
    public Appeal appeal(Caller caller, UUID submissionId, String reason) {
        if (reason == null || reason.isBlank() || reason.length() > Reviewing.REASON_LENGTH_MAX) {
            throw Refusal.invalid("reason", "An appeal has a reason of 1 to %d characters.".formatted(Reviewing.REASON_LENGTH_MAX),
                    "Say why the rejection is wrong.");
        }
        Judged work = rows.lock(submissionId).filter(w -> w.annotatorId().equals(caller.personId()))
                .orElseThrow(() -> Refusal.missing("submission", submissionId));
        Instant now = clock.now();
        if (find("submission_id", submissionId) != null) {
            throw Refusal.conflict("ALREADY_APPEALED", "This rejection was contested already.", "Wait for the decision.");
        }
        if (!work.state().equals("rejected") && !work.inParts()) {
            throw Refusal.conflict(work.state().equals("rejection_final") ? "TOO_LATE" : "NOT_REJECTED", "This work is %s.".formatted(work.state()),
                    "Only a rejection, of all or of parts, can be contested, within the time told.");
        }
        if (now.isAfter(work.appealUntil())) {
            throw Refusal.conflict("TOO_LATE", "The rejection could be contested until %s.".formatted(work.appealUntil()), "It is final.");
        }
        Sql.run(dataSource, "insert into appeal (submission_id, reason, made_at, decide_until) values (?, ?, ?, ?)",
                submissionId, reason.strip(), now, now.plus(Duration.ofDays(work.appealDays())));
        outside.withDeed(caller.personId(), TimeClass.ADMINISTRATION, work.projectId(), find("submission_id", submissionId).appealId);
        return shown(find("submission_id", submissionId));
    }

    /** As {@link #decide(Caller, UUID, boolean, String, Long, Instant)}, without more pay than was promised. */
    @Transactional
    public Appeal decide(Caller caller, UUID appealId, boolean won, String reason, Instant effectiveAt) {
        return decide(caller, appealId, won, reason, null, effectiveAt);
    }

    /**
     * @param adjustmentMinor pay beyond the reward, because the task took more than was told; paid from the reserve. null: none
     * @param effectiveAt     null: now
     * @throws Refusal NOT_FOUND, FIRST_REVIEWER, OWN_WORK, ALREADY_DECIDED, or naming the field at fault
     */
    @Transactional
    public Appeal decide(Caller caller, UUID appealId, boolean won, String reason, Long adjustmentMinor, Instant effectiveAt) {
        long adjustment = adjustmentMinor == null ? 0 : adjustmentMinor;
        if (adjustment < 0 || adjustment > GrantingBonus.AMOUNT_MINOR_MAX || adjustment > 0 && !won) {
            throw Refusal.invalid("adjustmentMinor", "Pay is adjusted upwards, by at most %d minor units, when an appeal is won."
                    .formatted(GrantingBonus.AMOUNT_MINOR_MAX), "Leave it out.");
        }
        if (reason == null || reason.isBlank() || reason.length() > Reviewing.REASON_LENGTH_MAX) {
            throw Refusal.invalid("reason", "A decision has a reason of 1 to %d characters.".formatted(Reviewing.REASON_LENGTH_MAX),
                    "Tell the annotator why.");
        }
        Open open = find("appeal_id", appealId);
        if (open == null) {
            throw Refusal.missing("appeal", appealId);
        }
        Judged work = rows.lock(open.submissionId).orElseThrow();
        requireJudge(caller, appealId, work);
        if (!find("appeal_id", appealId).state.equals("open")) {
            throw Refusal.conflict("ALREADY_DECIDED", "This appeal is decided.", "It stays so.");
        }
        Instant at = clock.effective(effectiveAt);
        settle(appealId, work, won, caller.personId(), reason.strip(), at);
        if (adjustment > 0) {
            adjusting.adjust(appealId, work, adjustment, at);
        }
        outside.withDeed(caller.personId(), TimeClass.REVIEW, work.projectId(), appealId);
        return shown(find("appeal_id", appealId));
    }

    private void requireJudge(Caller caller, UUID appealId, Judged work) {
        UUID first = rows.firstReviewer(work.submissionId());
        if (work.annotatorId().equals(caller.personId())) {
            throw Refusal.forbidden("OWN_WORK", "Nobody decides the own appeal.", "Ask another reviewer.");
        }
        if (caller.personId().equals(first)) {
            throw Refusal.forbidden("FIRST_REVIEWER", "Who rejected it does not decide the appeal.", "Ask another reviewer, or the operator's arbiter.");
        }
        if (work.organisationId().equals(caller.organisationId())) {
            return;
        }
        boolean second = Sql.one(dataSource, Boolean.class, """
                select exists (select from person where organisation_id = ? and roles && array['reviewer', 'requester']
                                  and person_id is distinct from ? and person_id <> ?)
                """, work.organisationId(), first, work.annotatorId()).orElseThrow();
        if (!caller.is(Roles.OPERATOR)) {
            throw Refusal.missing("appeal", appealId);
        }
        if (second) {
            throw Refusal.forbidden("ORGANISATION_DECIDES", "The organisation has a second reviewer.", "Leave the decision to them.");
        }
    }

    /** Up to {@code count} appeals that nobody decided in time. The work is locked before the appeal, as by {@link #decide}. */
    @Transactional
    int winBySilence(int count) {
        List<Open> over = Sql.list(dataSource, Open.class, """
                select appeal_id, submission_id, state, decide_until from appeal where state = 'open' and decide_until < clock_now()
                 order by decide_until limit ?
                """, count);
        over.forEach(this::winBySilence);
        return over.size();
    }

    private void winBySilence(Open open) {
        Judged work = rows.lock(open.submissionId).orElseThrow();
        if (find("appeal_id", open.appealId).state.equals("open")) {
            settle(open.appealId, work, true, null, "Not decided in time.", open.decideUntil);
        }
    }

    /** The oldest that nobody decided in time. */
    @Transactional
    List<UUID> undecided(int count) {
        return Sql.list(dataSource, UUID.class, "select appeal_id from appeal where state = 'open' and decide_until < clock_now() order by decide_until limit ?", count);
    }

    /** One of {@link #undecided}. */
    @Transactional
    void winBySilence(UUID appealId) {
        winBySilence(find("appeal_id", appealId));
    }

    private void settle(UUID appealId, Judged work, boolean won, UUID judge, String reason, Instant at) {
        Sql.run(dataSource, "update appeal set state = ?, decided_by = ?, decided_at = ?, decision = ? where appeal_id = ?",
                won ? "won" : "lost", judge, at, reason, appealId);
        if (won) {
            ending.overturn(appealId, work, at);
        } else {
            ending.uphold(work, at);
        }
    }

    private Open find(String by, UUID id) {
        return Sql.one(dataSource, Open.class, "select appeal_id, submission_id, state, decide_until from appeal where " + by + " = ?", id).orElse(null);
    }

    private static Appeal shown(Open appeal) {
        return new Appeal(appeal.appealId, appeal.submissionId, appeal.state, appeal.decideUntil);
    }
}
