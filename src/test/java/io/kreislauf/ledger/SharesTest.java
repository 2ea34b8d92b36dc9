package io.kreislauf.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void partsAreByCumulativeFloorAndAddUp() {
        assertEquals(List.of(3L, 3L, 4L), IntStream.rangeClosed(1, 3).mapToObj(k -> Shares.part(10, k, 3)).toList());
        assertEquals(List.of(0L, 1L, 0L, 1L), IntStream.rangeClosed(1, 4).mapToObj(k -> Shares.part(2, k, 4)).toList());
        for (long whole : new long[] {0, 1, 7, 126_000, 421_87, Long.MAX_VALUE}) {
            for (int n : new int[] {1, 2, 3, 24, 1000}) {
                assertEquals(whole, IntStream.rangeClosed(1, n).mapToLong(k -> Shares.part(whole, k, n)).sum(), whole + " in " + n);
            }
        }
    }

    @Test
    void theFirstPartsTogetherAreTheirSum() {
        assertEquals(0, Shares.upTo(10, 0, 3));
        assertEquals(6, Shares.upTo(10, 2, 3));
        assertEquals(Long.MAX_VALUE, Shares.upTo(Long.MAX_VALUE, 1000, 1000));
    }

    @Test
    void aPartIsOneToNOfSomethingNotNegative() {
        assertEquals(5, Shares.part(5, 1, 1));
        assertEquals(0, Shares.part(0, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> Shares.part(5, 0, 2));
        assertThrows(IllegalArgumentException.class, () -> Shares.part(5, 3, 2));
        assertThrows(IllegalArgumentException.class, () -> Shares.part(5, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> Shares.part(-1, 1, 2));
    }

    @Test
    void aStockIsDividedInEveryCurrencyAndKind() {
        Stock whole = new Stock(List.of(new Cost("USD", 11, 5, 3), new Cost("EUR", 0, 7, 1)), new LabourMillis(9, 13));
        Stock second = whole.part(2, 2);
        assertEquals(new Stock(List.of(new Cost("USD", 6, 3, 2), new Cost("EUR", 0, 4, 1)), new LabourMillis(5, 7)), second);
        Stock both = whole.part(1, 2).plus(second);
        assertTrue(both.costs().containsAll(whole.costs()) && both.costs().size() == 2, "parts add up to the whole: " + both);
        assertEquals(whole.labour(), both.labour());
    }

    @Test
    void eachCurrencyIsAddedToItsOwn() {
        Stock dollars = new Stock(List.of(new Cost("USD", 1, 2, 3), new Cost("EUR", 4, 5, 6)), LabourMillis.observed(7));
        Stock euros = new Stock(List.of(new Cost("EUR", 10, 20, 30), new Cost("KES", 1, 1, 1)), LabourMillis.declared(8));
        assertEquals(Set.of(new Cost("USD", 1, 2, 3), new Cost("EUR", 14, 25, 36), new Cost("KES", 1, 1, 1)), Set.copyOf(dollars.plus(euros).costs()));
        assertEquals(new LabourMillis(7, 8), dollars.plus(euros).labour());
    }

    @Test
    void oneCostForEachCurrency() {
        assertThrows(IllegalArgumentException.class, () -> new Stock(List.of(new Cost("USD", 1, 0, 0), new Cost("USD", 2, 0, 0)), LabourMillis.NONE));
    }
}
