package io.kreislauf.replay;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A log of crowd work, read whole.
 *
 * @param rows    in the order of the file
 * @param content what is known of each item, by item
 * @param gold    the known answer, by item; empty if there is none
 * @param assumed what the reader took for granted
 */
record CrowdLog(String name, List<LogRow> rows, Map<String, Map<String, String>> content, Map<String, String> gold, List<String> assumed) {

    /** Which rows become labels. */
    record Sorted(List<LogRow> kept, List<LogRow> misfits, List<LogRow> repeated) {}

    /** The first row of each item and worker is kept, unless its answer is none of the choices. */
    Sorted sorted() {
        Set<String> choices = choices();
        Map<List<String>, LogRow> first = new LinkedHashMap<>();
        List<LogRow> repeated = rows.stream().filter(row -> first.putIfAbsent(List.of(row.item(), row.worker()), row) != null).toList();
        return new Sorted(first.values().stream().filter(row -> choices.contains(row.answer())).toList(),
                first.values().stream().filter(row -> !choices.contains(row.answer())).toList(), repeated);
    }

    /** Every answer that stands in the log or among the gold, but the empty one. */
    Set<String> choices() {
        Set<String> choices = new TreeSet<>(gold.values());
        rows.forEach(row -> choices.add(row.answer()));
        choices.removeIf(String::isBlank);
        return choices;
    }

    /** In the order of first appearance. */
    Set<String> items() {
        Set<String> items = new LinkedHashSet<>();
        rows.forEach(row -> items.add(row.item()));
        return items;
    }

    /** With the region that their first row gives, which may be null; in the order of first appearance. */
    Map<String, String> workers() {
        Map<String, String> workers = new LinkedHashMap<>();
        rows.forEach(row -> workers.putIfAbsent(row.worker(), row.region()));
        return workers;
    }
}
