package io.kreislauf.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShownTest {

    private final Figure direct = hours("hours.direct", 100);
    private final Figure rejected = hours("hours.rejected", 7);
    private final Figure returned = hours("hours.returned", 5);
    private final Figure wages = Figure.stated("v", "Wages", 1_200L, Figure.MINOR, "the book");

    private static Figure hours(String key, long millis) {
        return Figure.stated(key, key, millis, Figure.MILLIS, "the book");
    }

    private static Figure computed(String key, String unit, Figure... parts) {
        return Figure.computed(key, key, 42L, unit, "a formula", List.of(parts), "NO_TIME");
    }

    @Test
    void hidesAClassAndShowsTheOthers() {
        List<Figure> shown = new Shown(Set.of("hours.rejected", "hours.returned")).of(List.of(direct, rejected, returned, wages));
        assertEquals(direct, shown.get(0));
        assertNull(shown.get(1).value());
        assertNull(shown.get(2).value());
        assertEquals(wages, shown.get(3));
    }

    @Test
    void showsNoSumUpToAClassBesideAHiddenOne() {
        Figure part = computed("hours.direct", Figure.MILLIS, hours("hours.taken", 112), hours("before", 7), hours("upTo", 107));
        Figure shown = new Shown(Set.of("hours.rejected", "hours.returned")).of(List.of(part)).getFirst();
        assertEquals(42, shown.value());
        assertTrue(shown.parts().isEmpty());
    }

    @Test
    void hidesAWageThatTellsTheHoursItIsMeasuredAgainst() {
        Shown shown = new Shown(Set.of("hours.direct", "hours.rejected"));
        assertNull(shown.of(List.of(computed("wage.labelling", Figure.MINOR_PER_HOUR, wages, direct))).getFirst().value());
        Figure effective = shown.of(List.of(computed("wage.effective", Figure.MINOR_PER_HOUR, wages, direct, rejected, returned))).getFirst();
        assertEquals(42, effective.value());
        assertNull(effective.parts().get(1).value());
        assertEquals(5, effective.parts().get(3).value());
        assertNull(new Shown(Set.of("hours.review", "hours.direct")).of(List.of(computed("wage.effective", Figure.MINOR_PER_HOUR, wages, direct))).getFirst().value());
    }

    @Test
    void hidesEverythingOfAKindWhoseTotalIsHidden() {
        Shown shown = new Shown(Set.of("hours.direct", "hours.total"));
        assertNull(shown.of(List.of(hours("stock.hours", 3))).getFirst().value());
        assertNull(shown.of(List.of(hours("hours.search", 3))).getFirst().value());
        assertEquals(3, shown.of(List.of(hours("declared.direct", 3))).getFirst().value());
    }
}
