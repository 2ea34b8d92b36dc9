package io.kreislauf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class WagesTest {

    private static final long HOUR = 3_600_000;

    private static Worker worker(long payMinor, long topUpMinor, long hours, long directHours) {
        return new Worker("KE", payMinor, topUpMinor, hours * HOUR, 0, directHours * HOUR, payMinor, directHours * HOUR);
    }

    /** D's annotators in the worked example of the ledger: advertised 6.00, effective 4.00 before and 4.20 after the top-up. */
    @Test
    void theWorkedExampleComesOutAsItsSpecificationSays() {
        Wages wages = new Wages(List.of(new Worker("KE", 126_000, 6_000, 300 * HOUR, 0, 200 * HOUR, 126_000, 210 * HOUR)));
        assertEquals(600, wages.advertised());
        assertEquals(420, wages.afterTopUp().pooled());
        assertEquals(400, wages.beforeTopUp().pooled());
        assertEquals(new BigDecimal("0.3333"), wages.shareOutsideLabelling());
    }

    @Test
    void pooledMedianAndMeanAreDifferentMeasures() {
        Wages wages = new Wages(List.of(worker(100, 0, 1, 1), worker(200, 0, 1, 1), worker(2_700, 0, 9, 1)));
        Wages.Spread spread = wages.afterTopUp();
        assertEquals(3_000 / 11 + 1, spread.pooled(), "273 after rounding");
        assertEquals(200, spread.median());
        assertEquals(200, spread.mean());
        assertEquals(120, spread.p10());
        assertEquals(280, spread.p90());
    }

    @Test
    void whoHasNoTimeIsLeftOutAndRejectedPayCountsAsNone() {
        Wages wages = new Wages(List.of(worker(0, 0, 2, 2), new Worker("KE", 50, 0, 0, 0, 0, 50, 0)));
        assertEquals(1, wages.annotators());
        assertEquals(0, wages.afterTopUp().median());
    }

    @Test
    void withoutAnybodyNothingIsDefined() {
        Wages wages = new Wages(List.of());
        assertNull(wages.afterTopUp().median());
        assertNull(wages.advertised());
        assertNull(wages.shareOutsideLabelling());
        assertNull(wages.medianInterval(1).low());
    }

    @Test
    void theMedianOfTwoLiesBetweenThem() {
        assertEquals(15, Wages.percentile(new long[] {10, 20}, 50));
        assertEquals(10, Wages.percentile(new long[] {10, 20}, 0));
        assertEquals(20, Wages.percentile(new long[] {10, 20}, 100));
        assertEquals(7, Wages.percentile(new long[] {7}, 90));
    }

    @Test
    void theIntervalHoldsTheMedianAndIsTheSameForTheSameSeed() {
        List<Worker> workers = java.util.stream.LongStream.rangeClosed(1, 40).mapToObj(i -> worker(i * 10, 0, 1, 1)).toList();
        Wages.Interval interval = new Wages(workers).medianInterval(7);
        long median = new Wages(workers).afterTopUp().median();
        assertTrue(interval.low() < median && median < interval.high(), interval.toString());
        assertEquals(interval, new Wages(workers).medianInterval(7));
    }
}
