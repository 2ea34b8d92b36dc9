package io.kreislauf.report;

import java.util.List;

/** The catalogue of measures: what each figure of a report means, once for code, API and documentation. */
enum Measure {

    ADVERTISED_WAGE("advertisedMinorPerHour", 2, "sum of offered pay / sum of estimated times, over submissions; offered is the reward, or the hourly rate for the estimated time, with the supplement", "minor units per hour",
            List.of("currency"), "no submission: null, NO_WORK; work that is paid elsewhere is left out", "what annotators are told before a claim", false),
    EFFECTIVE_WAGE_POOLED("effectivePooledMinorPerHour", 1, "all pay / all time of all annotators", "minor units per hour",
            List.of("currency", "time"), "no time: null, NO_TIME", "Hara et al., CHI 2018, time as booked in the ledger", true),
    EFFECTIVE_WAGE_MEDIAN("effectiveMedianMinorPerHour", 1, "median over annotators of pay / all time of each; rejected pay counts 0", "minor units per hour",
            List.of("currency", "time"), "an annotator without time is left out", "Hara et al., CHI 2018", true),
    EFFECTIVE_WAGE_MEAN("effectiveMeanMinorPerHour", 1, "mean over annotators of pay / all time of each", "minor units per hour",
            List.of("currency", "time"), "as the median", "Hara et al., CHI 2018; ILO 2018", true),
    EFFECTIVE_WAGE_P10("effectiveP10MinorPerHour", 1, "10th percentile over annotators, linear between neighbours", "minor units per hour",
            List.of("currency", "time"), "as the median", "Hyndman and Fan 1996, type 7", true),
    EFFECTIVE_WAGE_P90("effectiveP90MinorPerHour", 1, "90th percentile over annotators, linear between neighbours", "minor units per hour",
            List.of("currency", "time"), "as the median", "Hyndman and Fan 1996, type 7", true),
    BEFORE_TOP_UP("beforeTopUp", 1, "the same without top-ups to the wage floor", "minor units per hour", List.of("currency", "time"),
            "as the measure itself", "measures: before and after top-up, always both", false),
    TIME_OUTSIDE_LABELLING("unpaidShare", 1, "(all time - time of labelling) / all time; neither unpaid time nor surplus labour as such", "share",
            List.of("time"), "no time: null, NO_TIME", "Toxtli, Suri and Savage, CSCW 2021", true);

    private final String field;
    private final int version;
    private final String formula;
    private final String unit;
    private final List<String> parameters;
    private final String edgeCases;
    private final String source;
    private final boolean contested;

    Measure(String field, int version, String formula, String unit, List<String> parameters, String edgeCases, String source, boolean contested) {
        this.field = field;
        this.version = version;
        this.formula = formula;
        this.unit = unit;
        this.parameters = parameters;
        this.edgeCases = edgeCases;
        this.source = source;
        this.contested = contested;
    }

    /** An entry of the catalogue as the API gives it. */
    record Definition(String name, String field, int version, String formula, String unit, List<String> parameters, String edgeCases, String source,
                      boolean contested) {}

    Definition definition() {
        return new Definition(name(), field, version, formula, unit, parameters, edgeCases, source, contested);
    }

    /** As a report records it: {@code NAME v1}. */
    String versioned() {
        return name() + " v" + version;
    }
}
