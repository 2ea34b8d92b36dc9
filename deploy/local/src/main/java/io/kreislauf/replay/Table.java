package io.kreislauf.replay;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A CSV (or, by its name, TSV) file with a header row. */
record Table(List<Row> rows) {

    /** @param line in the file, from 1 */
    record Row(long line, Map<String, String> cells) {

        String get(String column) {
            String cell = cells.get(column);
            return cell == null ? "" : cell.strip();
        }
    }

    static Table read(Path file) throws IOException {
        boolean tabs = file.toString().endsWith(".tsv");
        CsvSchema schema = tabs ? CsvSchema.emptySchema().withHeader().withColumnSeparator('\t').withoutQuoteChar() : CsvSchema.emptySchema().withHeader();
        ObjectReader reader = new CsvMapper().enable(CsvParser.Feature.SKIP_EMPTY_LINES).readerForMapOf(String.class).with(schema);
        List<Row> rows = new ArrayList<>();
        try (MappingIterator<Map<String, String>> all = reader.readValues(Files.newBufferedReader(file))) {
            while (all.hasNext()) {
                Map<String, String> cells = all.next();
                rows.add(new Row(all.getCurrentLocation().getLineNr() - 1L, cells));
            }
        }
        return new Table(rows);
    }

    /** The names of the columns, without reading further. */
    static Set<String> columns(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            String header = lines.findFirst().orElse("");
            return java.util.Arrays.stream(header.split(file.toString().endsWith(".tsv") ? "\t" : ","))
                    .map(name -> name.strip().replace("\"", "").replace("\uFEFF", "")).collect(Collectors.toSet());
        }
    }
}
