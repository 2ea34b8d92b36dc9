package io.kreislauf.project;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Items in CSV (RFC 4180) with a header row. */
record CsvItemFile(ItemFields fields) implements ItemFile {

    private static final CSVFormat FORMAT = CSVFormat.RFC4180.builder().setIgnoreEmptyLines(false).get();

    @Override
    public void read(InputStream bytes, Consumer<NewItem> each, Faults faults) throws IOException {
        CSVParser parser = FORMAT.parse(ItemFile.utf8(bytes));
        Iterator<CSVRecord> records = parser.iterator();
        long line = 1;
        try {
            if (!records.hasNext()) {
                faults.add(1, null, "The file is empty; its first row names the columns.");
                return;
            }
            List<String> header = header(records.next(), faults);
            if (!faults.isEmpty()) {
                return;
            }
            boolean keyed = header.contains("key");
            line = parser.getCurrentLineNumber() + 1;
            while (!faults.isFull() && records.hasNext()) {
                CSVRecord row = records.next();
                if (row.size() == 1 && row.get(0).isEmpty() && header.size() > 1) {
                    line = parser.getCurrentLineNumber() + 1;
                    continue;
                }
                if (row.size() == header.size()) {
                    NewItem item = fields.item(line, named(header, row), keyed, faults);
                    if (item != null) {
                        each.accept(item);
                    }
                } else {
                    int column = Math.min(row.size(), header.size()) + 1;
                    faults.add(line, column <= header.size() ? header.get(column - 1) : "column " + column,
                            "The row has %d columns, the header has %d.".formatted(row.size(), header.size()));
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (UncheckedIOException failure) {
            faults.add(line, null, reason(failure.getCause()));
        }
    }

    private static List<String> header(CSVRecord first, Faults faults) {
        List<String> header = first.stream().map(String::strip).toList();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).isEmpty()) {
                faults.add(1, "column " + (i + 1), "The column has no name.");
            } else if (!seen.add(header.get(i))) {
                faults.add(1, header.get(i), "Two columns have this name.");
            }
        }
        if (ItemFields.WITH_MEANING.containsAll(header)) {
            faults.add(1, null, "No column is left for the content: every one has a meaning of its own.");
        }
        return header;
    }

    private static ObjectNode named(List<String> header, CSVRecord row) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < header.size(); i++) {
            fields.put(header.get(i), row.get(i));
        }
        return fields;
    }

    private static String reason(IOException failure) throws IOException {
        if (failure instanceof CharacterCodingException) {
            return "The file is not UTF-8 here or shortly after.";
        }
        if (failure instanceof org.apache.commons.csv.CSVException malformed) {
            return "The row cannot be read: " + malformed.getMessage() + ". Is a quotation mark not closed?";
        }
        throw failure;
    }
}
