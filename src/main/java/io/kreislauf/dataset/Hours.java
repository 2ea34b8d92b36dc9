package io.kreislauf.dataset;

import io.kreislauf.ledger.Cost;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.ProductEvent.InProduction;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The hours in a released version as its release publishes them, in milliseconds.
 *
 * @param observed        by time class
 * @param declared        by time class: not observed here, somebody says so
 * @param passedOn        came in with means: a model used, a source whose authors declared their hours
 * @param takenOver       came from the unsold licences of the version before
 * @param declaredSources who says so: log, demo, offline, correction
 * @param wagesMinor      wages for these hours, in the project's currency, without those taken over
 */
public record Hours(Map<String, Long> observed, Map<String, Long> declared, Labour passedOn, Labour takenOver, List<String> declaredSources,
                    long wagesMinor) {

    /** Observed and declared, never added up silently. */
    public record Labour(long observedMillis, long declaredMillis) {

        static Labour of(LabourMillis labour) {
            return new Labour(labour.observedMillis(), labour.declaredMillis());
        }
    }

    static Hours of(InProduction production, LabourMillis takenOver, List<String> declaredSources, String currency) {
        Map<String, Long> observed = new LinkedHashMap<>();
        Map<String, Long> declared = new LinkedHashMap<>();
        production.labour().forEach((timeClass, labour) -> {
            if (labour.observedMillis() != 0) {
                observed.put(timeClass.part(), labour.observedMillis());
            }
            if (labour.declaredMillis() != 0) {
                declared.put(timeClass.part(), labour.declaredMillis());
            }
        });
        long wages = production.costs().stream().filter(cost -> cost.currency().equals(currency)).mapToLong(Cost::vMinor).sum();
        return new Hours(observed, declared, Labour.of(production.passedOn()), Labour.of(takenOver), declaredSources, wages);
    }

    /** Without the classes that {@link SmallCells} names. */
    Hours without(Set<String> hidden) {
        return new Hours(without("hours.", observed, hidden), without("declared.", declared, hidden), passedOn, takenOver, declaredSources, wagesMinor);
    }

    private static Map<String, Long> without(String kind, Map<String, Long> byClass, Set<String> hidden) {
        Map<String, Long> shown = new LinkedHashMap<>(byClass);
        shown.keySet().removeIf(part -> hidden.contains(kind + part) || hidden.contains(kind + "total"));
        return shown;
    }

    /** The names of all classes in it, as {@link SmallCells} has them. */
    Set<String> classes() {
        Set<String> classes = new HashSet<>();
        observed.keySet().forEach(part -> classes.add("hours." + part));
        declared.keySet().forEach(part -> classes.add("declared." + part));
        return classes;
    }

    /** Living labour of all classes but review: what a wage by the hour is measured against. */
    public long annotatorsMillis() {
        return annotatorsOf(observed) + annotatorsOf(declared);
    }

    private static long annotatorsOf(Map<String, Long> byClass) {
        return byClass.entrySet().stream().filter(e -> !e.getKey().equals("review")).mapToLong(Map.Entry::getValue).sum();
    }

    /** Labelling alone. */
    public long directMillis() {
        return observed.getOrDefault("direct", 0L) + declared.getOrDefault("direct", 0L);
    }
}
