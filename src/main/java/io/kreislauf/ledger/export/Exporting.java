package io.kreislauf.ledger.export;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.book.Folding;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** Writes settled entries out, in their order. */
@ApplicationScoped
public class Exporting {

    public enum Format {
        HLEDGER("text/plain;charset=utf-8", "journal"), BEANCOUNT("text/plain;charset=utf-8", "beancount"), CSV("text/csv;charset=utf-8", "csv"),
        PARQUET("application/vnd.apache.parquet", "parquet");

        final String mediaType;
        final String ending;

        Format(String mediaType, String ending) {
            this.mediaType = mediaType;
            this.ending = ending;
        }
    }

    private final DataSource dataSource;
    private final Folding folding;

    /** @param dataSource of the installation that is exported */
    public Exporting(DataSource dataSource, Folding folding) {
        this.dataSource = dataSource;
        this.folding = folding;
    }

    /**
     * @param book  null: all books, with what is needed to import them elsewhere
     * @param shown how the accounts of one book are shown to whoever exports it
     */
    public void export(Format format, Book book, UnaryOperator<String> shown, OutputStream out) throws IOException {
        folding.untilSettled();
        var rows = new ExportRows(dataSource);
        var watermark = rows.watermark();
        try (var journal = journal(format, out)) {
            var entries = rows.next(book, 0, 0, watermark);
            while (!entries.isEmpty()) {
                for (var entry : entries) {
                    journal.entry(book == null ? entry : entry.showing(entry.legs().stream().filter(leg -> leg.book().equals(book))
                            .map(leg -> new Leg(leg.book(), leg.commodity(), new Account(shown.apply(leg.account().text())), leg.amount())).toList()));
                }
                entries = rows.next(book, entries.getLast().tx(), entries.getLast().seq(), watermark);
            }
        }
    }

    private static Journal journal(Format format, OutputStream out) throws IOException {
        var text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        return switch (format) {
            case HLEDGER -> new HledgerJournal(text);
            case BEANCOUNT -> new BeancountJournal(text);
            case CSV -> new CsvJournal(text);
            case PARQUET -> new ParquetJournal(out);
        };
    }
}
