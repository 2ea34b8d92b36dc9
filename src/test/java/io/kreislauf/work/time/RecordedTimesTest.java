package io.kreislauf.work.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** A real log in which workers held several tasks at once: the same algebra as for observed time. */
class RecordedTimesTest {

    private static final String FILE = "shared/data/urbano2010-music-similarity-mturk/judgments.csv";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss zzz yyyy", Locale.ENGLISH);

    @Test
    void theUnionOfARealLogIsShorterThanItsSum() throws IOException {
        Path file = find();
        assumeTrue(file != null, "NOT RUN: %s is beside no folder above this one".formatted(FILE));
        Map<String, List<Span>> byWorker = new HashMap<>();
        List<Span> all = new ArrayList<>();
        try (CSVParser rows = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(Files.newBufferedReader(file))) {
            for (CSVRecord row : rows) {
                Span span = new Span(time(row.get("AcceptTime")).toEpochMilli(), time(row.get("SubmitTime")).toEpochMilli());
                byWorker.computeIfAbsent(row.get("WorkerId"), w -> new ArrayList<>()).add(span);
                all.add(span);
            }
        }
        long union = byWorker.values().stream().mapToLong(spans -> Intervals.millis(Intervals.union(spans))).sum();
        assertEquals("39.87", hours(Intervals.millis(all)));
        assertEquals("31.37", hours(union));
    }

    private static Instant time(String text) {
        return ZonedDateTime.parse(text, TIME).toInstant();
    }

    private static String hours(long millis) {
        return String.format(Locale.ROOT, "%.2f", millis / 3_600_000.0);
    }

    private static Path find() {
        for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(FILE))) {
                return folder.resolve(FILE);
            }
        }
        return null;
    }
}
