package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Refusal;
import java.util.UUID;

/**
 * Something that keeps an annotator from claiming: told in the list of tasks, and as the reason of a refused claim.
 *
 * @param code            CONSENT_REQUIRED, NEEDS_REGION, NEEDS_LANGUAGE, NEEDS_SKILL, SHARE_REACHED, EXPOSURE_REACHED, OWN_EXPOSURE_REACHED,
 *                        RESERVE_EXHAUSTED, NOTHING_ASSIGNED or REST_DUE
 * @param what            which one: "German B2", "KE, UG", "120"; when a rest is over, as an instant; null: the code says all
 * @param says            the same as words that begin with a verb: "needs German B2"
 * @param qualificationId a test by which the skill can be earned; null: none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Lack(String code, String what, String says, String remedy, UUID qualificationId) {

    Lack(String code, String what, String says, String remedy) {
        this(code, what, says, remedy, null);
    }

    Refusal refusal() {
        return Refusal.conflict(code, "The project %s.".formatted(says), remedy);
    }
}
