package io.kreislauf.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportingWagesTest {

    private static final WageReport.Parameters PARAMETERS = new WageReport.Parameters("region", 10, "USD", "all", null, 1, Wages.RESAMPLES);
    private static final WageReport.Watermark WATERMARK = new WageReport.Watermark(42, 7, Instant.parse("2026-06-01T00:00:00Z"));

    private static List<Worker> workers(String region, int n) {
        List<Worker> workers = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            workers.add(new Worker(region, 100L * i, 10, 3_600_000, 0, 1_800_000, 100L * i, 900_000));
        }
        return workers;
    }

    @Test
    void aSmallRegionIsNotShownNorItsSize() {
        List<Worker> all = workers("KE", 12);
        all.addAll(workers("PH", 30));
        all.addAll(workers("VE", 3));
        WageReport report = ReportingWages.computed(PARAMETERS, WATERMARK, all, List.of());
        assertEquals(List.of("KE", "PH", "VE"), report.rows().stream().map(WageReport.Row::region).toList());
        assertTrue(report.rows().get(0).suppressed(), "shown, it would give the smallest region by subtraction");
        assertEquals(30, report.rows().get(1).annotators());
        assertNull(report.rows().get(2).annotators());
        assertFalse(report.all().suppressed());
        assertEquals(45, report.all().annotators());
    }

    @Test
    void theSamePeopleInAnotherOrderGiveTheSameBytes() {
        List<Worker> all = workers("KE", 12);
        all.addAll(workers("PH", 30));
        String one = ReportingWages.canonical(ReportingWages.computed(PARAMETERS, WATERMARK, all, List.of()));
        assertEquals(one, ReportingWages.canonical(ReportingWages.computed(PARAMETERS, WATERMARK, new ArrayList<>(all), List.of())));
        assertTrue(one.startsWith("{\"all\":{\"advertisedMinorPerHour\":"), one);
        assertFalse(one.contains("null"));
    }

    @Test
    void csvHasTheParametersInEachRow() {
        WageReport report = ReportingWages.computed(PARAMETERS, WATERMARK, workers("KE", 12), List.of()).hashed("ab");
        String[] lines = WageCsv.of(report).split("\r\n");
        assertEquals(3, lines.length);
        int columns = lines[0].split(",").length;
        assertEquals(columns, lines[1].split(",", -1).length);
        assertTrue(lines[1].startsWith("KE,12,false,"), lines[1]);
        assertTrue(lines[1].endsWith(",USD,10,all,,1,42,2026-06-01T00:00:00Z,,ab"), lines[1]);
    }

    @Test
    void declaredTimeIsToldOnlyIfEnoughDeclaredItInEveryRow() {
        List<Worker> many = new ArrayList<>(workers("KE", 12));
        many.addAll(IntStream.range(0, 11).mapToObj(i -> new Worker("PH", 100, 0, 3_600_000, 600_000, 1_800_000, 100, 900_000)).toList());
        WageReport told = ReportingWages.computed(PARAMETERS, WATERMARK, many, List.of("demo"));
        assertEquals(List.of(0L, 11 * 600_000L), told.rows().stream().map(WageReport.Row::declaredMillis).toList());
        assertEquals(List.of("demo"), told.declaredSources());
        many.set(0, new Worker("KE", 100, 0, 3_600_000, 5, 1_800_000, 100, 900_000));
        WageReport untold = ReportingWages.computed(PARAMETERS, WATERMARK, many, List.of("demo"));
        assertEquals(Arrays.asList(null, null), untold.rows().stream().map(WageReport.Row::declaredMillis).toList());
        assertNull(untold.all().declaredMillis());
        assertTrue(WageCsv.of(told).lines().allMatch(line -> line.contains(",declared_by,") || line.contains(",demo,")));
    }
}
