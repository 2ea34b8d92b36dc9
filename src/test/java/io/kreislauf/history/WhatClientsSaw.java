package io.kreislauf.history;

import io.kreislauf.history.Event.Got;
import io.kreislauf.history.Event.Operation;
import io.kreislauf.history.Violation.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Goes through a history event by event, with nothing else to go by than what clients sent and were answered. It holds
 * against the application only what cannot be otherwise: a claim counts as live from its answer until something that may end
 * it has been sent; a call without an answer may have happened or not.
 */
final class WhatClientsSaw {

    /** @param clocks how often a move of the clock had begun or ended when the claim was asked for; -1: it is only known from a list */
    private record Known(UUID itemId, UUID annotatorId, long version, long clocks) {}

    private record Answered(UUID submission, String outcome, String answer) {}

    private record Person(UUID annotatorId, UUID itemId) {}

    private record Sent(long line, long clocks) {}

    private final int overlap;
    private final List<Violation> violations = new ArrayList<>();
    private final Map<UUID, Known> claims = new HashMap<>();
    private final Map<Long, UUID> versions = new HashMap<>();
    /** By item: claims that must be live now, and claims whose label was accepted. */
    private final Map<UUID, Set<UUID>> taken = new HashMap<>();
    private final Set<UUID> labels = new HashSet<>();
    private final Map<UUID, Answered> answers = new HashMap<>();
    private final Map<Person, UUID> latest = new HashMap<>();
    /** When it was acknowledged that a claim was given back or handed in: no lease of it can end any more. */
    private final Map<UUID, Long> settled = new HashMap<>();
    private final Map<Long, Sent> sent = new HashMap<>();
    private long line;
    private long clocks;

    private WhatClientsSaw(int overlap) {
        this.overlap = overlap;
    }

    static List<Violation> check(List<Event> history, int overlap) {
        WhatClientsSaw view = new WhatClientsSaw(overlap);
        history.forEach(view::step);
        history.forEach(view::refusedAgain);
        return view.violations;
    }

    private void step(Event event) {
        line++;
        switch (event.phase()) {
            case DISTURBED -> disturbed(event);
            case INVOKED -> invoked(event);
            case OK -> ok(event);
            case REFUSED, UNKNOWN -> sent.remove(event.call());
        }
    }

    /**
     * A clock that moves may end every claim that is no label yet. Two lines tell a move, one before and one after it: a claim
     * asked for between them may have got its lease from the clock before, and end by the same move.
     */
    private void disturbed(Event event) {
        if (event.operation() == Operation.CLOCK) {
            clocks++;
            taken.values().forEach(held -> held.retainAll(labels));
        }
    }

    private void invoked(Event event) {
        sent.put(event.call(), new Sent(line, clocks));
        if (event.operation() == Operation.RETURN && claims.containsKey(event.claimId()) && !labels.contains(event.claimId())) {
            held(claims.get(event.claimId()).itemId).remove(event.claimId());
        }
    }

    private void ok(Event event) {
        Sent invocation = sent.remove(event.call());
        switch (event.operation()) {
            case CLAIM -> event.got().forEach(got -> claimed(event, got, invocation));
            case LIST -> event.got().forEach(got -> listed(event, got));
            case SUBMIT -> submitted(event);
            case RETURN -> {
                own(event);
                settled.putIfAbsent(event.claimId(), line);
            }
            default -> { }
        }
    }

    private void claimed(Event event, Got got, Sent invocation) {
        if (claims.containsKey(got.claimId())) {
            listed(event, got);
            return;
        }
        known(event, got, invocation.clocks);
        UUID before = latest.put(new Person(event.annotatorId(), got.itemId()), got.claimId());
        if (before != null && (settled.getOrDefault(before, Long.MAX_VALUE) < invocation.line
                || claims.get(before).clocks == clocks && invocation.clocks == clocks)) {
            violations.add(new Violation(Rule.TWICE, "%s got item %s by claim %s after claim %s, which no lease has ended".formatted(
                    event.annotatorId(), got.itemId(), got.claimId(), before)));
        }
        if (invocation.clocks == clocks) {
            counted(got.itemId(), got.claimId());
        }
    }

    private void known(Event event, Got got, long clocksBefore) {
        claims.put(got.claimId(), new Known(got.itemId(), event.annotatorId(), got.version(), clocksBefore));
        UUID other = versions.put(got.version(), got.claimId());
        if (other != null) {
            violations.add(new Violation(Rule.FENCING, "claims %s and %s both have version %d".formatted(other, got.claimId(), got.version())));
        }
    }

    /** What a list tells is only remembered: it may be older than what has ended it. */
    private void listed(Event event, Got got) {
        Known known = claims.get(got.claimId());
        if (known == null) {
            known(event, got, -1);
            latest.putIfAbsent(new Person(event.annotatorId(), got.itemId()), got.claimId());
        } else if (known.version != got.version() || !known.itemId.equals(got.itemId()) || !known.annotatorId.equals(event.annotatorId())) {
            violations.add(new Violation(Rule.FENCING, "claim %s was told with version %d, then with %d".formatted(got.claimId(), known.version, got.version())));
        }
    }

    private void submitted(Event event) {
        if (!own(event)) {
            return;
        }
        Answered now = new Answered(event.submission(), event.outcome(), event.answer());
        Answered before = answers.put(event.claimId(), now);
        if (before != null && !before.equals(now)) {
            violations.add(new Violation(Rule.ANSWER, "claim %s was answered %s, then %s".formatted(event.claimId(), before, now)));
        }
        settled.putIfAbsent(event.claimId(), line);
        if (event.outcome().equals("ACCEPTED") && labels.add(event.claimId())) {
            counted(claims.get(event.claimId()).itemId, event.claimId());
        }
    }

    /** Whether the acknowledged call was its sender's to make. */
    private boolean own(Event event) {
        Known known = claims.get(event.claimId());
        if (known == null || !known.annotatorId.equals(event.annotatorId()) || known.version != event.version()) {
            violations.add(new Violation(Rule.STRANGER, "%s of claim %s by %s with version %d was accepted".formatted(
                    event.operation(), event.claimId(), event.annotatorId(), event.version())));
            return false;
        }
        return true;
    }

    private Set<UUID> held(UUID itemId) {
        return taken.computeIfAbsent(itemId, item -> new HashSet<>());
    }

    private void counted(UUID itemId, UUID claimId) {
        Set<UUID> held = held(itemId);
        held.add(claimId);
        if (held.size() > overlap) {
            violations.add(new Violation(Rule.OVERLAP, "item %s has %d live claims and labels at once, of %d".formatted(itemId, held.size(), overlap)));
        }
    }

    /** What was accepted may not be refused when it is sent again. */
    private void refusedAgain(Event event) {
        if (event.phase() == Event.Phase.REFUSED && "ALREADY_SUBMITTED".equals(event.outcome())) {
            Answered accepted = answers.get(event.claimId());
            if (accepted != null && accepted.answer.equals(event.answer())) {
                violations.add(new Violation(Rule.ANSWER, "claim %s: the accepted answer %s was refused when it came again".formatted(event.claimId(), event.answer())));
            }
        }
    }
}
