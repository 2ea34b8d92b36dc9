package io.kreislauf.work.time;

import static io.kreislauf.work.time.Observation.Kind.ACTIVE;
import static io.kreislauf.work.time.Observation.Kind.HIDDEN;
import static io.kreislauf.work.time.Observation.Kind.IDLE;
import static io.kreislauf.work.time.Observation.Kind.SEARCH;
import static io.kreislauf.work.time.Observation.Kind.SHOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.work.time.Attribution.Time;
import io.kreislauf.work.time.Observation.Kind;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.work.time.Subject.Outside;
import io.kreislauf.work.time.Subject.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Times in the examples are seconds. */
class AttributionTest {

    private static final UUID LEFT = new UUID(1, 1);
    private static final UUID RIGHT = new UUID(1, 2);
    private static final Task FIRST = new Task(new UUID(0, 1), -2, 60_000);
    private static final Task SECOND = new Task(new UUID(0, 2), -1, 60_000);
    private static final Outside LIST = new Outside(null, TimeClass.SEARCH, Outside.IDLE_MILLIS);

    private static Observation said(UUID tab, Kind kind, Subject subject, long at, long receivedAt) {
        return new Observation(tab, kind, subject, at * 1000, receivedAt * 1000);
    }

    private static Observation said(UUID tab, Kind kind, Subject subject, long at) {
        return said(tab, kind, subject, at, at);
    }

    private static long observedSeconds(Subject subject, List<Observation> said) {
        return observedSeconds(subject, said, List.of(), 100_000);
    }

    private static long observedSeconds(Subject subject, List<Observation> said, List<Subject> heard, long now) {
        return Intervals.millis(Attribution.of(said, heard, now * 1000).getOrDefault(subject, Time.NONE).observed()) / 1000;
    }

    private static long offlineSeconds(Subject subject, List<Observation> said) {
        return Intervals.millis(Attribution.of(said, List.of(), 100_000_000).getOrDefault(subject, Time.NONE).offline()) / 1000;
    }

    @Test
    void aVisibleTaskCountsBetweenHeartbeats() {
        var said = List.of(said(LEFT, SHOWN, FIRST, 0), said(LEFT, SHOWN, FIRST, 15), said(LEFT, SHOWN, FIRST, 30));
        assertEquals(30, observedSeconds(FIRST, said));
        assertEquals(37, observedSeconds(FIRST, said, List.of(FIRST), 37), "a submission is heard too");
    }

    @Test
    void aHiddenTabDoesNotCount() {
        assertEquals(15, observedSeconds(FIRST, List.of(said(LEFT, SHOWN, FIRST, 0), said(LEFT, HIDDEN, null, 10),
                said(LEFT, SHOWN, FIRST, 100), said(LEFT, HIDDEN, null, 105))));
    }

    @Test
    void thinkingIsWorkUpToTheIdleThresholdUntilTheNextInput() {
        var said = new ArrayList<Observation>();
        for (int t = 0; t <= 300; t += 15) {
            said.add(said(LEFT, SHOWN, FIRST, t));
        }
        assertEquals(60, observedSeconds(FIRST, said), "showing the task is the first input");
        said.add(said(LEFT, ACTIVE, FIRST, 20, 30));
        said.add(said(LEFT, ACTIVE, FIRST, 200, 210));
        assertEquals(80 + 60, observedSeconds(FIRST, said));
    }

    @Test
    void aSecondBelongsToTheVisibleTaskWithTheLatestInput() {
        var said = List.of(said(LEFT, SHOWN, FIRST, 0), said(RIGHT, SHOWN, SECOND, 10), said(LEFT, SHOWN, FIRST, 15),
                said(LEFT, ACTIVE, FIRST, 18), said(RIGHT, HIDDEN, null, 25), said(LEFT, HIDDEN, null, 30));
        assertEquals(10 + 12, observedSeconds(FIRST, said));
        assertEquals(8, observedSeconds(SECOND, said));
    }

    @Test
    void aTaskTakesNoTimeBeforeItsClaim() {
        Task claimed = new Task(new UUID(0, 3), 10_000, 60_000);
        var said = List.of(said(LEFT, SHOWN, FIRST, 0), said(RIGHT, ACTIVE, claimed, 4), said(LEFT, HIDDEN, null, 20), said(RIGHT, HIDDEN, null, 20));
        assertEquals(10, observedSeconds(FIRST, said));
        assertEquals(10, observedSeconds(claimed, said));
    }

    @Test
    void aTieGoesToTheEarlierClaim() {
        var said = List.of(said(LEFT, SHOWN, SECOND, 0), said(RIGHT, SHOWN, FIRST, 0), said(LEFT, HIDDEN, null, 20), said(RIGHT, HIDDEN, null, 20));
        assertEquals(20, observedSeconds(FIRST, said));
        assertEquals(0, observedSeconds(SECOND, said));
    }

    @Test
    void aLostConnectionIsObservedUpToOneHeartbeatAtEitherEndAndDeclaredBetween() {
        var said = List.of(said(LEFT, SHOWN, FIRST, 0), said(LEFT, ACTIVE, FIRST, 50, 100), said(LEFT, SHOWN, FIRST, 100), said(LEFT, HIDDEN, null, 105));
        assertEquals(15 + 15 + 5, observedSeconds(FIRST, said));
        assertEquals(70, offlineSeconds(FIRST, said));
    }

    @Test
    void aSleepingMachineDoesNotCount() {
        var said = List.of(said(LEFT, SHOWN, FIRST, 0), said(LEFT, HIDDEN, null, 7, 3600), said(LEFT, ACTIVE, FIRST, 3600), said(LEFT, HIDDEN, null, 3610));
        assertEquals(7 + 10, observedSeconds(FIRST, said));
        assertEquals(0, offlineSeconds(FIRST, said));
    }

    @Test
    void aPageNeverHeardOfAgainCountsUpToItsLastMessage() {
        assertEquals(15, observedSeconds(FIRST, List.of(said(LEFT, SHOWN, FIRST, 0), said(LEFT, SHOWN, FIRST, 15))));
    }

    @Test
    void searchingIsNotTheGapBetweenTwoTasks() {
        var said = List.of(said(LEFT, SHOWN, FIRST, 0), said(LEFT, HIDDEN, null, 10), said(LEFT, SEARCH, LIST, 40), said(LEFT, ACTIVE, LIST, 50),
                said(LEFT, SHOWN, SECOND, 55), said(LEFT, HIDDEN, null, 60));
        assertEquals(15, observedSeconds(LIST, said));
        assertEquals(10, observedSeconds(FIRST, said));
        assertEquals(5, observedSeconds(SECOND, said));
    }

    @Test
    void attributionAgreesWithAClockThatLooksEverySecond() {
        long seed = System.nanoTime();
        System.out.println("AttributionTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<Observation> said = randomDay(random);
            Map<Subject, Time> times = Attribution.of(said, List.of(), 100_000_000);
            Map<Subject, long[]> expected = SecondBySecond.count(said, 500);
            for (Subject subject : List.of(FIRST, SECOND, LIST)) {
                Time time = times.getOrDefault(subject, Time.NONE);
                long[] counted = expected.getOrDefault(subject, new long[2]);
                assertEquals(counted[0], Intervals.millis(time.observed()) / 1000, () -> "observed, seed " + seed + " " + said);
                assertEquals(counted[1], Intervals.millis(time.offline()) / 1000, () -> "offline, seed " + seed + " " + said);
            }
            var all = new ArrayList<Span>();
            times.values().forEach(t -> {
                all.addAll(t.observed());
                all.addAll(t.offline());
            });
            assertEquals(Intervals.millis(all), Intervals.millis(Intervals.union(all)), () -> "no moment twice, seed " + seed);
        }
    }

    private static List<Observation> randomDay(Random random) {
        List<Observation> said = new ArrayList<>();
        for (UUID tab : List.of(LEFT, RIGHT)) {
            long at = random.nextInt(30);
            while (at < 400) {
                long received = at + (random.nextInt(6) == 0 ? random.nextInt(80) : random.nextInt(3));
                int states = 1 + random.nextInt(3);
                for (int i = 0; i < states && at <= received; i++) {
                    Kind kind = Kind.values()[random.nextInt(5)];
                    Subject task = random.nextBoolean() ? FIRST : SECOND;
                    said.add(said(tab, kind, kind == SEARCH ? LIST : kind == HIDDEN || kind == IDLE ? null : task, at, received));
                    at += 1 + random.nextInt(10);
                }
                at = Math.max(at, received) + random.nextInt(random.nextInt(5) == 0 ? 90 : 16);
            }
        }
        return said;
    }

    /** The rules once more, as slowly and plainly as possible. */
    private static final class SecondBySecond {

        static Map<Subject, long[]> count(List<Observation> said, int seconds) {
            Map<Subject, long[]> counted = new HashMap<>();
            for (int second = 0; second < seconds; second++) {
                Subject best = null;
                long bestInput = 0;
                boolean bestSeen = false;
                for (UUID tab : List.of(LEFT, RIGHT)) {
                    List<Observation> page = said.stream().filter(o -> o.tab().equals(tab)).toList();
                    long moment = second * 1000L;
                    Subject subject = null;
                    long input = 0;
                    for (Observation o : page) {
                        if (o.at() <= moment) {
                            Subject next = o.kind() == HIDDEN || o.kind() == IDLE ? null : o.subject();
                            if (next != null && (!next.equals(subject) || o.kind() == ACTIVE)) {
                                input = o.at();
                            }
                            subject = next;
                        }
                    }
                    long lastHeard = page.stream().mapToLong(Observation::receivedAt).max().orElse(0);
                    if (subject == null || moment >= lastHeard || moment >= input + subject.idleMillis()) {
                        continue;
                    }
                    boolean seen = seen(page, moment);
                    boolean better = best == null || (seen != bestSeen ? seen : input != bestInput ? input > bestInput : earlier(subject, best));
                    if (better) {
                        best = subject;
                        bestInput = input;
                        bestSeen = seen;
                    }
                }
                if (best != null) {
                    counted.computeIfAbsent(best, s -> new long[2])[bestSeen ? 0 : 1]++;
                }
            }
            return counted;
        }

        private static boolean seen(List<Observation> page, long moment) {
            long before = page.stream().mapToLong(Observation::receivedAt).filter(r -> r <= moment).max().orElse(-1);
            long after = page.stream().mapToLong(Observation::receivedAt).filter(r -> r > moment).min().orElse(-1);
            if (before < 0) {
                return after - moment <= 15_000;
            }
            return after - before <= 35_000 || moment - before < 15_000 || after - moment <= 15_000;
        }

        private static boolean earlier(Subject one, Subject other) {
            return List.of(FIRST, SECOND, LIST).indexOf(one) < List.of(FIRST, SECOND, LIST).indexOf(other);
        }
    }
}
