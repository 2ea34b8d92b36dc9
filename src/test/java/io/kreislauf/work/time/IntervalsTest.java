package io.kreislauf.work.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalsTest {

    private static final long DAY = 86_400_000;

    private static Span span(long from, long to) {
        return new Span(from, to);
    }

    @Test
    void aSpanEndsAfterItBegins() {
        assertThrows(IllegalArgumentException.class, () -> span(5, 5));
        assertThrows(IllegalArgumentException.class, () -> span(6, 5));
    }

    @Test
    void aSecondInTwoSpansIsInTheirUnionOnce() {
        assertEquals(List.of(span(0, 30)), Intervals.union(List.of(span(10, 30), span(0, 20))));
        assertEquals(List.of(span(0, 20)), Intervals.union(List.of(span(10, 20), span(0, 10))));
        assertEquals(List.of(span(0, 10), span(11, 20)), Intervals.union(List.of(span(11, 20), span(0, 10))));
        assertEquals(List.of(), Intervals.union(List.of()));
    }

    @Test
    void anIntervalIsCutAtMidnight() {
        assertEquals(List.of(span(DAY - 5, DAY), span(DAY, 2 * DAY), span(2 * DAY, 2 * DAY + 5)),
                Intervals.cutAtMidnight(List.of(span(DAY - 5, 2 * DAY + 5))));
        assertEquals(List.of(span(0, DAY)), Intervals.cutAtMidnight(List.of(span(0, DAY))));
        assertEquals(List.of(span(-5, 0), span(0, 5)), Intervals.cutAtMidnight(List.of(span(-5, 5))));
    }

    @Test
    void undatedTimeIsLaidEndToEndBackwardsIntoWhatIsFree() {
        assertEquals(List.of(span(70, 100)), Intervals.lastFree(100, 30, List.of()));
        assertEquals(List.of(span(60, 80), span(90, 100)), Intervals.lastFree(100, 30, List.of(span(80, 90))));
        assertEquals(List.of(span(50, 80)), Intervals.lastFree(100, 30, List.of(span(80, 120))));
        assertEquals(List.of(), Intervals.lastFree(100, 0, List.of(span(80, 90))));
    }

    @Test
    void theAlgebraAgreesWithSetsOfSingleMoments() {
        long seed = System.nanoTime();
        System.out.println("IntervalsTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            List<Span> one = spans(random);
            List<Span> other = spans(random);
            BitSet both = moments(one);
            both.or(moments(other));
            List<Span> together = new ArrayList<>(one);
            together.addAll(other);
            assertEquals(canonical(both), Intervals.union(together), () -> "seed " + seed);
            BitSet left = moments(one);
            left.andNot(moments(other));
            assertEquals(canonical(left), Intervals.minus(one, other), () -> "seed " + seed);
            int from = random.nextInt(100);
            int to = from + random.nextInt(30);
            BitSet inside = moments(one);
            inside.clear(0, from);
            inside.clear(to, 400);
            assertEquals(canonical(inside), Intervals.within(one, from, to), () -> "seed " + seed);
            List<Span> free = Intervals.lastFree(300, from, one);
            assertEquals(from, Intervals.millis(free), () -> "seed " + seed);
            assertEquals(free, Intervals.minus(free, one), () -> "seed " + seed);
        }
    }

    private static List<Span> spans(Random random) {
        List<Span> spans = new ArrayList<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            int from = random.nextInt(120);
            spans.add(span(from, from + 1 + random.nextInt(20)));
        }
        return spans;
    }

    private static BitSet moments(List<Span> spans) {
        BitSet moments = new BitSet();
        spans.forEach(s -> moments.set((int) s.from(), (int) s.to()));
        return moments;
    }

    private static List<Span> canonical(BitSet moments) {
        List<Span> spans = new ArrayList<>();
        for (int from = moments.nextSetBit(0); from >= 0; from = moments.nextSetBit(moments.nextClearBit(from))) {
            spans.add(span(from, moments.nextClearBit(from)));
        }
        return spans;
    }
}
