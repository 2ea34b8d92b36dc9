package io.kreislauf.ledger.export;

import io.kreislauf.Refusal;
import io.kreislauf.Refusal.Fault;
import io.kreislauf.ledger.export.JournalRow.Malformed;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** An exported ledger, checked row by row and passed on some rows at a time: every fault has its line. */
final class JournalFile {

    /** What takes the rows, in their order. */
    @FunctionalInterface
    interface Taker {
        void take(List<ExportedEntry> some) throws SQLException;
    }

    private static final int ROWS_AT_ONCE = 500;

    private static final int FAULTS_MAX = 20;
    static final String REMEDY = "Nothing was taken in. Export all books anew, and send the file as it is.";

    private final Taker taker;
    private final List<ExportedEntry> read = new ArrayList<>();
    private ExportedEntry last;
    private final List<Fault> faults = new ArrayList<>();
    private final Map<UUID, Long> lineOfEntry = new HashMap<>();
    private final Set<String> keys = new HashSet<>();
    private final Map<UUID, String> kinds = new HashMap<>();

    JournalFile(Taker taker) {
        this.taker = taker;
    }

    /** @throws Refusal FAULTY_ROWS naming lines and columns */
    void read(CSVParser csv) throws SQLException {
        try {
            for (var rows = csv.iterator(); rows.hasNext() && faults.size() < FAULTS_MAX; ) {
                take(rows.next());
                if (read.size() == ROWS_AT_ONCE) {
                    passOn();
                }
            }
        } catch (UncheckedIOException | IllegalStateException malformed) {
            faults.add(new Fault(csv.getCurrentLineNumber(), null, "is no CSV (RFC 4180): " + malformed.getMessage()));
        }
        if (!faults.isEmpty()) {
            throw refused(faults);
        }
        passOn();
    }

    /** Nothing more once there is a fault: the file is only read on for others. */
    private void passOn() throws SQLException {
        if (faults.isEmpty() && !read.isEmpty()) {
            taker.take(read);
        }
        read.clear();
    }

    /** The kind of each book. */
    Map<UUID, String> kinds() {
        return kinds;
    }

    /** What the database refused, at the line of the entry that it names. */
    RuntimeException refused(String message) {
        return lineOfEntry.entrySet().stream().filter(entry -> message.contains(entry.getKey().toString())).findFirst()
                .map(entry -> (RuntimeException) refused(List.of(new Fault(entry.getValue(), "legs", message))))
                .orElseGet(() -> Refusal.conflict("REFUSED_JOURNAL", message, REMEDY));
    }

    private static Refusal refused(List<Fault> faults) {
        var first = faults.getFirst();
        return Refusal.faulty("line " + first.line(), "Line " + first.line() + (first.column() == null ? " " : ", " + first.column() + ": ") + first.message(), REMEDY,
                faults);
    }

    private void take(CSVRecord row) {
        var line = row.getRecordNumber() + 1;
        try {
            var entry = JournalRow.read(row);
            check(entry, row);
            read.add(entry);
            last = entry;
            lineOfEntry.put(entry.entryId(), line);
        } catch (Malformed malformed) {
            faults.add(new Fault(line, malformed.column, malformed.getMessage()));
        }
    }

    private void check(ExportedEntry entry, CSVRecord row) {
        if (last != null && (entry.tx() < last.tx() || entry.tx() == last.tx() && entry.seq() <= last.seq())) {
            throw new Malformed("seq", "is not behind the line before: the entries are not in their order.");
        }
        if (lineOfEntry.containsKey(entry.entryId())) {
            throw new Malformed("entryId", entry.entryId() + " is there in line " + lineOfEntry.get(entry.entryId()) + " already.");
        }
        if (!keys.add(entry.idempotencyKey())) {
            throw new Malformed("idempotencyKey", entry.idempotencyKey() + " is there already.");
        }
        if (entry.reverses() != null && !lineOfEntry.containsKey(entry.reverses())) {
            throw new Malformed("reverses", "entry " + entry.reverses() + " is in no line before.");
        }
        entry.kinds().forEach((book, kind) -> {
            if (!kind.equals(kinds.computeIfAbsent(book, first -> kind))) {
                throw new Malformed("books", "book " + book + " was of another kind before.");
            }
        });
        var sums = new TreeMap<String, Long>();
        try {
            entry.legs().forEach(leg -> sums.merge(leg.commodity() + " of book " + leg.book(), leg.amount(), Math::addExact));
        } catch (ArithmeticException beyond) {
            throw new Malformed("legs", "add up to more than 64 bits.");
        }
        sums.forEach((of, sum) -> {
            if (sum != 0) {
                throw new Malformed("legs", "do not balance: " + of + " is off by " + sum + ".");
            }
        });
        if (row.isMapped(CsvJournal.LEAF_HASH) && !row.get(CsvJournal.LEAF_HASH).equals(entry.form().leafHex())) {
            throw new Malformed(CsvJournal.LEAF_HASH, "is not that of this row: salt, body, times or legs are not those that were exported.");
        }
    }
}
