package io.kreislauf.history;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.kreislauf.history.Event.Operation;
import io.kreislauf.history.Event.Phase;
import io.kreislauf.history.Times.Booked;
import io.kreislauf.history.Times.Ended;
import io.kreislauf.history.Times.Seen;
import io.kreislauf.history.Violation.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Holds what is booked against what pages were heard to say: each heartbeat that was acknowledged is there, no moment of a person is booked twice, and
 * each moment between two heartbeats that the server was to take for work is booked, or waits for a reviewer. The last is asked of what is certain only: of two
 * messages of a page about one task, or up to its end.
 */
final class WhatIsBooked {

    private static final long SECOND = 1_000_000;
    private static final long IDLE = 60 * SECOND;
    private static final long UNNOTICED_MAX = 35 * SECOND;
    private static final long BESIDE_A_GAP = 15 * SECOND;
    private static final long AROUND = 120 * SECOND;

    /** Times are kept in milliseconds. */
    private static final long ROUNDING = 2_000;

    private record Stretch(UUID annotatorId, UUID claimId, long from, long to) {}

    private final List<Violation> violations = new ArrayList<>();
    private final Times times;
    private final Map<UUID, Ended> ended;
    private long observed;

    /** @param observedMillis what is certain to be work, a moment of two pages twice */
    record Found(List<Violation> violations, long observedMillis, long bookedMillis) {}

    private WhatIsBooked(Times times) {
        this.times = times;
        this.ended = times.ended().stream().collect(toMap(Ended::claimId, identity()));
    }

    static Found check(List<Event> history, Times times) {
        WhatIsBooked check = new WhatIsBooked(times);
        check.heartbeatsAreThere(history);
        check.nothingTwice();
        check.nothingLost();
        return new Found(check.violations, check.observed / 1_000, times.booked().stream().mapToLong(b -> b.toMicros() - b.fromMicros()).sum() / 1_000);
    }

    private void require(boolean holds, String what, Object... values) {
        if (!holds) {
            violations.add(new Violation(Rule.TIME, what.formatted(values)));
        }
    }

    private void heartbeatsAreThere(List<Event> history) {
        record About(UUID tab, UUID claimId) {}
        Map<About, Integer> sent = new HashMap<>();
        Map<About, Integer> acknowledged = new HashMap<>();
        Map<About, Integer> there = new HashMap<>();
        for (Event event : history) {
            if (event.operation() == Operation.OBSERVE) {
                About about = new About(event.tab(), event.claimId());
                sent.merge(about, event.phase() == Phase.INVOKED ? 1 : event.phase() == Phase.REFUSED ? -1 : 0, Integer::sum);
                acknowledged.merge(about, event.phase() == Phase.OK ? 1 : 0, Integer::sum);
            }
        }
        times.seen().forEach(seen -> there.merge(new About(seen.tab(), seen.claimId()), 1, Integer::sum));
        sent.forEach((about, count) -> {
            int rows = there.getOrDefault(about, 0);
            require(acknowledged.get(about) <= rows && rows <= count, "%d heartbeats of %s were acknowledged of %d that may have been heard, and %d are there",
                    acknowledged.get(about), about, count, rows);
        });
    }

    private void nothingTwice() {
        times.booked().stream().collect(groupingBy(Booked::annotatorId)).forEach((annotator, of) -> {
            List<Booked> ordered = of.stream().sorted(Comparator.comparingLong(Booked::fromMicros)).toList();
            for (int i = 1; i < ordered.size(); i++) {
                require(ordered.get(i - 1).toMicros() <= ordered.get(i).fromMicros(), "%s is booked twice from %d on", annotator, ordered.get(i).fromMicros());
            }
        });
    }

    private void nothingLost() {
        Map<UUID, List<Booked>> booked = Stream.concat(times.booked().stream(), times.declared().stream()).sorted(Comparator.comparingLong(Booked::fromMicros)).collect(groupingBy(Booked::annotatorId));
        times.seen().stream().collect(groupingBy(Seen::tab)).values().forEach(tab -> stretches(tab).forEach(stretch -> {
            observed += stretch.to - stretch.from;
            long missing = stretch.to - stretch.from;
            for (Booked each : booked.getOrDefault(stretch.annotatorId, List.of())) {
                missing -= Math.max(0, Math.min(stretch.to, each.toMicros()) - Math.max(stretch.from, each.fromMicros()));
            }
            if (missing > ROUNDING) {
                require(false, "%d us of %s are booked to nothing%s", missing, stretch, around(stretch));
            }
        }));
    }

    /** What else is known of that person then, a line each, in seconds from the stretch's begin on. */
    private String around(Stretch stretch) {
        StringBuilder around = new StringBuilder();
        times.seen().stream().filter(seen -> seen.annotatorId().equals(stretch.annotatorId) && Math.abs(seen.atMicros() - stretch.from) <= AROUND)
                .sorted(Comparator.comparingLong(Seen::receivedMicros))
                .forEach(seen -> around.append("%n  %9.3f (heard %9.3f) page %s %s %s %s".formatted(since(stretch, seen.atMicros()), since(stretch, seen.receivedMicros()), seen.tab(),
                        seen.kind(), seen.claimId(), ended.containsKey(seen.claimId()) ? "%s %.3f".formatted(ended.get(seen.claimId()),
                                since(stretch, ended.get(seen.claimId()).atMicros())) : "")));
        Stream.concat(times.booked().stream(), times.declared().stream()).filter(each -> each.annotatorId().equals(stretch.annotatorId) && each.toMicros() >= stretch.from - AROUND && each.fromMicros() <= stretch.to + AROUND)
                .sorted(Comparator.comparingLong(Booked::fromMicros))
                .forEach(each -> around.append("%n  booked %9.3f to %9.3f %s".formatted(since(stretch, each.fromMicros()), since(stretch, each.toMicros()), each.what())));
        return around.toString();
    }

    private static double since(Stretch stretch, long micros) {
        return (micros - stretch.from) / 1e6;
    }

    private List<Stretch> stretches(List<Seen> tab) {
        List<Stretch> stretches = new ArrayList<>();
        UUID before = null;
        long lastInput = 0;
        for (int i = 0; i < tab.size(); i++) {
            Seen seen = tab.get(i);
            if (seen.claimId() != null) {
                if (seen.kind().equals("active") || !seen.claimId().equals(before)) {
                    lastInput = seen.atMicros();
                }
                long to = Math.min(end(seen, i + 1 < tab.size() ? tab.get(i + 1) : null), lastInput + IDLE);
                if (to > seen.atMicros()) {
                    stretches.add(new Stretch(seen.annotatorId(), seen.claimId(), seen.atMicros(), to));
                }
            }
            before = seen.claimId();
        }
        return stretches;
    }

    /** Until when the page was certainly seen with this task, and the server was to know it in time. */
    private long end(Seen seen, Seen next) {
        Ended end = ended.get(seen.claimId());
        long handedIn = end != null && end.handedIn() ? end.atMicros() : Long.MAX_VALUE;
        boolean inTime = next != null && (seen.claimId().equals(next.claimId()) && handedIn == Long.MAX_VALUE
                || end == null || end.atMicros() >= next.receivedMicros());
        if (inTime) {
            return Math.min(handedIn, next.receivedMicros() - seen.receivedMicros() <= UNNOTICED_MAX ? next.atMicros()
                    : Math.min(next.atMicros(), seen.atMicros() + BESIDE_A_GAP));
        }
        boolean untilItsEnd = end != null && end.inTime() && end.atMicros() > seen.atMicros();
        return !untilItsEnd ? Long.MIN_VALUE : end.atMicros() - seen.receivedMicros() <= UNNOTICED_MAX ? end.atMicros() : seen.atMicros() + BESIDE_A_GAP;
    }
}
