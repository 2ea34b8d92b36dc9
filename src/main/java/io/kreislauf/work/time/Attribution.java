package io.kreislauf.work.time;

import io.kreislauf.work.time.Observation.Kind;
import io.kreislauf.work.time.Subject.Outside;
import io.kreislauf.work.time.Subject.Task;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/**
 * To which task each moment of one person belongs: the visible one with the latest input, over all tabs and devices; a
 * tie goes to the earlier claim. A visible task counts up to its idle threshold after the latest input, and becoming
 * visible is an input. Hidden and idle pages do not count, nor does a task before its claim.
 *
 * <p>A moment is observed if the server heard of the page up to one heartbeat before it and again later, or up to one
 * heartbeat after it; else it is only what the page kept while the connection was lost ({@code offline}).
 */
public final class Attribution {

    /** What pages keep between two messages at most. */
    public static final long HEARTBEAT_MILLIS = 15_000;

    /** A message may be late by this without the connection having been lost. */
    static final long LATENESS_MILLIS = 5_000;

    /** Two messages of a page that are further apart leave a gap that nobody saw. */
    public static final long GAP_MILLIS_MAX = 2 * HEARTBEAT_MILLIS + LATENESS_MILLIS;

    /** The moments of one subject: those the server saw, and those only the page knew. They do not overlap. */
    public record Time(List<Span> observed, List<Span> offline) {
        public static final Time NONE = new Time(List.of(), List.of());
    }

    /** A page's subject was counting from {@code from} to {@code to}, having had its latest input at {@code lastInput}. */
    private record Presence(Subject subject, long from, long to, long lastInput, boolean observed) {}

    /** Observed before what the page alone knew, then the latest input, then the earlier claim. */
    private static final Comparator<Presence> PRECEDENCE = Comparator.comparing(Presence::observed).reversed()
            .thenComparing(Comparator.comparingLong(Presence::lastInput).reversed())
            .thenComparingLong(p -> p.subject() instanceof Task task ? task.claimedAt() : Long.MAX_VALUE)
            .thenComparing(p -> p.subject().toString());

    private Attribution() {}

    /**
     * @param observations of one person, each tab's in the order in which they were heard
     * @param heard        subjects of which the server hears at this moment by other means (a submission): their page is
     *                     taken to have been there until then
     * @param now          the server's time
     */
    public static Map<Subject, Time> of(Collection<Observation> observations, Collection<? extends Subject> heard, long now) {
        Map<UUID, List<Observation>> tabs = new LinkedHashMap<>();
        observations.forEach(o -> tabs.computeIfAbsent(o.tab(), t -> new ArrayList<>()).add(o));
        List<Presence> presences = new ArrayList<>();
        tabs.values().forEach(tab -> presences.addAll(presences(tab, heard, now)));
        return shared(presences);
    }

    private static List<Presence> presences(List<Observation> tab, Collection<? extends Subject> heard, long now) {
        List<Observation> states = tab.stream().sorted(Comparator.comparingLong(Observation::at)).toList();
        TreeSet<Long> receipts = new TreeSet<>();
        states.forEach(o -> receipts.add(o.receivedAt()));
        List<Presence> presences = new ArrayList<>();
        Subject subject = null;
        long lastInput = 0;
        for (int i = 0; i < states.size(); i++) {
            Observation state = states.get(i);
            Subject next = subjectAfter(state, subject);
            if (next != null && (!next.equals(subject) || state.kind() == Kind.ACTIVE)) {
                lastInput = state.at();
            }
            subject = next;
            if (subject == null) {
                continue;
            }
            boolean last = i == states.size() - 1;
            if (last && heard.contains(subject)) {
                receipts.add(now);
            }
            long until = last ? receipts.last() : states.get(i + 1).at();
            long to = Math.min(until, lastInput + subject.idleMillis());
            long from = subject instanceof Task task ? Math.max(state.at(), task.claimedAt()) : state.at();
            if (from < to) {
                split(new Presence(subject, from, to, lastInput, true), observed(receipts, from, to), presences);
            }
        }
        return presences;
    }

    private static Subject subjectAfter(Observation state, Subject before) {
        return switch (state.kind()) {
            case SHOWN, SEARCH, WATCHING, REVIEW, QUALIFICATION, ADMINISTRATION, BREAK -> state.subject();
            case ACTIVE -> state.subject() instanceof Outside && before instanceof Outside ? before : state.subject();
            case HIDDEN, IDLE -> null;
        };
    }

    /** The parts of a stretch that the server saw; the stretch lies before the last receipt. */
    private static List<Span> observed(TreeSet<Long> receipts, long from, long to) {
        List<Span> seen = new ArrayList<>();
        Long before = receipts.floor(from);
        Long receipt = before == null ? receipts.first() : receipts.higher(before);
        if (before == null) {
            seen.add(new Span(receipt - HEARTBEAT_MILLIS, receipt));
            before = receipt;
            receipt = receipts.higher(receipt);
        }
        for (; receipt != null && before < to; before = receipt, receipt = receipts.higher(receipt)) {
            if (receipt - before <= GAP_MILLIS_MAX) {
                seen.add(new Span(before, receipt));
            } else {
                seen.add(new Span(before, before + HEARTBEAT_MILLIS));
                seen.add(new Span(receipt - HEARTBEAT_MILLIS, receipt));
            }
        }
        return Intervals.within(seen, from, to);
    }

    private static void split(Presence whole, List<Span> seen, List<Presence> into) {
        seen.forEach(s -> into.add(new Presence(whole.subject, s.from(), s.to(), whole.lastInput, true)));
        Intervals.minus(List.of(new Span(whole.from, whole.to)), seen)
                .forEach(s -> into.add(new Presence(whole.subject, s.from(), s.to(), whole.lastInput, false)));
    }

    /** Gives each moment to the first in precedence of those that were present. */
    private static Map<Subject, Time> shared(List<Presence> presences) {
        TreeSet<Long> edges = new TreeSet<>();
        presences.forEach(p -> {
            edges.add(p.from);
            edges.add(p.to);
        });
        List<Presence> coming = presences.stream().sorted(Comparator.comparingLong(Presence::from)).toList();
        List<Presence> present = new ArrayList<>();
        Map<Subject, List<Span>> observed = new HashMap<>();
        Map<Subject, List<Span>> offline = new HashMap<>();
        int next = 0;
        for (Long from : edges) {
            Long to = edges.higher(from);
            present.removeIf(p -> p.to <= from);
            while (next < coming.size() && coming.get(next).from == from) {
                present.add(coming.get(next++));
            }
            if (to != null && !present.isEmpty()) {
                Presence first = present.stream().min(PRECEDENCE).orElseThrow();
                (first.observed ? observed : offline).computeIfAbsent(first.subject, s -> new ArrayList<>()).add(new Span(from, to));
            }
        }
        Map<Subject, Time> times = new HashMap<>();
        presences.forEach(p -> times.computeIfAbsent(p.subject, s ->
                new Time(Intervals.union(observed.getOrDefault(s, List.of())), Intervals.union(offline.getOrDefault(s, List.of())))));
        return times;
    }
}
