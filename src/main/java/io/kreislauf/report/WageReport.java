package io.kreislauf.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.kreislauf.ledger.seal.Proofs.SignedHead;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * Wages by region: advertised beside effective, all time in. Run again with the same parameters at its watermark it is the
 * same to the byte, and so is {@code sha256}: that of its canonical JSON without that field, keys sorted, no white space.
 * {@code declaredSources} says by whom time was declared that nobody observed: log, demo, offline, correction.
 * {@code seal} is the signed tree head that seals every entry below the watermark; {@code deploy/verify} checks both offline.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WageReport(String format, String report, List<String> measures, Parameters parameters, Watermark watermark, String currency, List<Row> rows, Row all,
                  List<String> declaredSources, List<String> notes, SignedHead seal, String sha256) {

    static final String FORMAT = "kreislauf-report-1";

    /**
     * @param k       a cell over fewer annotators is suppressed
     * @param time    all: observed and declared; observed: only what the platform saw
     * @param project only work of this project; null: all
     * @param seed    of the resampling
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Parameters(String by, int k, String currency, String time, String project, long seed, int resamples) {}

    /**
     * @param tx       entries of transactions before it are in
     * @param entries  how many that are
     * @param postedAt when the last of them was written
     */
    record Watermark(long tx, long entries, Instant postedAt) {}

    /**
     * Null where it is undefined or suppressed; {@code undefined} says why then. Shares are of all time.
     *
     * @param declaredMillis of {@code hoursMillis}, declared and not observed; null if too few declared it in some row
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(String region, @JsonInclude(JsonInclude.Include.ALWAYS) Integer annotators, boolean suppressed, Long hoursMillis, Long declaredMillis, Long advertisedMinorPerHour,
               Long effectivePooledMinorPerHour, Long effectiveMedianMinorPerHour, Wages.Interval effectiveMedianInterval95, Long effectiveMeanMinorPerHour,
               Long effectiveP10MinorPerHour, Long effectiveP90MinorPerHour, Wages.Spread beforeTopUp, BigDecimal unpaidShare, String undefined) {

        static Row suppressed(String region) {
            return new Row(region, null, true, null, null, null, null, null, null, null, null, null, null, null, "TOO_FEW_WORKERS");
        }

        /** @param withDeclared whether so many declared time, in every row, that it may be told */
        static Row of(String region, Wages wages, long seed, boolean withDeclared) {
            Wages.Spread after = wages.afterTopUp();
            return new Row(region, wages.annotators(), false, wages.hoursMillis(), withDeclared ? wages.declaredMillis() : null, wages.advertised(), after.pooled(), after.median(),
                    wages.medianInterval(seed), after.mean(), after.p10(), after.p90(), wages.beforeTopUp(), wages.shareOutsideLabelling(),
                    wages.annotators() == 0 ? "NO_TIME" : null);
        }
    }

    WageReport sealed(SignedHead head) {
        return new WageReport(format, report, measures, parameters, watermark, currency, rows, all, declaredSources, notes, head, sha256);
    }

    WageReport hashed(String hash) {
        return new WageReport(format, report, measures, parameters, watermark, currency, rows, all, declaredSources, notes, seal, hash);
    }
}
