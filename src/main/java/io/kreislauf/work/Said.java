package io.kreislauf.work;

import io.kreislauf.Refusal;
import io.kreislauf.work.time.Observation.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A message of a page: what it was since it told last, the oldest first.
 *
 * @param tab       a random id of the page load
 * @param claimId   of every state that names none
 * @param projectId of every state that names none
 */
public record Said(UUID tab, UUID claimId, UUID projectId, List<State> states) {

    static final int STATES_MAX = 5_000;

    /** Nothing that a page kept for longer can be booked any more. */
    private static final long AGO_MILLIS_MAX = 90 * 86_400_000L;

    /** @param agoMillis how long before the sending it was so, by the page's clock; never increasing within a message */
    public record State(String kind, UUID claimId, UUID projectId, Long agoMillis) {

        private boolean saysWhatPagesAre() {
            return kind != null && Arrays.stream(Kind.values()).map(State::name).anyMatch(kind::equals);
        }

        /** Of a page outside tasks, whatever claim it names. */
        boolean saysOutside() {
            return Kind.valueOf(kind.toUpperCase(Locale.ROOT)).outside().isPresent();
        }

        boolean saysTask() {
            return claimId != null && (kind.equals("shown") || kind.equals("active"));
        }

        private static String name(Kind kind) {
            return kind.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The states of a message, each with the claim and the project that it is of, and its age.
     *
     * @throws Refusal naming the state at fault; TOO_LARGE
     */
    static List<State> sound(Said said) {
        if (said == null || said.tab == null || said.states == null) {
            throw Refusal.invalid("tab", "A page names itself and its states.", "Send {tab, states: [{kind, agoMillis}]}.");
        }
        if (said.states.size() > STATES_MAX) {
            throw Refusal.tooLarge("states", "A message has at most %d states.".formatted(STATES_MAX), "Send several messages, the oldest first.");
        }
        List<State> sound = new ArrayList<>();
        long ago = Long.MAX_VALUE;
        for (int i = 0; i < said.states.size(); i++) {
            State state = said.sound(said.states.get(i), ago, "states[%d]".formatted(i));
            ago = state.agoMillis;
            sound.add(state);
        }
        return sound;
    }

    private State sound(State state, long agoMillisMax, String field) {
        if (state == null || !state.saysWhatPagesAre()) {
            throw Refusal.invalid(field + ".kind", "No page is %s.".formatted(state == null ? null : state.kind), "Send one of %s.".formatted(
                    Arrays.stream(Kind.values()).map(State::name).collect(Collectors.joining(", "))));
        }
        long ago = state.agoMillis == null ? 0 : state.agoMillis;
        if (ago < 0) {
            throw Refusal.invalid(field + ".agoMillis", "The state would be in the future.", "Send how long ago it was so: 0 or more.");
        }
        if (ago > AGO_MILLIS_MAX) {
            throw Refusal.invalid(field + ".agoMillis", "The state is older than %d days.".formatted(AGO_MILLIS_MAX / 86_400_000L), "Send how many milliseconds ago it was so.");
        }
        if (ago > agoMillisMax) {
            throw Refusal.invalid(field + ".agoMillis", "The states are out of order.", "Send the oldest first.");
        }
        UUID claim = state.saysOutside() ? null : state.claimId == null ? claimId : state.claimId;
        if (state.kind.equals("shown") && claim == null) {
            throw Refusal.invalid(field + ".claimId", "A task that is shown has a claim.", "Name it, or say search outside a task.");
        }
        return new State(state.kind, claim, state.projectId == null ? projectId : state.projectId, ago);
    }
}
