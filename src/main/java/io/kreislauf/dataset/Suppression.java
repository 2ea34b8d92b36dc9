package io.kreislauf.dataset;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which cells of a report are not shown. A cell over fewer than k annotators is not; and if the total is shown, as many more
 * cells are not that the hidden ones together cannot be got by subtraction: at least two, with at least k annotators.
 */
public record Suppression(Set<String> hidden, boolean totalHidden) {

    /** @param annotators how many in each cell; the total is over all of them */
    public static Suppression of(Map<String, Integer> annotators, int k) {
        Set<String> hidden = new LinkedHashSet<>();
        annotators.forEach((cell, n) -> {
            if (n < k) {
                hidden.add(cell);
            }
        });
        int total = annotators.values().stream().mapToInt(Integer::intValue).sum();
        if (total < k || annotators.size() == 1 && !hidden.isEmpty()) {
            return new Suppression(Set.copyOf(annotators.keySet()), true);
        }
        List<String> next = new ArrayList<>(annotators.keySet());
        next.removeAll(hidden);
        next.sort(Comparator.<String>comparingInt(annotators::get).thenComparing(Comparator.naturalOrder()));
        while (!hidden.isEmpty() && !next.isEmpty() && (hidden.size() < 2 || sum(annotators, hidden) < k)) {
            hidden.add(next.removeFirst());
        }
        return new Suppression(Set.copyOf(hidden), false);
    }

    private static int sum(Map<String, Integer> annotators, Set<String> cells) {
        return cells.stream().mapToInt(annotators::get).sum();
    }
}
