package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Consent;
import io.kreislauf.work.ObservationRows.Before;
import io.kreislauf.work.ObservationRows.Mentioned;
import io.kreislauf.work.Said.State;
import io.kreislauf.work.time.Attribution;
import io.kreislauf.work.time.Intervals;
import io.kreislauf.work.time.Span;
import io.kreislauf.work.time.Subject.Task;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Hearing what a page says about the work before it. The server stamps each state with its own clock: the time of receipt
 * less the age that the page gives, never before what it had heard of that page already. A message that comes again after
 * a lost answer says nothing new and adds nothing. A refused message changes nothing: what was heard before stays.
 */
@ApplicationScoped
public class Observing {

    /** States of one person's pages: so many at once, and so many a second in the long run. Five windows side by side, all in use, tell no more. */
    static final int STATES_LEFT_MAX = 20_000;
    static final int STATES_A_SECOND = 10;

    /** What pages catch up on with more states than that leaves so many for what goes on meanwhile. */
    private static final int CATCHING_UP_STATES = 100;
    private static final int STATES_FOR_WHAT_GOES_ON = 1_000;

    /** A state of an earlier message may look this much older or newer by the way it travelled. */
    private static final long JITTER_MILLIS = 2_000;

    /**
     * Of two windows side by side the server can give a second only to what it has heard of both. When one of them is
     * submitted, what it knows of the other is not older than this.
     */
    static final long SIDE_BY_SIDE_MILLIS = 1_000;

    /** How much of a claim's time may be counted again with each heartbeat, beyond what can still change. */
    private static final long SEEN_EVERY_MILLIS = 60_000;

    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Heard(UUID claimId, long bookedMillis, Instant leaseUntil, Instant deadlineAt) {}

    /** @param heartbeatMillis how often the page is to send while it is visible: {@link #SIDE_BY_SIDE_MILLIS} if it is not the only one */
    public record Answer(Instant serverTime, List<Heard> claims, long heartbeatMillis) {}

    private final ObservationRows rows;
    private final TimeRows times;
    private final BookingTime booking;
    private final Consent consent;

    Observing(DataSource dataSource, BookingTime booking, Consent consent) {
        this.rows = new ObservationRows(dataSource);
        this.times = new TimeRows(dataSource);
        this.booking = booking;
        this.consent = consent;
    }

    /** @throws Refusal CONSENT_REQUIRED; NOT_FOUND for somebody else's claim; naming the state at fault; TOO_LARGE; TOO_MANY_STATES, to be sent again later */
    @Transactional
    public Answer hear(Caller caller, Said said) {
        List<State> states = Said.sound(said);
        if (!consent.given(caller.personId())) {
            throw Refusal.conflict("CONSENT_REQUIRED", "You have not agreed to your time being measured.", "Read the text at GET /api/me and answer it.");
        }
        Before before = rows.before(caller.personId(), said.tab());
        if (before.wasSilent()) {
            rows.forgetSeen(caller.personId());
        }
        Map<UUID, Mentioned> claims = own(caller, states);
        List<State> fresh = new ArrayList<>();
        List<Instant> ats = new ArrayList<>();
        for (State state : states) {
            Instant at = before.now().minusMillis(state.agoMillis());
            if (before.heardUntil() == null || !at.isBefore(before.heardUntil().minusMillis(JITTER_MILLIS))) {
                fresh.add(state);
                ats.add(before.heardUntil() != null && at.isBefore(before.heardUntil()) ? before.heardUntil() : at);
            }
        }
        requireRoom(fresh.size(), before.statesLeft());
        if (!fresh.isEmpty()) {
            keep(caller.personId(), said.tab(), before, fresh, ats, claims);
        }
        return new Answer(before.now(), claims.values().stream()
                .map(claim -> heard(caller.personId(), claim, before.now())).toList(),
                before.besides() ? SIDE_BY_SIDE_MILLIS : Attribution.HEARTBEAT_MILLIS);
    }

    /** What is refused is told again later, with its true age, so no second is lost by it. */
    private static void requireRoom(int states, long left) {
        long missing = states + (states > CATCHING_UP_STATES ? STATES_FOR_WHAT_GOES_ON : 0) - left;
        if (states > 0 && missing > 0) {
            throw Refusal.tooMany("TOO_MANY_STATES", "Your pages tell more states than are taken: %d at once, and %d a second.".formatted(STATES_LEFT_MAX, STATES_A_SECOND),
                    "Keep them, and send them again later with their age by then.", Math.ceilDiv(missing, STATES_A_SECOND));
        }
    }

    /**
     * The task was put before the annotator: from now on nobody else gets its slot before the deadline. A task that was shown and whose deadline is over can
     * still be handed in late; one that nobody had seen when its lease was over has to be claimed again, for there is no other door to it.
     *
     * @throws Refusal NOT_FOUND for somebody else's claim, CLAIM_ENDED
     */
    @Transactional
    public Heard show(Caller caller, UUID claimId) {
        Mentioned claim = rows.show(caller.personId(), claimId).stream().findFirst().orElseThrow(() -> Refusal.missing("claim", claimId));
        if (!claim.isOpen() && !claim.state().equals("expired")) {
            throw Refusal.conflict("CLAIM_ENDED", "The claim has ended before this: it is %s.".formatted(claim.state()), "Take the task away, and claim another one.");
        }
        return new Heard(claimId, 0, claim.leaseUntil(), claim.deadlineAt());
    }

    /** Goes on from what the heartbeats before it counted, so that it reads no more however long the claim is held. */
    private Heard heard(UUID annotatorId, Mentioned claim, Instant now) {
        boolean goesOn = claim.isOpen() && claim.seenUntil() != null;
        Instant since = goesOn ? claim.seenUntil() : claim.claimedAt();
        long before = goesOn ? claim.seenMillis() : 0;
        List<Span> observed = claim.state().equals("submitted") ? List.of() : booking.unbooked(annotatorId, new Task(claim.claimId(), claim.claimedAt().toEpochMilli(), claim.idleMillis()), since, now, false).observed();
        Instant settled = now.minusMillis(Attribution.GAP_MILLIS_MAX);
        if (claim.isOpen() && since.plusMillis(SEEN_EVERY_MILLIS).isBefore(settled)) {
            rows.seen(claim.claimId(), settled, before + Intervals.millis(Intervals.within(observed, since.toEpochMilli(), settled.toEpochMilli())));
        }
        long booked = times.bookedWith(claim.claimId()).stream().mapToLong(TimeRows.Booked::millis).sum();
        return new Heard(claim.claimId(), booked + before + Intervals.millis(observed), claim.leaseUntil(), claim.deadlineAt());
    }

    private Map<UUID, Mentioned> own(Caller caller, List<State> states) {
        UUID[] ids = states.stream().map(State::claimId).filter(Objects::nonNull).distinct().toArray(UUID[]::new);
        if (ids.length == 0) {
            return Map.of();
        }
        Map<UUID, Mentioned> claims = rows.mentioned(caller.personId(), ids).stream().collect(Collectors.toMap(Mentioned::claimId, Function.identity()));
        for (UUID id : ids) {
            if (!claims.containsKey(id)) {
                throw Refusal.missing("claim", id);
            }
        }
        return claims;
    }

    private void keep(UUID annotatorId, UUID tab, Before before, List<State> states, List<Instant> ats, Map<UUID, Mentioned> claims) {
        Map<UUID, Instant> shown = new LinkedHashMap<>();
        Instant outsideSince = before.outsideSince();
        Instant endedSince = before.overSince();
        for (int i = 0; i < states.size(); i++) {
            State state = states.get(i);
            if (state.saysTask()) {
                shown.putIfAbsent(state.claimId(), ats.get(i));
                Mentioned claim = claims.get(state.claimId());
                if (endedSince == null && claim.isOwedAt(ats.get(i))) {
                    endedSince = ats.get(i);
                }
                if (outsideSince == null && claim.isHandedIn()) {
                    outsideSince = claim.endedAt().isAfter(ats.get(i)) || state.claimId().equals(before.claimId()) ? claim.endedAt() : ats.get(i);
                }
            }
            if (outsideSince == null && state.saysOutside()) {
                outsideSince = ats.get(i);
            }
        }
        rows.keep(annotatorId, tab, before.now(), states.stream().map(State::kind).toArray(String[]::new),
                states.stream().map(State::claimId).toArray(UUID[]::new), states.stream().map(State::projectId).toArray(UUID[]::new),
                ats.toArray(Instant[]::new), shown.keySet().toArray(UUID[]::new), shown.values().toArray(Instant[]::new), outsideSince, endedSince);
    }
}
