package io.kreislauf.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;

/** What a run of claim and submit measured. Times are nanoseconds. */
record Cycles(long count, double seconds, long[] claimNanos, long[] submitNanos) {

    /** One annotator's turn: claims and submits one task; null: nothing was left to claim. */
    interface Turn {
        /** How long claim and submit took. */
        long[] take() throws Exception;
    }

    /** Lets every turn repeat itself, side by side, for so long or until so many cycles have begun. */
    static Cycles run(ExecutorService threads, List<Turn> turns, double seconds, long countMax, LongAdder done) throws Exception {
        AtomicLong left = new AtomicLong(countMax);
        long began = System.nanoTime();
        long until = began + (long) (seconds * 1e9);
        List<Callable<List<long[]>>> loops = new ArrayList<>();
        for (Turn turn : turns) {
            loops.add(() -> {
                List<long[]> taken = new ArrayList<>();
                while (System.nanoTime() < until && left.getAndDecrement() > 0) {
                    long[] times = turn.take();
                    if (times == null) {
                        break;
                    }
                    taken.add(times);
                    done.increment();
                }
                return taken;
            });
        }
        List<long[]> all = new ArrayList<>();
        for (var loop : threads.invokeAll(loops)) {
            all.addAll(loop.get());
        }
        double took = (System.nanoTime() - began) / 1e9;
        return new Cycles(all.size(), took, all.stream().mapToLong(t -> t[0]).sorted().toArray(), all.stream().mapToLong(t -> t[1]).sorted().toArray());
    }

    /** Both, as if one had followed the other. */
    Cycles and(Cycles other) {
        return new Cycles(count + other.count, seconds + other.seconds, LongStream.concat(LongStream.of(claimNanos), LongStream.of(other.claimNanos)).sorted().toArray(),
                LongStream.concat(LongStream.of(submitNanos), LongStream.of(other.submitNanos)).sorted().toArray());
    }

    double perSecond() {
        return Math.round(count / seconds * 10) / 10.0;
    }

    static double millis(long[] sortedNanos, double quantile) {
        return sortedNanos.length == 0 ? 0 : Math.round(sortedNanos[(int) Math.min(sortedNanos.length - 1, quantile * sortedNanos.length)] / 1e4) / 100.0;
    }

    @Override
    public String toString() {
        return "%,d cycles in %.1f s: %.0f/s, claim p50 %.1f p99 %.1f ms, submit p50 %.1f p99 %.1f ms".formatted(count, seconds, count / seconds,
                millis(claimNanos, 0.5), millis(claimNanos, 0.99), millis(submitNanos, 0.5), millis(submitNanos, 0.99));
    }
}
