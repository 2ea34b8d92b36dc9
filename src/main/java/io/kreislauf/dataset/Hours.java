package io.kreislauf.dataset;

import io.kreislauf.ledger.Cost;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.ProductEvent.InProduction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
