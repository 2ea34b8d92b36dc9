package io.kreislauf.history;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.kreislauf.history.Ending.Claim;
import io.kreislauf.history.Ending.Slot;
import io.kreislauf.history.Ending.Submission;
import io.kreislauf.history.Ending.Told;
import io.kreislauf.history.Event.Got;
import io.kreislauf.history.Event.Operation;
import io.kreislauf.history.Event.Phase;
import io.kreislauf.history.Violation.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Holds what is there in the end against the history of what clients sent and were answered, and against itself. */
final class WhatIsThere {

    private static final Set<String> LIVE = Set.of("claimed", "shown");

    private final List<Event> history;
    private final Ending ending;
    private final Map<UUID, Claim> claims;
    private final Map<UUID, Submission> submissions;
    private final List<Violation> violations = new ArrayList<>();

    private WhatIsThere(List<Event> history, Ending ending) {
        this.history = history;
        this.ending = ending;
        this.claims = ending.claims().stream().collect(toMap(Claim::claimId, identity()));
        this.submissions = new HashMap<>();
        ending.submissions().forEach(s -> require(submissions.put(s.claimId(), s) == null, Rule.LABEL, "claim %s has two submissions", s.claimId()));
    }

    static List<Violation> check(List<Event> history, Ending ending) {
        WhatIsThere check = new WhatIsThere(history, ending);
        check.claimsAreThoseAskedFor();
        check.labelsAreThoseSent();
        check.topicTellsEachOnce();
        check.itemsAndPeople();
        check.versionsRise();
        check.slotsAreWhole();
        check.escrowIsRight();
        return check.violations;
    }

    private void require(boolean holds, Rule rule, String what, Object... values) {
        if (!holds) {
            violations.add(new Violation(rule, what.formatted(values)));
        }
    }

    private void claimsAreThoseAskedFor() {
        Set<UUID> told = new HashSet<>();
        Map<UUID, Integer> unknown = new HashMap<>();
        for (Event event : history) {
            if (event.phase() == Phase.OK && (event.operation() == Operation.CLAIM || event.operation() == Operation.LIST)) {
                for (Got got : event.got()) {
                    told.add(got.claimId());
                    Claim claim = claims.get(got.claimId());
                    require(claim != null && claim.annotatorId().equals(event.annotatorId()) && claim.itemId().equals(got.itemId())
                            && claim.version() == got.version(), Rule.CLAIM, "claim %s was told, and there is %s", got.claimId(), claim);
                }
            } else if (event.phase() == Phase.UNKNOWN && event.operation() == Operation.CLAIM) {
                unknown.merge(event.annotatorId(), event.count(), Integer::sum);
            }
        }
        ending.claims().stream().filter(claim -> !told.contains(claim.claimId())).collect(groupingBy(Claim::annotatorId, counting()))
                .forEach((annotator, count) -> require(count <= unknown.getOrDefault(annotator, 0), Rule.CLAIM,
                        "%s has %d claims that nobody was told of, and asked without an answer for %d", annotator, count, unknown.getOrDefault(annotator, 0)));
    }

    private void labelsAreThoseSent() {
        record Sent(UUID annotatorId, UUID claimId, long version, String answer) {}
        Set<Sent> sent = new HashSet<>();
        for (Event event : history) {
            if (event.operation() != Operation.SUBMIT) {
                continue;
            }
            if (event.phase() == Phase.INVOKED) {
                sent.add(new Sent(event.annotatorId(), event.claimId(), event.version(), event.answer()));
            } else if (event.phase() == Phase.OK) {
                Submission there = submissions.get(event.claimId());
                require(there != null && there.submissionId().equals(event.submission()) && there.answer().equals(event.answer())
                        && there.lateKept() == event.outcome().equals("LATE_KEPT"), Rule.LABEL,
                        "claim %s was acknowledged as %s %s %s, and there is %s", event.claimId(), event.submission(), event.answer(), event.outcome(), there);
            }
        }
        for (Submission there : ending.submissions()) {
            Claim claim = claims.get(there.claimId());
            require(claim != null && claim.annotatorId().equals(there.annotatorId()) && claim.itemId().equals(there.itemId())
                    && sent.contains(new Sent(there.annotatorId(), there.claimId(), claim.version(), there.answer())), Rule.LABEL, "nobody sent %s", there);
        }
    }

    private void topicTellsEachOnce() {
        Map<UUID, Set<UUID>> told = ending.submittedIds().stream().collect(groupingBy(Told::submissionId, mapping(Told::eventId, toSet())));
        Map<UUID, Long> taken = ending.labelsTaken().stream().collect(groupingBy(identity(), counting()));
        for (Submission there : ending.submissions()) {
            require(told.getOrDefault(there.submissionId(), Set.of()).size() == 1, Rule.TOPIC, "submission %s is told under %s", there.submissionId(),
                    told.getOrDefault(there.submissionId(), Set.of()));
            require(taken.getOrDefault(there.submissionId(), 0L) == 1, Rule.TOPIC, "submission %s was taken in %d times", there.submissionId(),
                    taken.getOrDefault(there.submissionId(), 0L));
        }
        require(told.size() == ending.submissions().size(), Rule.TOPIC, "%d submissions are told of, and %d are there", told.size(), ending.submissions().size());
        require(taken.size() == ending.submissions().size(), Rule.TOPIC, "%d submissions are taken in, and %d are there", taken.size(), ending.submissions().size());
    }

    private void itemsAndPeople() {
        record Person(UUID annotatorId, UUID itemId) {}
        Set<Person> holders = new HashSet<>();
        Set<Person> labellers = new HashSet<>();
        Map<UUID, Integer> taken = new HashMap<>();
        for (Claim claim : ending.claims()) {
            if (!claim.state().equals("lapsed")) {
                require(holders.add(new Person(claim.annotatorId(), claim.itemId())), Rule.TWICE, "%s has item %s twice", claim.annotatorId(), claim.itemId());
            }
            if (LIVE.contains(claim.state())) {
                taken.merge(claim.itemId(), 1, Integer::sum);
            }
        }
        for (Submission there : ending.submissions()) {
            require(labellers.add(new Person(there.annotatorId(), there.itemId())), Rule.TWICE, "%s labelled item %s twice", there.annotatorId(), there.itemId());
            if (!there.lateKept()) {
                taken.merge(there.itemId(), 1, Integer::sum);
            }
        }
        taken.forEach((item, count) -> require(count <= ending.overlap(), Rule.OVERLAP, "item %s has %d claims and labels, of %d", item, count, ending.overlap()));
    }

    /** By slot: in the order in which it was claimed, and as clients saw the order of two claims. */
    private void versionsRise() {
        Map<UUID, List<Claim>> bySlot = ending.claims().stream().collect(groupingBy(Claim::slotId));
        bySlot.forEach((slot, of) -> {
            List<Claim> ordered = of.stream().sorted(Comparator.comparingLong(Claim::claimedAtMicros)).toList();
            for (int i = 1; i < ordered.size(); i++) {
                require(ordered.get(i - 1).version() < ordered.get(i).version(), Rule.FENCING, "slot %s was claimed with version %d, then with %d", slot,
                        ordered.get(i - 1).version(), ordered.get(i).version());
            }
        });
        Map<UUID, Long> highest = new HashMap<>();
        Map<Long, Long> lineOfCall = new HashMap<>();
        Map<UUID, Long> lineOfHighest = new HashMap<>();
        long line = 0;
        for (Event event : history) {
            line++;
            if (event.operation() != Operation.CLAIM) {
                continue;
            }
            if (event.phase() == Phase.INVOKED) {
                lineOfCall.put(event.call(), line);
            } else if (event.phase() == Phase.OK) {
                for (Got got : event.got()) {
                    Claim claim = claims.get(got.claimId());
                    if (claim == null) {
                        continue;
                    }
                    Long before = highest.get(claim.slotId());
                    require(before == null || lineOfHighest.get(claim.slotId()) > lineOfCall.get(event.call()) || before < got.version(), Rule.FENCING,
                            "slot %s: version %d was told before version %d was asked for", claim.slotId(), before, got.version());
                    if (before == null || before < got.version()) {
                        highest.put(claim.slotId(), got.version());
                        lineOfHighest.put(claim.slotId(), line);
                    }
                }
            }
        }
    }

    private void slotsAreWhole() {
        require(ending.slots().size() == ending.items() * ending.overlap(), Rule.SLOT, "%d slots were made, and %d are there", ending.items() * ending.overlap(), ending.slots().size());
        Map<UUID, Set<Integer>> ordinals = ending.slots().stream().collect(groupingBy(Slot::itemId, mapping(Slot::ordinal, toSet())));
        ordinals.forEach((item, of) -> require(of.size() == ending.overlap(), Rule.SLOT, "item %s has the slots %s", item, of));
        Map<UUID, List<Submission>> labels = ending.submissions().stream().filter(s -> !s.lateKept()).collect(groupingBy(Submission::slotId));
        Map<UUID, List<Claim>> live = ending.claims().stream().filter(c -> LIVE.contains(c.state())).collect(groupingBy(Claim::slotId));
        for (Slot slot : ending.slots()) {
            List<UUID> filledBy = labels.getOrDefault(slot.slotId(), List.of()).stream().map(Submission::claimId).toList();
            List<UUID> heldBy = live.getOrDefault(slot.slotId(), List.of()).stream().map(Claim::claimId).toList();
            boolean whole = switch (slot.state()) {
                case "open", "closed", "unopened" -> slot.claimId() == null && filledBy.isEmpty() && heldBy.isEmpty();
                case "claimed" -> filledBy.isEmpty() && heldBy.size() == 1 && Objects.equals(heldBy.getFirst(), slot.claimId());
                case "filled" -> heldBy.isEmpty() && filledBy.size() == 1 && Objects.equals(filledBy.getFirst(), slot.claimId());
                default -> false;
            };
            require(whole, Rule.SLOT, "%s is held by %s and filled by %s", slot, heldBy, filledBy);
        }
        long filled = ending.slots().stream().filter(s -> s.state().equals("filled")).count();
        long counting = labels.values().stream().mapToLong(List::size).sum();
        require(filled == counting, Rule.SLOT, "%d slots are filled, by %d labels", filled, counting);
    }

    private void escrowIsRight() {
        long held = ending.slots().stream().filter(s -> !s.state().equals("closed")).count() * ending.rewardMinor();
        require(held == ending.escrowMinor(), Rule.ESCROW, "escrow holds %d, not %d", ending.escrowMinor(), held);
    }
}
