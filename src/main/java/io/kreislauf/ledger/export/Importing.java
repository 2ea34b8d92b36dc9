package io.kreislauf.ledger.export;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Leg;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.postgresql.util.PSQLException;

/** Takes an exported ledger into an empty one: same balances, same tree roots, signed anew by the key of this installation. */
@ApplicationScoped
public class Importing {

    public record Imported(int entries) {}

    private static final List<String> TYPES = List.of("bigint", "bigint", "uuid", "text", "timestamptz", "timestamptz", "timestamptz", "text", "uuid",
            "uuid", "text", "text", "text", "text", "text", "text", "text", "text");

    private static final List<Function<ExportedEntry, Object>> COLUMNS = List.of(ExportedEntry::tx, ExportedEntry::seq, ExportedEntry::entryId,
            ExportedEntry::event, ExportedEntry::effectiveAt, ExportedEntry::occurredAt, ExportedEntry::postedAt, ExportedEntry::sourceKind,
            ExportedEntry::sourceId, ExportedEntry::reverses, ExportedEntry::idempotencyKey, ExportedEntry::bodyHash, ExportedEntry::salt,
            ExportedEntry::body, entry -> joined(entry, Leg::book), entry -> joined(entry, Leg::commodity), entry -> joined(entry, Leg::account),
            entry -> joined(entry, Leg::amount));

    private final DataSource dataSource;

    /** @param dataSource of the installation that takes the ledger in */
    public Importing(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * All or nothing.
     *
     * @throws Refusal FAULTY_ROWS naming the lines at fault, REFUSED_JOURNAL, or NOT_EMPTY
     */
    @Transactional
    public Imported importAll(InputStream csv) {
        try (var reader = new InputStreamReader(csv, StandardCharsets.UTF_8);
             var records = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get().parse(reader);
             var connection = dataSource.getConnection()) {
            if (!records.getHeaderNames().equals(CsvJournal.WITH_HASH) && !records.getHeaderNames().equals(CsvJournal.COLUMNS)) {
                throw Refusal.invalid("header", "This is no exported ledger: the columns are " + records.getHeaderNames() + ".",
                        "Export all books with format=csv.");
            }
            var file = JournalFile.read(records);
            openBooks(connection, file.kinds());
            return new Imported(file.entries().isEmpty() ? 0 : insert(connection, file));
        } catch (IOException unreadable) {
            throw Refusal.invalid("body", "The file cannot be read: " + unreadable.getMessage(), "Send it as it was exported.");
        } catch (SQLException failure) {
            throw new IllegalStateException("The import failed.", failure);
        }
    }

    private static void openBooks(Connection connection, Map<UUID, String> kinds) throws SQLException {
        try (var insert = connection.prepareStatement("insert into ledger_book (book_id, kind) values (?, ?) on conflict do nothing")) {
            for (var kind : kinds.entrySet()) {
                insert.setObject(1, kind.getKey());
                insert.setString(2, kind.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static int insert(Connection connection, JournalFile file) throws SQLException {
        var arguments = TYPES.stream().map(type -> "cast(? as " + type + "[])").collect(Collectors.joining(", "));
        try (var call = connection.prepareStatement("select ledger_import(" + arguments + ")")) {
            for (var i = 0; i < COLUMNS.size(); i++) {
                call.setArray(i + 1, connection.createArrayOf("text", file.entries().stream().map(COLUMNS.get(i)).map(value -> value == null ? null : value.toString())
                        .toArray()));
            }
            try (var row = call.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (PSQLException refused) {
            throw refusal(refused, file);
        }
    }

    private static String joined(ExportedEntry entry, Function<Leg, Object> part) {
        return entry.legs().stream().map(leg -> part.apply(leg).toString()).collect(Collectors.joining(",", "{", "}"));
    }

    private static RuntimeException refusal(PSQLException refused, JournalFile file) {
        var message = refused.getServerErrorMessage();
        if (message == null) {
            return new IllegalStateException("The import failed.", refused);
        }
        return "APPEND_ONLY".equals(message.getHint()) ? Refusal.conflict("NOT_EMPTY", message.getMessage(), "Import into a new installation.")
                : file.refused(message.getMessage());
    }
}
