package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.work.SubmissionRows.Held;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Giving a task back, or skipping it, without loss: the time is booked, somebody else gets the task. What timed out can be let go the same way:
 * what was observed of it since is booked, and nobody is asked for it again.
 */
@ApplicationScoped
public class Returning {

    static final int REASON_LENGTH_MAX = 2_000;

    /** @param reason in the annotator's words; may be null */
    public record Back(long fencingVersion, String reason) {}

    /** @param bookedMillis time booked as returned */
    public record Returned(UUID claimId, String state, long bookedMillis) {}

    private final SubmissionRows rows;
    private final EndingClaims ending;

    Returning(DataSource dataSource, EndingClaims ending) {
        this.rows = new SubmissionRows(dataSource);
        this.ending = ending;
    }

    /** @throws Refusal NOT_FOUND for somebody else's claim, FENCED, CLAIM_ENDED */
    @Transactional
    public Returned giveBack(Caller caller, UUID claimId, Back back) {
        return end(caller, claimId, back, "returned");
    }

    /** @throws Refusal NOT_FOUND for somebody else's claim, FENCED, CLAIM_ENDED */
    @Transactional
    public Returned skip(Caller caller, UUID claimId, Back back) {
        return end(caller, claimId, back, "skipped");
    }

    private Returned end(Caller caller, UUID claimId, Back back, String state) {
        if (back != null && back.reason() != null && back.reason().length() > REASON_LENGTH_MAX) {
            throw Refusal.tooLarge("reason", "A reason has at most %d characters.".formatted(REASON_LENGTH_MAX), "Shorten it.");
        }
        Held held = rows.lock(caller.personId(), claimId).orElseThrow(() -> Refusal.missing("claim", claimId));
        held.requireVersion(back == null ? null : back.fencingVersion());
        if (held.state().equals(state)) {
            return new Returned(claimId, state, 0);
        }
        if (held.hasTimedOut()) {
            return new Returned(claimId, held.claimedAnew() ? held.state() : state, ending.letGo(caller.personId(), held, state, back.reason()));
        }
        held.requireOpen();
        return new Returned(claimId, state, ending.end(caller.personId(), held, state, back.reason()));
    }
}
