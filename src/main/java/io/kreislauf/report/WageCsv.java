package io.kreislauf.report;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The wage report as CSV (RFC 4180): each row carries the parameters, so that no cell leaves without them. */
final class WageCsv {

    private static final String HEADER = "region,annotators,suppressed,hours_millis,declared_millis,advertised_minor_per_hour,effective_pooled_minor_per_hour,"
            + "effective_median_minor_per_hour,effective_median_low95,effective_median_high95,effective_mean_minor_per_hour,effective_p10_minor_per_hour,"
            + "effective_p90_minor_per_hour,before_top_up_pooled,before_top_up_median,before_top_up_mean,time_outside_labelling,currency,k,time,project,seed,"
            + "watermark_tx,watermark_posted_at,declared_by,sha256";

    private WageCsv() {}

    static String of(WageReport report) {
        return Stream.concat(report.rows().stream(), Stream.of(report.all())).map(row -> line(report, row))
                .collect(Collectors.joining("\r\n", HEADER + "\r\n", "\r\n"));
    }

    private static String line(WageReport report, WageReport.Row row) {
        Wages.Interval interval = row.effectiveMedianInterval95() == null ? new Wages.Interval(null, null) : row.effectiveMedianInterval95();
        Wages.Spread before = row.beforeTopUp() == null ? new Wages.Spread(null, null, null, null, null) : row.beforeTopUp();
        WageReport.Parameters p = report.parameters();
        return Stream.concat(
                cells(row.region(), row.annotators(), row.suppressed(), row.hoursMillis(), row.declaredMillis(), row.advertisedMinorPerHour(), row.effectivePooledMinorPerHour(),
                        row.effectiveMedianMinorPerHour(), interval.low(), interval.high(), row.effectiveMeanMinorPerHour(), row.effectiveP10MinorPerHour(),
                        row.effectiveP90MinorPerHour(), before.pooled(), before.median(), before.mean(), row.unpaidShare()),
                cells(p.currency(), p.k(), p.time(), p.project(), p.seed(), report.watermark().tx(), report.watermark().postedAt(),
                        String.join(" ", report.declaredSources()), report.sha256()))
                .collect(Collectors.joining(","));
    }

    /** Empty for what is undefined or suppressed. No value here holds a comma or a quote. */
    private static Stream<String> cells(Object... values) {
        return java.util.Arrays.stream(values).map(value -> Objects.toString(value, ""));
    }
}
