package io.kreislauf.ledger.book;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Rows as RFC 4180 text with a header. */
final class Csv {

    private Csv() {}

    static <T> String of(List<String> header, List<T> rows, Function<T, List<?>> cells) {
        var text = new StringWriter();
        try (var csv = new CSVPrinter(text, CSVFormat.RFC4180)) {
            csv.printRecord(header);
            for (var row : rows) {
                csv.printRecord(cells.apply(row));
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }
}
