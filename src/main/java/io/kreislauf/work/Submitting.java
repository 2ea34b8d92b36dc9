package io.kreislauf.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.Refusal;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.people.Caller;
import io.kreislauf.project.Projects;
import io.kreislauf.stream.Outbox;
import io.kreislauf.work.SubmissionRows.Held;
import io.kreislauf.work.time.Attribution.Time;
import io.kreislauf.work.time.Intervals;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Handing a label in: one transaction that checks the claim and the answer, keeps the label, fills the slot, books the
 * time and leaves the event. Nothing submitted is ever refused for being late.
 */
@ApplicationScoped
public class Submitting {

    static final int ANSWER_LENGTH_MAX = 65_536;

    /** @param clientActiveMillis what the page thinks it took; only told, never booked */
    public record Answer(long fencingVersion, int formVersion, JsonNode answer, Long clientActiveMillis) {}

    /**
     * @param state        ACCEPTED; LATE_KEPT: the label came after the deadline and its slot is another's, so it counts to no overlap and is in no release
     * @param bookedMillis time booked with it
     */
    public record Submitted(UUID submissionId, String state, long bookedMillis, long rewardMinor, String currency) {}

    private final SubmissionRows rows;
    private final BookingClaims booking;
    private final Projects projects;
    private final Outbox outbox;

    Submitting(DataSource dataSource, BookingClaims booking, Projects projects, Outbox outbox) {
        this.rows = new SubmissionRows(dataSource);
        this.booking = booking;
        this.projects = projects;
        this.outbox = outbox;
    }

    /**
     * The same submission again is the same answer.
     *
     * @throws Refusal NOT_FOUND for somebody else's claim, FENCED, FORM_VERSION, CLAIM_ENDED, ALREADY_SUBMITTED (with
     *                 another answer), or naming the question whose answer does not fit
     */
    @Transactional
    public Submitted submit(Caller caller, UUID claimId, Answer given) {
        return submit(caller, claimId, given, null);
    }

    /** @param effectiveAt when the work was done, if a log or the demo tells; null: now */
    @Transactional
    public Submitted submit(Caller caller, UUID claimId, Answer given, Instant effectiveAt) {
        Held held = rows.lock(caller.personId(), claimId).orElseThrow(() -> Refusal.missing("claim", claimId));
        held.requireVersion(given == null || held.claimedAnew() ? null : given.fencingVersion());
        if (held.submissionId() != null) {
            return again(held, given);
        }
        if (held.state().equals("returned") || held.state().equals("skipped")) {
            throw Refusal.conflict("CLAIM_ENDED", "You gave this task back.", "Claim another one.");
        }
        if (given.formVersion() != held.formVersion()) {
            throw Refusal.conflict("FORM_VERSION", "The claim is for version %d of the form.".formatted(held.formVersion()),
                    "Answer the form that the claim shows.");
        }
        projects.form(held.projectId(), held.formVersion()).check(given.answer());
        return keep(caller.personId(), held, given.answer().toString(), effectiveAt == null ? held.now() : effectiveAt);
    }

    private static Submitted again(Held held, Answer given) {
        if (given.answer() == null || !sameJson(held.answer(), given.answer())) {
            throw Refusal.conflict("ALREADY_SUBMITTED", "This task was submitted with another answer.", "It cannot be changed any more.");
        }
        return new Submitted(held.submissionId(), held.lateKept() ? "LATE_KEPT" : "ACCEPTED", held.bookedMillis(),
                held.lateKept() ? 0 : held.rewardMinor(), held.currency());
    }

    private static boolean sameJson(String kept, JsonNode given) {
        return AnswerJson.read(kept).equals(given);
    }

    private Submitted keep(UUID annotatorId, Held held, String answer, Instant effectiveAt) {
        if (answer.length() > ANSWER_LENGTH_MAX) {
            throw Refusal.tooLarge("answer", "An answer has at most %d characters.".formatted(ANSWER_LENGTH_MAX), "Shorten it.");
        }
        boolean late = held.hasTimedOut();
        boolean kept = late && !held.slotState().equals("open");
        Time time = booking.unbooked(annotatorId, held, !late);
        LabourMillis returned = late ? booking.bookedAtTimeOut(held.claimId()) : LabourMillis.NONE;
        LabourMillis all = LabourMillis.observed(Intervals.millis(time.observed())).plus(returned);
        UUID submissionId = rows.submit(held, answer, effectiveAt, kept, all.observedMillis(), held.now().plus(Duration.ofDays(held.reviewDays())),
                kept ? "returned" : "direct", BookingTime.periodOf(effectiveAt), time.observed());
        if (returned.declaredMillis() > 0) {
            rows.declared(submissionId, returned.declaredMillis());
        }
        booking.submitted(annotatorId, held, submissionId, kept, time, returned, effectiveAt);
        outbox.addAll(List.of(LabelFact.submitted(submissionId, held.projectId(), held.itemId(), annotatorId, answer, !kept)));
        return new Submitted(submissionId, kept ? "LATE_KEPT" : "ACCEPTED", all.observedMillis() + all.declaredMillis(), kept ? 0 : held.rewardMinor(),
                held.currency());
    }
}
