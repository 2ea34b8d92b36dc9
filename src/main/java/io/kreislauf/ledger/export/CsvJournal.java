package io.kreislauf.ledger.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * Everything of an entry in one row, so that all books exported can be imported elsewhere to the same tree. A leg is
 * {@code book|commodity|account|amount}; several are joined by spaces.
 */
final class CsvJournal implements Journal {

    static final List<String> COLUMNS = List.of("leafNo", "tx", "seq", "entryId", "event", "effectiveAt", "occurredAt", "postedAt", "sourceKind",
            "sourceId", "reverses", "idempotencyKey", "bodyHash", "salt", "body", "books", "legs");

    /** Of the entry as it is sealed: a change on the way is found, in whatever column. Exports of earlier versions have no such column. */
    static final String LEAF_HASH = "leafHash";

    static final List<String> WITH_HASH = Stream.concat(COLUMNS.stream(), Stream.of(LEAF_HASH)).toList();

    private final CSVPrinter csv;

    CsvJournal(Writer out) throws IOException {
        csv = new CSVPrinter(out, CSVFormat.RFC4180);
        csv.printRecord(WITH_HASH);
    }

    @Override
    public void entry(ExportedEntry e) throws IOException {
        csv.printRecord(e.leafNo(), e.tx(), e.seq(), e.entryId(), e.event(), e.effectiveAt(), e.occurredAt(), e.postedAt(), e.sourceKind(),
                e.sourceId(), e.reverses(), e.idempotencyKey(), e.bodyHash(), e.salt(), e.body(),
                e.kinds().entrySet().stream().map(kind -> kind.getKey() + "=" + kind.getValue()).sorted().collect(Collectors.joining(" ")),
                e.legs().stream().map(leg -> leg.book() + "|" + leg.commodity() + "|" + leg.account() + "|" + leg.amount())
                        .collect(Collectors.joining(" ")), e.salt().isEmpty() ? "" : e.form().leafHex());
    }

    @Override
    public void close() throws IOException {
        csv.flush();
    }
}
