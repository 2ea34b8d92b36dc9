package io.kreislauf.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.history.Ending.Claim;
import io.kreislauf.history.Ending.Slot;
import io.kreislauf.history.Ending.Submission;
import io.kreislauf.history.Ending.Told;
import io.kreislauf.history.Event.Got;
import io.kreislauf.history.Event.Operation;
import io.kreislauf.history.Violation.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The checker passes a sound history, and finds each violation that is planted in it. */
class CheckingTest {

    private static final UUID ANNA = UUID.randomUUID();
    private static final UUID BEN = UUID.randomUUID();
    private static final UUID CLEO = UUID.randomUUID();
    private static final UUID ITEM = UUID.randomUUID();
    private static final UUID LABEL_OF_ANNA = UUID.randomUUID();
    private static final UUID LABEL_OF_BEN = UUID.randomUUID();
    private static final Got FIRST = new Got(UUID.randomUUID(), ITEM, 1);
    private static final Got SECOND = new Got(UUID.randomUUID(), ITEM, 2);
    private static final Got THIRD = new Got(UUID.randomUUID(), ITEM, 3);

    private final List<Event> history = new ArrayList<>();
    private long calls;

    private Event sent(Event event) {
        Event numbered = event.at(history.size(), ++calls);
        history.add(numbered);
        return numbered;
    }

    private void claims(UUID who, Got... got) {
        answered(sent(Event.claiming(who, got.length)).ok(List.of(got), null, null));
    }

    private void submits(UUID who, Got got, String answer, UUID label, String outcome) {
        answered(sent(Event.submitting(who, got.claimId(), got.version(), answer)).ok(null, label, outcome));
    }

    private void answered(Event event) {
        history.add(event.at(history.size(), event.call()));
    }

    private Set<Rule> seen(int overlap) {
        return rules(WhatClientsSaw.check(history, overlap));
    }

    private static Set<Rule> rules(List<Violation> violations) {
        return violations.stream().map(Violation::rule).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void nobodyIsBlamedForASoundHistory() {
        claims(ANNA, FIRST);
        claims(BEN, SECOND);
        submits(ANNA, FIRST, "a", LABEL_OF_ANNA, "ACCEPTED");
        submits(ANNA, FIRST, "a", LABEL_OF_ANNA, "ACCEPTED");
        answered(sent(Event.submitting(ANNA, FIRST.claimId(), 1, "b")).refused("ALREADY_SUBMITTED"));
        sent(Event.disturbed(Operation.CLOCK, "PT11M"));
        claims(CLEO, THIRD);
        answered(sent(Event.returning(CLEO, THIRD.claimId(), 3)).ok(null, null, null));
        submits(BEN, SECOND, "b", LABEL_OF_BEN, "ACCEPTED");
        assertEquals(Set.of(), seen(2));
    }

    @Test
    void aThirdClaimOfAnItemThatWantsTwoLabelsIsFound() {
        claims(ANNA, FIRST);
        submits(ANNA, FIRST, "a", LABEL_OF_ANNA, "ACCEPTED");
        claims(BEN, SECOND);
        claims(CLEO, THIRD);
        assertEquals(Set.of(Rule.OVERLAP), seen(2));
    }

    @Test
    void aLateLabelAcceptedBesideFullOverlapIsFound() {
        claims(ANNA, FIRST);
        sent(Event.disturbed(Operation.CLOCK, "PT61M"));
        claims(BEN, SECOND);
        submits(ANNA, FIRST, "a", LABEL_OF_ANNA, "ACCEPTED");
        assertEquals(Set.of(Rule.OVERLAP), seen(1));
    }

    @Test
    void aLateLabelKeptBesideIsRight() {
        claims(ANNA, FIRST);
        sent(Event.disturbed(Operation.CLOCK, "PT61M"));
        claims(BEN, SECOND);
        submits(ANNA, FIRST, "a", LABEL_OF_ANNA, "LATE_KEPT");
        assertEquals(Set.of(), seen(1));
    }

    @Test
    void aClaimThatMayHaveEndedOrNotYetBegunIsNotHeldAgainstAnybody() {
        Event slow = sent(Event.claiming(ANNA, 1));
        sent(Event.disturbed(Operation.CLOCK, "PT11M"));
        claims(BEN, SECOND);
        answered(slow.ok(List.of(FIRST), null, null));
        sent(Event.returning(BEN, SECOND.claimId(), 2));
        claims(CLEO, THIRD);
        assertEquals(Set.of(), seen(1));
    }

    @Test
    void anItemTwiceByOnePersonIsFound() {
        claims(ANNA, FIRST);
        claims(ANNA, SECOND);
        assertEquals(Set.of(Rule.TWICE), seen(5));
    }

    @Test
    void anItemAgainAfterItWasHandedInIsFoundWhateverTheClockDid() {
        claims(ANNA, FIRST);
        submits(ANNA, FIRST, "a", LABEL_OF_ANNA, "ACCEPTED");
        sent(Event.disturbed(Operation.CLOCK, "PT3H"));
        claims(ANNA, SECOND);
        assertEquals(Set.of(Rule.TWICE), seen(5));
    }

    @Test
    void anItemAgainAfterALeaseMayHaveEndedIsRight() {
        claims(ANNA, FIRST);
        sent(Event.disturbed(Operation.CLOCK, "PT11M"));
        claims(ANNA, SECOND);
        assertEquals(Set.of(), seen(5));
    }

    @Test
    void aClaimMadeWhileTheClockMovesMayEndByThatMove() {
        sent(Event.disturbed(Operation.CLOCK, "PT61M"));
        claims(ANNA, FIRST);
        sent(Event.disturbed(Operation.CLOCK, "moved"));
        claims(ANNA, SECOND);
        assertEquals(Set.of(), seen(1));
    }

    @Test
    void anItemTwiceAfterTheClockHasMovedIsFound() {
        sent(Event.disturbed(Operation.CLOCK, "PT61M"));
        sent(Event.disturbed(Operation.CLOCK, "moved"));
        claims(ANNA, FIRST);
        claims(ANNA, SECOND);
        assertEquals(Set.of(Rule.TWICE), seen(5));
    }

    @Test
    void oneVersionForTwoClaimsIsFound() {
        claims(ANNA, FIRST);
        claims(BEN, new Got(UUID.randomUUID(), ITEM, 1));
        assertEquals(Set.of(Rule.FENCING), seen(5));
    }

    @Test
    void aSubmissionByAStrangerOrWithAWrongVersionIsFound() {
        claims(ANNA, FIRST);
        submits(BEN, FIRST, "a", LABEL_OF_ANNA, "ACCEPTED");
        assertEquals(Set.of(Rule.STRANGER), seen(5));
        history.clear();
        claims(ANNA, FIRST);
        submits(ANNA, new Got(FIRST.claimId(), ITEM, 7), "a", LABEL_OF_ANNA, "ACCEPTED");
        assertEquals(Set.of(Rule.STRANGER), seen(5));
    }

    @Test
    void anotherAnswerToTheSameSubmissionIsFound() {
        claims(ANNA, FIRST);
        submits(ANNA, FIRST, "a", LABEL_OF_ANNA, "ACCEPTED");
        submits(ANNA, FIRST, "a", LABEL_OF_BEN, "ACCEPTED");
        assertEquals(Set.of(Rule.ANSWER), seen(5));
        history.clear();
        claims(ANNA, FIRST);
        submits(ANNA, FIRST, "a", LABEL_OF_ANNA, "ACCEPTED");
        answered(sent(Event.submitting(ANNA, FIRST.claimId(), 1, "a")).refused("ALREADY_SUBMITTED"));
        assertEquals(Set.of(Rule.ANSWER), seen(5));
    }

    private final UUID slotOne = UUID.randomUUID();
    private final UUID slotTwo = UUID.randomUUID();

    /** Anna's label, Ben's lost answer whose label is there, and a slot that was given back to the requester. */
    private Ending ending() {
        claims(ANNA, FIRST);
        Event lost = sent(Event.claiming(BEN, 1));
        answered(lost.unknown("gone"));
        answered(sent(Event.listing(BEN)).ok(List.of(SECOND), null, null));
        submits(ANNA, FIRST, "a", LABEL_OF_ANNA, "ACCEPTED");
        answered(sent(Event.submitting(BEN, SECOND.claimId(), 2, "b")).unknown("gone"));
        UUID closed = UUID.randomUUID();
        return new Ending(3, 1, 10, 20,
                List.of(new Slot(slotOne, ITEM, 1, "filled", FIRST.claimId()), new Slot(slotTwo, ITEM, 2, "filled", SECOND.claimId()), new Slot(closed, ITEM, 3, "closed", null)),
                List.of(new Claim(FIRST.claimId(), slotOne, ITEM, ANNA, 1, "submitted", 100), new Claim(SECOND.claimId(), slotTwo, ITEM, BEN, 2, "submitted", 200)),
                List.of(new Submission(LABEL_OF_ANNA, FIRST.claimId(), slotOne, ITEM, ANNA, "a", false), new Submission(LABEL_OF_BEN, SECOND.claimId(), slotTwo, ITEM, BEN, "b", false)),
                List.of(new Told(UUID.nameUUIDFromBytes(new byte[] {1}), LABEL_OF_ANNA), new Told(UUID.nameUUIDFromBytes(new byte[] {2}), LABEL_OF_BEN),
                        new Told(UUID.nameUUIDFromBytes(new byte[] {2}), LABEL_OF_BEN)),
                List.of(LABEL_OF_ANNA, LABEL_OF_BEN));
    }

    private Set<Rule> found(Ending ending) {
        return rules(WhatIsThere.check(history, ending));
    }

    /** What is found when one list of the sound ending is changed. */
    private Set<Rule> foundWith(UnaryOperator<Ending> change) {
        history.clear();
        return found(change.apply(ending()));
    }

    private static <T> List<T> changed(List<T> list, Consumer<List<T>> change) {
        List<T> copy = new ArrayList<>(list);
        change.accept(copy);
        return copy;
    }

    private static Ending with(Ending e, List<Slot> slots, List<Claim> claims, List<Submission> submissions, List<Told> told, List<UUID> taken, long escrow) {
        return new Ending(e.overlap(), e.items(), e.rewardMinor(), escrow, slots, claims, submissions, told, taken);
    }

    @Test
    void aSoundEndingPassesRedeliveriesIncluded() {
        assertEquals(Set.of(), found(ending()));
    }

    @Test
    void aLostOrChangedLabelIsFound() {
        assertEquals(Set.of(Rule.LABEL, Rule.SLOT, Rule.TOPIC), foundWith(e -> with(e, e.slots(), e.claims(), changed(e.submissions(), s -> s.removeFirst()), e.submittedIds(),
                e.labelsTaken(), 20)));
        assertEquals(Set.of(Rule.LABEL), foundWith(e -> with(e, e.slots(), e.claims(), changed(e.submissions(), s -> s.set(0,
                new Submission(LABEL_OF_ANNA, FIRST.claimId(), slotOne, ITEM, ANNA, "other", false))), e.submittedIds(), e.labelsTaken(), 20)));
    }

    @Test
    void aLabelThatNobodySentIsFound() {
        assertEquals(Set.of(Rule.LABEL), foundWith(e -> with(e, e.slots(), e.claims(), changed(e.submissions(), s -> s.set(1,
                new Submission(LABEL_OF_BEN, SECOND.claimId(), slotTwo, ITEM, BEN, "never sent", false))), e.submittedIds(), e.labelsTaken(), 20)));
    }

    @Test
    void aLabelToldTwiceUnderTwoIdsOrNotAtAllIsFound() {
        assertEquals(Set.of(Rule.TOPIC), foundWith(e -> with(e, e.slots(), e.claims(), e.submissions(), changed(e.submittedIds(),
                t -> t.add(new Told(UUID.randomUUID(), LABEL_OF_ANNA))), e.labelsTaken(), 20)));
        assertEquals(Set.of(Rule.TOPIC), foundWith(e -> with(e, e.slots(), e.claims(), e.submissions(), changed(e.submittedIds(), t -> t.removeFirst()), e.labelsTaken(), 20)));
        assertEquals(Set.of(Rule.TOPIC), foundWith(e -> with(e, e.slots(), e.claims(), e.submissions(), e.submittedIds(), changed(e.labelsTaken(), t -> t.removeFirst()), 20)));
    }

    @Test
    void aClaimThatNobodyAskedForOrThatIsGoneIsFound() {
        assertEquals(Set.of(Rule.CLAIM), foundWith(e -> with(e, e.slots(), changed(e.claims(),
                c -> c.add(new Claim(UUID.randomUUID(), e.slots().getLast().slotId(), ITEM, CLEO, 9, "returned", 300))), e.submissions(), e.submittedIds(), e.labelsTaken(), 20)));
        assertEquals(Set.of(Rule.CLAIM, Rule.LABEL), foundWith(e -> with(e, e.slots(), changed(e.claims(), c -> c.removeFirst()), e.submissions(), e.submittedIds(),
                e.labelsTaken(), 20)));
    }

    @Test
    void versionsThatFallOnASlotAreFound() {
        assertEquals(Set.of(Rule.FENCING), foundWith(e -> {
            Got later = new Got(UUID.randomUUID(), ITEM, 0);
            claims(CLEO, later);
            return with(e, e.slots(), changed(e.claims(), c -> c.add(new Claim(later.claimId(), slotOne, ITEM, CLEO, 0, "returned", 300))), e.submissions(),
                    e.submittedIds(), e.labelsTaken(), 20);
        }));
    }

    @Test
    void aLostSlotAndASlotFilledByNothingAreFound() {
        assertEquals(Set.of(Rule.SLOT), foundWith(e -> with(e, changed(e.slots(), s -> s.removeLast()), e.claims(), e.submissions(), e.submittedIds(), e.labelsTaken(), 20)));
        assertEquals(Set.of(Rule.SLOT, Rule.ESCROW), foundWith(e -> with(e, changed(e.slots(), s -> s.set(2, new Slot(s.get(2).slotId(), ITEM, 3, "claimed", UUID.randomUUID()))),
                e.claims(), e.submissions(), e.submittedIds(), e.labelsTaken(), 20)));
    }

    @Test
    void wrongEscrowIsFound() {
        assertEquals(Set.of(Rule.ESCROW), foundWith(e -> with(e, e.slots(), e.claims(), e.submissions(), e.submittedIds(), e.labelsTaken(), 30)));
    }

    private static final UUID TAB = UUID.randomUUID();

    private void tells(UUID who, UUID claimId) {
        answered(sent(Event.observing(who, TAB, claimId)).ok(null, null, null));
    }

    private static Times.Seen seen(String kind, UUID claimId, long second) {
        return new Times.Seen(ANNA, TAB, kind, claimId, second * 1_000_000, second * 1_000_000);
    }

    private static Times.Booked booked(long from, long to) {
        return new Times.Booked(ANNA, from * 1_000_000, to * 1_000_000, "direct");
    }

    /** Anna shows her task from 100 s on, hands it in at 130 s, shows the next one, is away from 150 s to 500 s, and hides it. */
    private Set<Rule> foundInTime(Times.Booked... booked) {
        history.clear();
        List<Times.Seen> seen = List.of(seen("shown", FIRST.claimId(), 100), seen("active", FIRST.claimId(), 115), seen("shown", SECOND.claimId(), 135),
                seen("active", SECOND.claimId(), 150), seen("shown", SECOND.claimId(), 500), seen("hidden", null, 510));
        seen.forEach(each -> tells(ANNA, each.claimId()));
        return rules(WhatIsBooked.check(history, new Times(seen, List.of(booked), List.of(),
                List.of(new Times.Ended(FIRST.claimId(), 130_000_000, true, true), new Times.Ended(SECOND.claimId(), 600_000_000, false, false)))).violations());
    }

    @Test
    void aSecondThatWasSeenAndIsBookedToNothingOrTwiceIsFound() {
        assertEquals(Set.of(), foundInTime(booked(100, 130), booked(135, 165)));
        assertEquals(Set.of(), foundInTime(booked(100, 120), booked(120, 140), booked(135 + 5, 500), booked(500, 510)), "who books more is not asked why");
        assertEquals(Set.of(Rule.TIME), foundInTime(booked(100, 130), booked(135, 164)));
        assertEquals(Set.of(Rule.TIME), foundInTime(booked(101, 130), booked(135, 165)));
        assertEquals(Set.of(Rule.TIME), foundInTime(booked(100, 129), booked(135, 165)));
        assertEquals(Set.of(Rule.TIME), foundInTime(booked(100, 136), booked(135, 165)));
    }

    @Test
    void aHeartbeatThatWasAcknowledgedAndIsNotThereOrIsThereAndNobodySentItIsFound() {
        Times there = new Times(List.of(seen("shown", FIRST.claimId(), 100)), List.of(), List.of(), List.of());
        tells(ANNA, FIRST.claimId());
        assertEquals(Set.of(), rules(WhatIsBooked.check(history, there).violations()));
        answered(sent(Event.observing(ANNA, TAB, FIRST.claimId())).unknown("gone"));
        answered(sent(Event.observing(ANNA, TAB, FIRST.claimId())).refused("NOT_FOUND"));
        assertEquals(Set.of(), rules(WhatIsBooked.check(history, there).violations()));
        tells(ANNA, FIRST.claimId());
        assertEquals(Set.of(Rule.TIME), rules(WhatIsBooked.check(history, there).violations()));
        history.clear();
        answered(sent(Event.observing(ANNA, TAB, FIRST.claimId())).refused("NOT_FOUND"));
        assertEquals(Set.of(Rule.TIME), rules(WhatIsBooked.check(history, there).violations()));
    }

    @Test
    void aHistoryIsReadAsItWasWritten() throws Exception {
        ending();
        var file = java.nio.file.Files.createTempFile("history", ".jsonl");
        try (Recorder recorder = new Recorder(file)) {
            history.forEach(recorder::answered);
        }
        List<Event> read = Recorder.read(file);
        assertEquals(history.stream().map(e -> e.at(0, e.call())).toList(), read.stream().map(e -> e.at(0, e.call())).toList());
        java.nio.file.Files.delete(file);
    }
}
