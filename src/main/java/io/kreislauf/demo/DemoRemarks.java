package io.kreislauf.demo;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;

/** The sample sentences, written for this demo. */
final class DemoRemarks {

    /** @param expected what a careful annotator answers */
    record Remark(String key, String text, String expected, String source, String licence) {}

    private DemoRemarks() {}

    static List<Remark> read(String name) {
        var file = Objects.requireNonNull(DemoRemarks.class.getResourceAsStream("/demo/%s.csv".formatted(name)), name);
        try (var rows = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get().parse(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return rows.stream().map(r -> new Remark(r.get("key"), r.get("text"), r.get("expected"), r.get("source"), r.get("licence"))).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
