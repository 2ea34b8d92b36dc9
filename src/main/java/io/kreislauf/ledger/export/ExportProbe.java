package io.kreislauf.ledger.export;

import io.kreislauf.ledger.audit.AuditProbe;
import io.kreislauf.ledger.audit.Breach;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;

/**
 * Writes entries as the CSV in which a ledger moves to another installation, reads them back, and compares: what comes back is
 * all that an import has, so balances and tree are the same there.
 */
@ApplicationScoped
class ExportProbe implements AuditProbe {

    private static final int BREACHES_MAX = 20;

    /** Up to which entry all came back as they were. */
    private record Checked(long tx, long seq) {}

    private final DataSource dataSource;
    private volatile Checked checked = new Checked(0, 0);

    ExportProbe(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public int invariant() {
        return 13;
    }

    @Override
    public String says() {
        return "Exported and read elsewhere, every entry is the same, and so are the balances.";
    }

    @Override
    public List<Breach> breaches(boolean fromZero) {
        var rows = new ExportRows(dataSource);
        var watermark = rows.watermark();
        var at = fromZero ? new Checked(0, 0) : checked;
        var breaches = new ArrayList<Breach>();
        for (var entries = rows.next(null, at.tx, at.seq, watermark); !entries.isEmpty(); entries = rows.next(null, at.tx, at.seq, watermark)) {
            compare(entries, breaches);
            at = new Checked(entries.getLast().tx(), entries.getLast().seq());
        }
        if (breaches.isEmpty()) {
            checked = at;
        }
        return breaches;
    }

    private static void compare(List<ExportedEntry> entries, List<Breach> breaches) {
        var back = readBack(written(entries));
        for (var i = 0; i < entries.size() && breaches.size() < BREACHES_MAX; i++) {
            if (i >= back.size() || !entries.get(i).equals(back.get(i))) {
                breaches.add(new Breach("entry " + entries.get(i).entryId(), "is another one when it is exported and read back"));
            }
        }
    }

    private static String written(List<ExportedEntry> entries) {
        var text = new StringWriter();
        try (var journal = new CsvJournal(text)) {
            for (var entry : entries) {
                journal.entry(entry);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return text.toString();
    }

    private static List<ExportedEntry> readBack(String text) {
        var entries = new ArrayList<ExportedEntry>();
        try (var records = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(new StringReader(text))) {
            for (var row : records) {
                entries.add(JournalRow.read(row));
            }
        } catch (IOException | RuntimeException unreadable) {
            // What is missing then does not equal what was written.
        }
        return entries;
    }
}
