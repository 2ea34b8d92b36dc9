package io.kreislauf.work.time;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Sets of moments, as lists of spans. What a method returns is sorted, disjoint, and no two spans touch: each set has one
 * form only (but for {@link #cutAtMidnight}). What it takes may be in any order and overlap.
 */
public final class Intervals {

    private static final long DAY_MILLIS = 86_400_000;

    private Intervals() {}

    /** Every moment that is in any of the spans. */
    public static List<Span> union(Collection<Span> spans) {
        List<Span> union = new ArrayList<>();
        long from = 0;
        long to = Long.MIN_VALUE;
        for (Span span : spans.stream().sorted().toList()) {
            if (to == Long.MIN_VALUE || span.from() > to) {
                if (to != Long.MIN_VALUE) {
                    union.add(new Span(from, to));
                }
                from = span.from();
                to = span.to();
            } else {
                to = Math.max(to, span.to());
            }
        }
        if (to != Long.MIN_VALUE) {
            union.add(new Span(from, to));
        }
        return union;
    }

    /** Every moment of {@code spans} that is in none of {@code without}. */
    public static List<Span> minus(Collection<Span> spans, Collection<Span> without) {
        List<Span> taken = union(without);
        List<Span> left = new ArrayList<>();
        int next = 0;
        for (Span span : union(spans)) {
            long from = span.from();
            while (next < taken.size() && taken.get(next).to() <= from) {
                next++;
            }
            for (int i = next; i < taken.size() && taken.get(i).from() < span.to(); i++) {
                if (taken.get(i).from() > from) {
                    left.add(new Span(from, taken.get(i).from()));
                }
                from = taken.get(i).to();
            }
            if (from < span.to()) {
                left.add(new Span(from, span.to()));
            }
        }
        return left;
    }

    /** Every moment of {@code spans} from {@code from} (inclusive) to {@code to} (exclusive). */
    public static List<Span> within(Collection<Span> spans, long from, long to) {
        List<Span> inside = new ArrayList<>();
        for (Span span : union(spans)) {
            long start = Math.max(from, span.from());
            long end = Math.min(to, span.to());
            if (start < end) {
                inside.add(new Span(start, end));
            }
        }
        return inside;
    }

    /** The first {@code millis} milliseconds of {@code spans}; all, if they are shorter. */
    public static List<Span> first(Collection<Span> spans, long millis) {
        List<Span> first = new ArrayList<>();
        long left = millis;
        for (Span span : union(spans)) {
            if (left > 0) {
                first.add(new Span(span.from(), span.from() + Math.min(left, span.millis())));
                left -= span.millis();
            }
        }
        return first;
    }

    /** How long all spans are together; a moment in two of them counts twice. */
    public static long millis(Collection<Span> spans) {
        return spans.stream().mapToLong(Span::millis).reduce(0, Math::addExact);
    }

    /** The same moments, with each span cut where a UTC day ends. */
    public static List<Span> cutAtMidnight(Collection<Span> spans) {
        List<Span> cut = new ArrayList<>();
        for (Span span : union(spans)) {
            long from = span.from();
            while (from < span.to()) {
                long midnight = (Math.floorDiv(from, DAY_MILLIS) + 1) * DAY_MILLIS;
                cut.add(new Span(from, Math.min(midnight, span.to())));
                from = midnight;
            }
        }
        return cut;
    }

    /** The last {@code millis} milliseconds before {@code end} that are in none of {@code taken}. */
    public static List<Span> lastFree(long end, long millis, Collection<Span> taken) {
        List<Span> free = new ArrayList<>();
        List<Span> booked = union(taken);
        long to = end;
        long needed = millis;
        for (int i = booked.size() - 1; i >= 0 && needed > 0; i--) {
            Span span = booked.get(i);
            if (span.from() >= to) {
                continue;
            }
            if (span.to() < to) {
                long from = Math.max(span.to(), to - needed);
                free.add(new Span(from, to));
                needed -= to - from;
            }
            to = span.from();
        }
        if (needed > 0) {
            free.add(new Span(to - needed, to));
        }
        return union(free);
    }
}
