package io.kreislauf.ledger.simulator;

import static io.kreislauf.ledger.simulator.Disagreement.unless;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.export.Exporting;
import io.kreislauf.ledger.export.Importing;
import io.kreislauf.ledger.seal.OtherInstallation;
import io.kreislauf.ledger.seal.Sealing;
import io.kreislauf.stream.Outbox;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.awaitility.Awaitility;

/** Invariant 13 in full: everything that was played is exported, imported into another installation, and gives the same balances and the same tree there. */
final class Elsewhere {

    private static final String ALL_SEALED = "select (select count(*) from ledger_entry) = (select count(*) from ledger_leaf)";
    private static final String ROOT = "select tree_size || ' ' || encode(root, 'hex') from ledger_head order by tree_size desc limit 1";

    private Elsewhere() {
    }

    /** @return how many entries were compared */
    static long same(DataSource here, Exporting exporting, Sealing sealing, ObjectMapper json, Path files) throws Exception {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            sealing.now();
            return text(here, ALL_SEALED).equals("t");
        });
        var csv = new ByteArrayOutputStream();
        exporting.export(Exporting.Format.CSV, null, UnaryOperator.identity(), csv);
        try (var other = new OtherInstallation("simulated")) {
            long imported = new Importing(other.application()).importAll(new ByteArrayInputStream(csv.toByteArray())).entries();
            var folding = new Folding(other.application());
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                folding.untilSettled();
                return other.inTransaction(joined -> {
                    new Sealing(joined, new Outbox(joined, json), folding, files.resolve("key")).seal();
                    return text(joined, ALL_SEALED).equals("t");
                });
            });
            unless(text(here, ROOT).equals(text(other.application(), ROOT)), "the tree is %s here and %s elsewhere", text(here, ROOT), text(other.application(), ROOT));
            var ours = new Balances(here);
            var theirs = new Balances(other.application());
            for (UUID book : books(here)) {
                var expected = String.valueOf(ours.of(new Book(book)));
                var found = String.valueOf(theirs.of(new Book(book)));
                unless(expected.equals(found), "book %s, exported and imported:%n  expected %s%n  found    %s", book, expected, found);
            }
            return imported;
        }
    }

    private static String text(DataSource dataSource, String sql) throws SQLException {
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : "";
        }
    }

    private static List<UUID> books(DataSource dataSource) throws SQLException {
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement();
             var row = statement.executeQuery("select distinct book_id from ledger_sum order by 1")) {
            var books = new ArrayList<UUID>();
            while (row.next()) {
                books.add(row.getObject(1, UUID.class));
            }
            return books;
        }
    }
}
