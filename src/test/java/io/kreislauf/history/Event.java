package io.kreislauf.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/**
 * One line of a history. Their order is that of time: a call was sent after its line {@code INVOKED} was written, and
 * answered before its second line was.
 *
 * @param atMicros    since the beginning
 * @param call        pairs an invocation with its answer
 * @param annotatorId who called; null: nobody did, the line tells a disturbance
 * @param claimId     which claim the call was about, if it was about one
 * @param version     the fencing version sent with it
 * @param answer      the label sent with it
 * @param count       how many tasks were asked for
 * @param got         the tasks in the answer
 * @param submission  the id in the answer
 * @param tab         which page told what is before its person, where the call was a heartbeat
 * @param outcome     the state in the answer, the code of the refusal, or what the disturbance was about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Event(long atMicros, long call, Phase phase, Operation operation, UUID annotatorId, UUID claimId, Long version, String answer, Integer count,
             List<Got> got, UUID submission, UUID tab, String outcome) {

    /** UNKNOWN: no answer came, the call may have had its effect or may have it later. */
    enum Phase { INVOKED, OK, REFUSED, UNKNOWN, DISTURBED }

    /** The last six are disturbances. */
    enum Operation { CLAIM, LIST, SHOW, SUBMIT, RETURN, OBSERVE, CLOCK, KILL, START, STOP, CONTINUE, PAUSE }

    /** A task in an answer. */
    record Got(UUID claimId, UUID itemId, long version) {}

    static Event disturbed(Operation operation, String what) {
        return new Event(0, 0, Phase.DISTURBED, operation, null, null, null, null, null, null, null, null, what);
    }

    static Event claiming(UUID annotatorId, int count) {
        return new Event(0, 0, Phase.INVOKED, Operation.CLAIM, annotatorId, null, null, null, count, null, null, null, null);
    }

    static Event listing(UUID annotatorId) {
        return new Event(0, 0, Phase.INVOKED, Operation.LIST, annotatorId, null, null, null, null, null, null, null, null);
    }

    static Event showing(UUID annotatorId, UUID claimId) {
        return new Event(0, 0, Phase.INVOKED, Operation.SHOW, annotatorId, claimId, null, null, null, null, null, null, null);
    }

    /** @param claimId what is shown; null: nothing, the page is hidden */
    static Event observing(UUID annotatorId, UUID tab, UUID claimId) {
        return new Event(0, 0, Phase.INVOKED, Operation.OBSERVE, annotatorId, claimId, null, null, null, null, null, tab, null);
    }

    static Event submitting(UUID annotatorId, UUID claimId, long version, String answer) {
        return new Event(0, 0, Phase.INVOKED, Operation.SUBMIT, annotatorId, claimId, version, answer, null, null, null, null, null);
    }

    static Event returning(UUID annotatorId, UUID claimId, long version) {
        return new Event(0, 0, Phase.INVOKED, Operation.RETURN, annotatorId, claimId, version, null, null, null, null, null, null);
    }

    Event at(long micros, long number) {
        return new Event(micros, number, phase, operation, annotatorId, claimId, version, answer, count, got, submission, tab, outcome);
    }

    Event ok(List<Got> tasks, UUID submissionId, String state) {
        return new Event(0, call, Phase.OK, operation, annotatorId, claimId, version, answer, count, tasks, submissionId, tab, state);
    }

    Event refused(String code) {
        return new Event(0, call, Phase.REFUSED, operation, annotatorId, claimId, version, answer, count, null, null, tab, code);
    }

    Event unknown(String why) {
        return new Event(0, call, Phase.UNKNOWN, operation, annotatorId, claimId, version, answer, count, null, null, tab, why);
    }
}
