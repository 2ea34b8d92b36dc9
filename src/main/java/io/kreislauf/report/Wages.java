package io.kreislauf.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;

/**
 * The wage measures over a group of annotators. Whole numbers throughout: a wage is kept in thousandths of a minor unit per
 * hour and rounded once, half even. Medians do not compose: each group is computed from its own people.
 */
final class Wages {

    private static final long HOUR_MILLIS = 3_600_000;
    private static final int FINER = 1_000;
    static final int RESAMPLES = 1_000;

    /** Over annotators, in minor units per hour. */
    record Spread(Long pooled, Long median, Long mean, Long p10, Long p90) {}

    /** A 95 percent percentile interval from resampling annotators. */
    record Interval(Long low, Long high) {}

    private final List<Worker> workers;

    /** Annotators without time are left out: a wage by the hour is not defined for them. */
    Wages(List<Worker> workers) {
        this.workers = workers.stream().filter(w -> w.totalMillis() > 0).toList();
    }

    int annotators() {
        return workers.size();
    }

    long hoursMillis() {
        return sum(Worker::totalMillis);
    }

    long declaredMillis() {
        return sum(Worker::declaredMillis);
    }

    /** Null without submitted work. */
    Long advertised() {
        return perHour(sum(Worker::offeredMinor), sum(Worker::estimateMillis));
    }

    Spread afterTopUp() {
        return spread(Worker::payMinor);
    }

    Spread beforeTopUp() {
        return spread(w -> w.payMinor() - w.topUpMinor());
    }

    /** To four digits; null without time. */
    BigDecimal shareOutsideLabelling() {
        long total = hoursMillis();
        return total == 0 ? null : BigDecimal.valueOf(total - sum(Worker::directMillis)).divide(BigDecimal.valueOf(total), 4, RoundingMode.HALF_EVEN).stripTrailingZeros();
    }

    /** Of the median after top-up. The same seed gives the same interval. */
    Interval medianInterval(long seed) {
        if (workers.isEmpty()) {
            return new Interval(null, null);
        }
        long[] wages = fine(Worker::payMinor);
        SplittableRandom random = new SplittableRandom(seed);
        long[] medians = new long[RESAMPLES];
        long[] sample = new long[wages.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < sample.length; j++) {
                sample[j] = wages[random.nextInt(wages.length)];
            }
            Arrays.sort(sample);
            medians[i] = percentile(sample, 50);
        }
        Arrays.sort(medians);
        return new Interval(rounded(medians[RESAMPLES / 40]), rounded(medians[RESAMPLES - 1 - RESAMPLES / 40]));
    }

    private Spread spread(ToLongFunction<Worker> pay) {
        if (workers.isEmpty()) {
            return new Spread(null, null, null, null, null);
        }
        long[] wages = fine(pay);
        Arrays.sort(wages);
        BigInteger sum = Arrays.stream(wages).mapToObj(BigInteger::valueOf).reduce(BigInteger.ZERO, BigInteger::add);
        long mean = new BigDecimal(sum).divide(BigDecimal.valueOf(wages.length), 0, RoundingMode.HALF_EVEN).longValueExact();
        return new Spread(perHour(sum(pay), hoursMillis()), rounded(percentile(wages, 50)), rounded(mean), rounded(percentile(wages, 10)),
                rounded(percentile(wages, 90)));
    }

    private long[] fine(ToLongFunction<Worker> pay) {
        return workers.stream().mapToLong(w -> BigDecimal.valueOf(pay.applyAsLong(w)).multiply(BigDecimal.valueOf(HOUR_MILLIS * FINER))
                .divide(BigDecimal.valueOf(w.totalMillis()), 0, RoundingMode.HALF_EVEN).longValueExact()).toArray();
    }

    /** Linear between neighbours: type 7 of Hyndman and Fan 1996. {@code sorted} is not empty. */
    static long percentile(long[] sorted, int percent) {
        long place = (sorted.length - 1L) * percent;
        int below = (int) (place / 100);
        long rest = place % 100;
        return rest == 0 ? sorted[below] : sorted[below] + ((sorted[below + 1] - sorted[below]) * rest + 50) / 100;
    }

    private long sum(ToLongFunction<Worker> part) {
        return workers.stream().mapToLong(part).sum();
    }

    private static Long perHour(long minor, long millis) {
        return millis == 0 ? null : BigDecimal.valueOf(minor).multiply(BigDecimal.valueOf(HOUR_MILLIS))
                .divide(BigDecimal.valueOf(millis), 0, RoundingMode.HALF_EVEN).longValueExact();
    }

    private static Long rounded(long fine) {
        return BigDecimal.valueOf(fine).divide(BigDecimal.valueOf(FINER), 0, RoundingMode.HALF_EVEN).longValueExact();
    }
}
