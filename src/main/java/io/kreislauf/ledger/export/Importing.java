package io.kreislauf.ledger.export;

import io.kreislauf.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.postgresql.util.PSQLException;

/** Takes an exported ledger into an empty one: same balances, same tree roots, signed anew by the key of this installation. */
@ApplicationScoped
public class Importing {

    public record Imported(int entries) {}

    private static final List<String> TYPES = List.of("bigint", "bigint", "uuid", "text", "timestamptz", "timestamptz", "timestamptz", "text", "uuid",
            "uuid", "text", "text", "text", "text", "text", "text", "text", "text");

    private final DataSource dataSource;

    /** @param dataSource of the installation that takes the ledger in */
    public Importing(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * All or nothing.
     *
     * @throws Refusal naming the line at fault, or NOT_EMPTY
     */
    @Transactional
    public Imported importAll(InputStream csv) {
        try (var reader = new InputStreamReader(csv, StandardCharsets.UTF_8);
             var records = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader);
             var connection = dataSource.getConnection()) {
            if (!records.getHeaderNames().equals(CsvJournal.COLUMNS)) {
                throw Refusal.invalid("header", "This is no exported ledger: the columns are " + records.getHeaderNames() + ".",
                        "Export all books with format=csv.");
            }
            var rows = new ArrayList<CSVRecord>();
            var kinds = new HashMap<String, String>();
            for (var row : records) {
                check(row);
                Stream.of(row.get("books").split(" ")).map(book -> book.split("=")).forEach(book -> kinds.put(book[0], book[1]));
                rows.add(row);
            }
            openBooks(connection, kinds);
            return new Imported(rows.isEmpty() ? 0 : insert(connection, rows));
        } catch (IOException unreadable) {
            throw Refusal.invalid("body", "The file cannot be read: " + unreadable.getMessage(), "Send it as it was exported.");
        } catch (SQLException refused) {
            throw refusal(refused);
        }
    }

    private static void check(CSVRecord row) {
        if (!row.isConsistent() || row.get("salt").isEmpty() || row.get("legs").isEmpty()) {
            throw Refusal.invalid("line " + (row.getRecordNumber() + 1), "The row is not complete.", "Export all books, not one, and send the file as it is.");
        }
        var legs = row.get("legs").split(" ");
        if (Stream.of(legs).anyMatch(leg -> leg.split("\\|").length != 4)) {
            throw Refusal.invalid("line " + (row.getRecordNumber() + 1), "A leg is not book|commodity|account|amount.", "Send the file as it was exported.");
        }
    }

    private static void openBooks(Connection connection, Map<String, String> kinds) throws SQLException {
        try (var insert = connection.prepareStatement("insert into ledger_book (book_id, kind) values (?, ?) on conflict do nothing")) {
            for (var kind : kinds.entrySet()) {
                insert.setObject(1, UUID.fromString(kind.getKey()));
                insert.setString(2, kind.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static int insert(Connection connection, List<CSVRecord> rows) throws SQLException {
        var columns = new ArrayList<Function<CSVRecord, String>>();
        for (var name : List.of("tx", "seq", "entryId", "event", "effectiveAt", "occurredAt", "postedAt", "sourceKind", "sourceId", "reverses",
                "idempotencyKey", "bodyHash", "salt", "body")) {
            columns.add(row -> row.get(name).isEmpty() ? null : row.get(name));
        }
        for (var part = 0; part < 4; part++) {
            var at = part;
            columns.add(row -> Stream.of(row.get("legs").split(" ")).map(leg -> leg.split("\\|")[at]).collect(Collectors.joining(",", "{", "}")));
        }
        var arguments = TYPES.stream().map(type -> "cast(? as " + type + "[])").collect(Collectors.joining(", "));
        try (var call = connection.prepareStatement("select ledger_import(" + arguments + ")")) {
            for (var i = 0; i < columns.size(); i++) {
                call.setArray(i + 1, connection.createArrayOf("text", rows.stream().map(columns.get(i)).toArray()));
            }
            try (var row = call.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static RuntimeException refusal(SQLException refused) {
        if (refused instanceof PSQLException said && said.getServerErrorMessage() != null) {
            var message = said.getServerErrorMessage();
            if ("APPEND_ONLY".equals(message.getHint())) {
                return Refusal.conflict("NOT_EMPTY", message.getMessage(), "Import into a new installation.");
            }
            return Refusal.conflict("REFUSED_JOURNAL", message.getMessage(), "Nothing was taken in. Export the ledger anew.");
        }
        return new IllegalStateException("The import failed.", refused);
    }
}
