package io.kreislauf.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * Which cells of a report are not shown. A cell over fewer than k annotators is not; and if the total is shown, as many more
 * cells are not that the hidden ones together cannot be got by subtraction: at least two, with at least k annotators.
 */
public record Suppression(Set<String> hidden, boolean totalHidden) {

    /** @param annotators how many in each cell, nobody in two; the total is over all of them */
    public static Suppression of(Map<String, Integer> annotators, int k) {
        return of(annotators.keySet(), cells -> cells.stream().mapToInt(annotators::get).sum(), k);
    }

    /** @param annotators who is in each cell, some in several; the total is over all of them */
    public static Suppression ofPeople(Map<String, ? extends Set<?>> annotators, int k) {
        return of(annotators.keySet(), cells -> (int) cells.stream().flatMap(cell -> annotators.get(cell).stream()).distinct().count(), k);
    }

    private static Suppression of(Set<String> cells, ToIntFunction<Set<String>> people, int k) {
        Set<String> hidden = new LinkedHashSet<>();
        cells.stream().filter(cell -> people.applyAsInt(Set.of(cell)) < k).forEach(hidden::add);
        if (people.applyAsInt(cells) < k || cells.size() == 1 && !hidden.isEmpty()) {
            return new Suppression(Set.copyOf(cells), true);
        }
        List<String> next = new ArrayList<>(cells);
        next.removeAll(hidden);
        next.sort(Comparator.<String>comparingInt(cell -> people.applyAsInt(Set.of(cell))).thenComparing(Comparator.naturalOrder()));
        while (!hidden.isEmpty() && !next.isEmpty() && (hidden.size() < 2 || people.applyAsInt(hidden) < k)) {
            hidden.add(next.removeFirst());
        }
        return new Suppression(Set.copyOf(hidden), false);
    }
}
