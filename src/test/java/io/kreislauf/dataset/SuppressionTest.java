package io.kreislauf.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuppressionTest {

    @Test
    void largeCellsAreShown() {
        assertEquals(new Suppression(Set.of(), false), Suppression.of(Map.of("KE", 10, "PH", 12), 10));
    }

    @Test
    void oneSmallCellTakesTheSmallestLargeOneWithIt() {
        assertEquals(new Suppression(Set.of("VE", "KE"), false), Suppression.of(Map.of("KE", 11, "PH", 12, "VE", 4), 10));
    }

    @Test
    void severalSmallCellsHideEachOtherOnlyIfTheyAreEnough() {
        assertEquals(Set.of("A", "B"), Suppression.of(Map.of("A", 6, "B", 5, "C", 30), 10).hidden());
        assertEquals(Set.of("A", "B", "C"), Suppression.of(Map.of("A", 2, "B", 3, "C", 30, "D", 40), 10).hidden());
    }

    @Test
    void aLoneSmallCellHidesTheTotalToo() {
        assertTrue(Suppression.of(Map.of("KE", 9), 10).totalHidden());
        assertTrue(Suppression.of(Map.of("KE", 4, "PH", 5), 10).totalHidden());
        assertFalse(Suppression.of(Map.of("KE", 10), 10).totalHidden());
    }

    @Test
    void whatIsHiddenCanNeverBeGotBySubtraction() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            Map<String, Integer> cells = new LinkedHashMap<>();
            for (int cell = 0; cell <= random.nextInt(6); cell++) {
                cells.put("R" + cell, 1 + random.nextInt(25));
            }
            Suppression suppression = Suppression.of(cells, 10);
            int hidden = suppression.hidden().stream().mapToInt(cells::get).sum();
            cells.forEach((cell, n) -> assertTrue(n >= 10 || suppression.hidden().contains(cell), "seed " + seed + " " + cells));
            assertTrue(suppression.totalHidden() || hidden == 0 || hidden >= 10 && suppression.hidden().size() >= 2, "seed " + seed + " " + cells + suppression);
        }
    }

    @Test
    void whoIsInSeveralCellsCountsOnce() {
        Set<Integer> four = Set.of(1, 2, 3, 4);
        assertTrue(Suppression.ofPeople(Map.of("direct", four, "returned", four, "rejected", four), 10).totalHidden(), "twelve cells of people, but four people");
        Set<Integer> twelve = IntStream.range(0, 12).boxed().collect(Collectors.toSet());
        assertEquals(Set.of("rejected", "direct"), Suppression.ofPeople(Map.of("direct", twelve, "search", twelve, "rejected", four), 10).hidden());
    }
}
