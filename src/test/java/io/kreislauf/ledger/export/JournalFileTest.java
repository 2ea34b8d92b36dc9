package io.kreislauf.ledger.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Reader;
import java.io.StringReader;
import java.util.UUID;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;

/** A long export is read with little of it in memory: ids and keys stay, for what is said of a row that comes again. */
class JournalFileTest {

    private static final int ROWS = 100_000;
    private static final long BYTES_A_ROW_MAX = 400;
    private static final String BOOK = UUID.randomUUID().toString();

    /** Makes the rows when they are asked for. */
    private static final class Rows extends Reader {
        private int made;
        private Reader row = new StringReader(String.join(",", CsvJournal.COLUMNS) + "\r\n");

        @Override
        public int read(char[] into, int from, int length) throws java.io.IOException {
            var read = row.read(into, from, length);
            if (read >= 0 || made == ROWS) {
                return read;
            }
            made++;
            row = new StringReader("""
                    ,%d,1,%s,CapitalAdvanced,2026-01-05T00:00:00Z,2026-01-05T00:00:00Z,2026-01-05T00:00:00Z,deposit,%s,,CapitalAdvanced:%d,%s,%s,"{""note"":""%s""}",%s=organisation,\
                    %s|USD|CASH|5 %s|USD|CAPITAL|-5\r
                    """.formatted(made, new UUID(7, made), new UUID(8, made), made, "a".repeat(64), "b".repeat(32), "x".repeat(1_000), BOOK, BOOK, BOOK));
            return row.read(into, from, length);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void aLongFileIsPassedOnInPiecesAndNotKept() throws Exception {
        var passedOn = new int[2];
        var file = new JournalFile(some -> {
            passedOn[0] += some.size();
            passedOn[1] = Math.max(passedOn[1], some.size());
        });
        var before = used();
        try (var csv = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(new Rows())) {
            file.read(csv);
        }
        var kept = used() - before;
        assertEquals(ROWS, passedOn[0]);
        assertTrue(passedOn[1] <= 500, passedOn[1] + " rows at once");
        assertEquals("organisation", file.kinds().get(UUID.fromString(BOOK)));
        assertTrue(kept < ROWS * BYTES_A_ROW_MAX, kept / ROWS + " bytes a row of more than 1,500");
    }
}
