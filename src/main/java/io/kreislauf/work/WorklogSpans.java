package io.kreislauf.work;

import io.kreislauf.work.time.Intervals;
import io.kreislauf.work.time.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** When one worker of a log did what: no second in two tasks. Pure. */
final class WorklogSpans {

    private WorklogSpans() {}

    /**
     * @param taken        what is booked of the worker already
     * @param laidUntil    undated times are laid end to end backwards from here
     * @param groupsBooked groups whose time was booked before
     * @return by claim; a claim of which nothing is booked is missing
     */
    static Map<UUID, List<Span>> of(List<WorklogEntry> own, List<Span> taken, long laidUntil, Set<String> groupsBooked) {
        Map<UUID, List<Span>> spans = new HashMap<>();
        List<Span> booked = new ArrayList<>(taken);
        own.stream().filter(e -> e.span() != null)
                .sorted(Comparator.comparing(WorklogEntry::submittedAt).thenComparing(WorklogEntry::claimId))
                .forEach(e -> {
                    List<Span> left = Intervals.cutAtMidnight(Intervals.minus(List.of(e.span()), booked));
                    if (!left.isEmpty()) {
                        spans.put(e.claimId(), left);
                        booked.addAll(left);
                    }
                });
        undated(own, groupsBooked).forEach((claimId, millis) -> {
            List<Span> laid = Intervals.cutAtMidnight(Intervals.lastFree(laidUntil, millis, booked));
            if (!laid.isEmpty()) {
                spans.put(claimId, laid);
                booked.addAll(laid);
            }
        });
        return spans;
    }

    /** How long each undated task took; the one time of a group is shared out by cumulative floor, so that it is booked once. */
    private static Map<UUID, Long> undated(List<WorklogEntry> own, Set<String> groupsBooked) {
        Map<UUID, Long> millis = new LinkedHashMap<>();
        Map<String, List<WorklogEntry>> groups = new LinkedHashMap<>();
        for (WorklogEntry entry : own.reversed()) {
            if (entry.span() == null && entry.group() == null) {
                millis.put(entry.claimId(), entry.askedMillis());
            } else if (entry.span() == null && !groupsBooked.contains(entry.group())) {
                groups.computeIfAbsent(entry.group(), g -> new ArrayList<>()).add(entry);
            }
        }
        groups.values().forEach(group -> {
            long whole = group.stream().mapToLong(WorklogEntry::askedMillis).max().orElseThrow();
            for (int k = 1; k <= group.size(); k++) {
                millis.put(group.get(k - 1).claimId(), whole * k / group.size() - whole * (k - 1) / group.size());
            }
        });
        return millis;
    }
}
