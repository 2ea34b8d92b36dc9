package io.kreislauf.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.export.Exporting;
import io.kreislauf.ledger.export.Exporting.Format;
import io.kreislauf.ledger.export.Importing;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a file, the import names line and column and leaves nothing behind. */
@QuarkusTest
class ImportFaultsIT {

    private record Fault(String column, String says, UnaryOperator<String> of) {}

    @Inject
    Ledger ledger;
    @Inject
    Exporting exporting;

    private final Book org = new Book(UUID.randomUUID());
    private final Book anna = new Book(UUID.randomUUID());

    /** The header and three rows; the third is the work. */
    private List<String> exported() throws Exception {
        ledger.open(org, BookKind.ORGANISATION);
        ledger.open(anna, BookKind.PERSON);
        var mine = new ArrayList<UUID>();
        for (var i = 0; i < 2; i++) {
            mine.add(ledger.post(new CapitalAdvanced(UUID.randomUUID(), org, "USD", 100, "test"), null).orElseThrow().entryId());
        }
        mine.add(ledger.post(new WorkSubmitted(UUID.randomUUID(), UUID.randomUUID(), org, anna, LabourMillis.observed(150_000), Wage.none("USD")), null)
                .orElseThrow().entryId());
        var out = new ByteArrayOutputStream();
        exporting.export(Format.CSV, null, UnaryOperator.identity(), out);
        var lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        var rows = new ArrayList<>(List.of(lines.getFirst()));
        lines.stream().filter(line -> mine.stream().anyMatch(id -> line.contains("," + id + ","))).forEach(rows::add);
        assertEquals(4, rows.size());
        return rows;
    }

    @Test
    void eachFaultIsNamedAndNothingIsHalfWritten() throws Exception {
        var rows = exported();
        var salt = rows.get(3).replaceFirst(".*,(02[0-9a-f]{32}),.*", "$1");
        assertEquals(34, salt.length());
        var faults = List.of(
                new Fault(null, "cells, not 18", row -> row.substring(0, row.lastIndexOf(','))),
                new Fault(null, "is no CSV", row -> row.replace(",WorkSubmitted,", ",\"WorkSubmitted,")),
                new Fault("entryId", "'not-an-id' is no id", row -> row.replaceFirst("[0-9a-f-]{36}", "not-an-id")),
                new Fault("tx", "is no whole number", row -> row.replaceFirst("^([0-9]*),[0-9]+", "$1,9999999999999999999999")),
                new Fault("tx", "is no whole number from 1", row -> row.replaceFirst("^([0-9]*),[0-9]+", "$1,-3")),
                new Fault("tx", "to 2^62", row -> row.replaceFirst("^([0-9]*),[0-9]+", "$1,9223372036854775806")),
                new Fault("seq", "is no whole number from 1", row -> row.replaceFirst("^([0-9]*,[0-9]+),[0-9]+", "$1,-1")),
                new Fault("event", "is no name of an event", row -> row.replace(",WorkSubmitted,", ",=WorkSubmitted|,")),
                new Fault("sourceKind", "is no kind of thing", row -> row.replace(",submission,", ",a submission,")),
                new Fault("effectiveAt", "'yesterday' is no time", row -> row.replaceFirst("20[0-9]{2}-[^,]*Z", "yesterday")),
                new Fault("legs", "is not in the column books", row -> row.replace(org + "|", UUID.randomUUID() + "|")),
                new Fault("books", "is no book=agency or book=operator or book=organisation or book=person", row -> row.replace("=person", "=robot")),
                new Fault("books", "was of another kind before", row -> row.replace(org + "=organisation", org + "=person")),
                new Fault("legs", "do not balance: LABOUR of book " + anna + " is off by -1.", row -> row.replace("direct|-150000", "direct|-150001")),
                new Fault("legs", "unknown commodity or account", row -> row.replace("|LABOUR|", "|GOLD!|")),
                new Fault("legs", "beyond 64 bits", row -> row.replace("|150000", "|15000000000000000000000")),
                new Fault("legs", "is not book|commodity|account|amount", row -> row.replace("|150000", "")),
                new Fault("salt", "as many hex digits", row -> row.replace(salt, salt.substring(2) + "zz")),
                new Fault("leafHash", "salt, body, times or legs are not those that were exported", row -> row.replace(salt, "02" + "7".repeat(32))),
                new Fault("leafHash", "are not those that were exported", row -> row.replace("direct|-150000", "direct|-150001").replace("|150000", "|150001")
                        .replace("|-150000", "|-150001")),
                new Fault("seq", "not in their order", row -> row.replaceFirst("^([0-9]*),[0-9]+", "$1,1")),
                new Fault("entryId", "is there in line 2 already", row -> row.replaceFirst("^([0-9]*,[0-9]*,[0-9]*),[0-9a-f-]{36}", "$1," + idOf(rows.get(1)))),
                new Fault("reverses", "is in no line before", row -> row.replace(",,WorkSubmitted:", "," + UUID.randomUUID() + ",WorkSubmitted:")));
        try (var installation = new OtherInstallation("faults")) {
            for (var fault : faults) {
                var last = fault.of().apply(rows.get(3));
                assertTrue(!last.equals(rows.get(3)), "no change for " + fault.says());
                var refusal = refused(installation, String.join("\r\n", rows.get(0), rows.get(1), rows.get(2), last) + "\r\n");
                assertEquals("FAULTY_ROWS", refusal.code(), refusal.getMessage());
                assertTrue(refusal.getMessage().contains(fault.says()), refusal.getMessage() + " should say: " + fault.says());
                assertTrue(refusal.faults().getFirst().line() >= 4 && refusal.faults().getFirst().line() <= 5, refusal.getMessage());
                assertEquals(fault.column(), refusal.faults().getFirst().column(), refusal.getMessage());
                assertEquals(0, rowsIn(installation), "half written after " + fault.says());
            }
            var wrongHeader = refused(installation, rows.get(0).replace("salt", "pepper") + "\r\n");
            assertEquals("header", wrongHeader.field());
            var two = refused(installation, String.join("\r\n", rows.get(0), rows.get(1).replace("Z,", "X,"), rows.get(2).replace("Z,", "X,")) + "\r\n");
            assertEquals(List.of(2L, 3L), two.faults().stream().map(Refusal.Fault::line).toList());

            var exportOfBefore = rows.stream().map(row -> row.substring(0, row.lastIndexOf(','))).collect(Collectors.joining("\r\n"));
            assertEquals(3, installation.inTransaction(joined -> new Importing(joined).importAll(stream(exportOfBefore))).entries(), "without leaf hashes");
        }
    }

    private static String idOf(String row) {
        return row.split(",")[3];
    }

    private static ByteArrayInputStream stream(String csv) {
        return new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal refused(OtherInstallation installation, String csv) {
        return assertThrows(Refusal.class, () -> installation.inTransaction(joined -> new Importing(joined).importAll(stream(csv))), csv);
    }

    private static long rowsIn(OtherInstallation installation) throws Exception {
        try (var connection = installation.application().getConnection(); var row = connection.createStatement().executeQuery("""
                select (select count(*) from ledger_entry) + (select count(*) from ledger_book) + (select count(*) from ledger_era where tx_offset <> 0)
                """)) {
            row.next();
            return row.getLong(1);
        }
    }
}
