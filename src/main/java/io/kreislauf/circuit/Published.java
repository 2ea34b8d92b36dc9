package io.kreislauf.circuit;

import io.kreislauf.dataset.DatasetVersion;
import io.kreislauf.dataset.Hours;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The figures that a release publishes: for licensees and other buyers, who do not see its maker's book. */
final class Published {

    private Published() {}

    static List<Figure> figures(DatasetVersion version) {
        String whose = whose(version);
        List<Figure> figures = new ArrayList<>();
        figures.add(Figure.stated("c", "Means of production used (c)", version.cost().cMinor(), Figure.MINOR, whose).in("C"));
        figures.add(Figure.stated("v", "Wages (v)", version.cost().vMinor(), Figure.MINOR, whose).in("C"));
        figures.add(Figure.stated("outside", "Paid outside for means", version.cost().outsideMinor(), Figure.MINOR, whose).in("C"));
        Hours hours = version.hours();
        byClass(hours, false).forEach((part, millis) -> figures.add(Figure.stated("hours." + part, Production.label(part, false), millis, Figure.MILLIS, whose)
                .observed().in("P")));
        figures.add(Figure.stated("hours.total", "All observed hours", version.stock().labour().observedMillis(), Figure.MILLIS, whose).observed().in("P"));
        byClass(hours, true).forEach((part, millis) -> figures.add(Figure.stated("declared." + part, Production.label(part, true), millis, Figure.MILLIS, whose)
                .declaredBy(hours.declaredSources()).in("P")));
        if (version.stock().labour().declaredMillis() > 0) {
            figures.add(Figure.stated("declared.total", "All declared hours", version.stock().labour().declaredMillis(), Figure.MILLIS, whose)
                    .declaredBy(hours.declaredSources()).in("P"));
        }
        figures.add(Figure.stated("cPrime", "Product at cost (C')", version.cost().cMinor() + version.cost().vMinor(), Figure.MINOR, whose).in("C'"));
        return figures;
    }

    /**
     * Wages by the hour.
     *
     * @param v     wages for the hours
     * @param hours by class, of annotators
     */
    static List<Figure> wages(DatasetVersion version, Figure v, List<Figure> hours) {
        return List.of(
                Figure.stated("wage.advertised", "Advertised wage per hour", version.advertisedMinorPerHour(), Figure.MINOR_PER_HOUR,
                        "the terms of the project: reward and supplement by estimated time").in("C"),
                Figure.computed("wage.effective", "Wage per hour of all time given", version.wageOfAllTimeMinorPerHour(), Figure.MINOR_PER_HOUR,
                        "v / (all hours but review), rounded down", parts(v, hours), "NO_TIME").in("C"),
                Figure.computed("wage.labelling", "Wage per hour of labelling", version.wageOfDirectTimeMinorPerHour(), Figure.MINOR_PER_HOUR,
                        "v / hours of labelling, rounded down", parts(v, hours.stream().filter(f -> f.key().endsWith(".direct")).toList()), "NO_TIME").in("C"));
    }

    private static List<Figure> parts(Figure v, List<Figure> hours) {
        List<Figure> parts = new ArrayList<>(hours);
        parts.addFirst(v);
        return parts;
    }

    /** Hours by class, with what came without a class under names of its own. */
    static Map<String, Long> byClass(Hours hours, boolean declared) {
        Map<String, Long> byClass = new java.util.LinkedHashMap<>(declared ? hours.declared() : hours.observed());
        long passedOn = declared ? hours.passedOn().declaredMillis() : hours.passedOn().observedMillis();
        long takenOver = declared ? hours.takenOver().declaredMillis() : hours.takenOver().observedMillis();
        if (passedOn > 0) {
            byClass.put("passedOn", passedOn);
        }
        if (takenOver > 0) {
            byClass.put("takenOver", takenOver);
        }
        return byClass;
    }

    static String whose(DatasetVersion version) {
        return "the book of %s; published with its release".formatted(version.organisationName());
    }
}
