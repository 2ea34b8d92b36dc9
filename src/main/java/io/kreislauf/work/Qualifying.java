package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Consent;
import io.kreislauf.people.Skills;
import io.kreislauf.project.Form;
import io.kreislauf.work.QualificationRows.Attempt;
import io.kreislauf.work.QualificationRows.Begun;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/** Taking a test: who answers enough of its tasks as they are known earns the level. The time is booked to the project it is for. */
@ApplicationScoped
public class Qualifying {

    /** A test this annotator may take. {@code triesLeft} counts those not handed in. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Offered(UUID qualificationId, String title, String organisation, String skill, String level, long tasks, int thresholdPercent,
                          long triesLeft, UUID projectId) {}

    /** @param projectId for which it is taken; null: the newest published one that asks for the skill */
    public record Wish(UUID projectId) {}

    public record Task(int ordinal, @JsonRawValue String content) {}

    /** What is to be answered, in its order; the page observes kind {@code qualification} for {@code projectId} meanwhile. */
    public record Paper(UUID attemptId, UUID qualificationId, UUID projectId, String title, String guidelines, @JsonRawValue String form,
                        List<Task> tasks, Instant begunAt) {}

    /** @param bookedMillis time booked with it */
    public record Result(UUID attemptId, int right, int of, boolean passed, String skill, String level, long triesLeft, long bookedMillis) {}

    private final QualificationRows rows;
    private final Skills skills;
    private final Consent consent;
    private final TakingQualification time;

    Qualifying(DataSource dataSource, Skills skills, Consent consent, TakingQualification time) {
        this.rows = new QualificationRows(dataSource);
        this.skills = skills;
        this.consent = consent;
        this.time = time;
    }

    /** Open tests whose level the annotator does not hold and that a published project asks for. */
    @Transactional
    public List<Offered> offered(Caller caller) {
        return rows.offered(caller.personId(), null);
    }

    /**
     * Begins a test, or gives the attempt that was begun and not handed in.
     *
     * @throws Refusal CONSENT_REQUIRED; NOT_FOUND if the test is not open, its level is held, or no such project asks for it; NO_TRIES_LEFT
     */
    @Transactional
    public Paper begin(Caller caller, UUID qualificationId, Wish wish) {
        if (!consent.given(caller.personId())) {
            throw Refusal.conflict("CONSENT_REQUIRED", "You have not agreed to your time being measured.", "Read the text at GET /api/me and answer it.");
        }
        UUID wanted = wish == null ? null : wish.projectId();
        rows.lock(caller.personId());
        Begun begun = rows.begun(caller.personId(), qualificationId).orElseGet(() -> {
            Offered offered = rows.offered(caller.personId(), qualificationId).stream().findFirst()
                    .orElseThrow(() -> Refusal.missing("qualification", qualificationId));
            if (offered.triesLeft() < 1) {
                throw Refusal.conflict("NO_TRIES_LEFT", "You have taken this test as often as one may.", "The requester can grant the skill.");
            }
            UUID projectId = rows.asks(wanted, qualificationId).orElseThrow(() -> Refusal.missing("project", wanted));
            rows.begin(caller.personId(), qualificationId, projectId);
            return rows.begun(caller.personId(), qualificationId).orElseThrow();
        });
        return new Paper(begun.attemptId(), qualificationId, begun.projectId(), begun.title(), begun.guidelines(), begun.form(),
                rows.tasks(qualificationId), begun.begunAt());
    }

    /**
     * Hands an attempt in. Handing it in again gives the same result.
     *
     * @param answers one for each task, in order
     * @throws Refusal NOT_FOUND for somebody else's attempt, or naming the answer at fault
     */
    @Transactional
    public Result handIn(Caller caller, UUID attemptId, List<JsonNode> answers) {
        Attempt attempt = rows.attempt(caller.personId(), attemptId).orElseThrow(() -> Refusal.missing("attempt", attemptId));
        if (attempt.passed() != null) {
            return result(caller, attempt, attempt.rightCount(), attempt.passed(), 0);
        }
        List<String> known = rows.known(attempt.qualificationId());
        if (answers == null || answers.size() != known.size()) {
            throw Refusal.invalid("answers", "The test has %d tasks.".formatted(known.size()), "Send an answer for each, in their order.");
        }
        Form form = AnswerJson.form(attempt.form());
        int right = 0;
        for (int i = 0; i < known.size(); i++) {
            form.check(answers.get(i));
            right += AnswerJson.read(known.get(i)).equals(answers.get(i)) ? 1 : 0;
        }
        boolean passed = right * 100 >= attempt.thresholdPercent() * known.size();
        rows.end(attemptId, answers.toString(), right, passed);
        if (passed) {
            skills.earn(caller.personId(), new Skills.Level(attempt.skillId(), attempt.level()));
        }
        var booked = time.handedIn(caller, attempt.projectId(), attemptId);
        return result(caller, attempt, right, passed, booked.observedMillis());
    }

    private Result result(Caller caller, Attempt attempt, int right, boolean passed, long bookedMillis) {
        return new Result(attempt.attemptId(), right, (int) attempt.tasks(), passed, attempt.skill(), attempt.levelName(),
                Math.max(0, attempt.triesMax() - rows.handedIn(caller.personId(), attempt.qualificationId())), bookedMillis);
    }
}
