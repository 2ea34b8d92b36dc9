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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.commons.csv.CSVFormat;
import org.postgresql.util.PSQLException;

/**
 * Takes an exported ledger into an empty one: same balances, same tree roots, signed anew by the key of this installation. The rows go to the database as they are
 * read and become entries together at the end, so that memory holds no more than their ids and keys.
 */
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
            var refused = begun(connection);
            // Also where nothing can be taken in the faults of the file are named first.
            var file = new JournalFile(refused.isPresent() ? some -> { } : some -> writeDown(connection, some));
            file.read(records);
            if (refused.isPresent()) {
                throw refused.get();
            }
            openBooks(connection, file.kinds());
            return new Imported(takeIn(connection, file));
        } catch (IOException unreadable) {
            throw Refusal.invalid("body", "The file cannot be read: " + unreadable.getMessage(), "Send it as it was exported.");
        } catch (PSQLException refused) {
            throw refusal(refused);
        } catch (SQLException failure) {
            throw new IllegalStateException("The import failed.", failure);
        }
    }

    /** What speaks against taking anything in. */
    private static Optional<RuntimeException> begun(Connection connection) throws SQLException {
        try (var begin = connection.createStatement()) {
            begin.execute("select ledger_import_begin()");
            return Optional.empty();
        } catch (PSQLException refused) {
            return Optional.of(refusal(refused));
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

    private static void writeDown(Connection connection, List<ExportedEntry> some) throws SQLException {
        var arguments = TYPES.stream().map(type -> "cast(? as " + type + "[])").collect(Collectors.joining(", "));
        try (var insert = connection.prepareStatement("""
                insert into incoming_entry (tx, seq, entry_id, event, effective_at, occurred_at, posted_at, source_kind, source_id, reverses, idempotency_key,
                                            body_hash, salt, body, books, commodities, accounts, amounts)
                select * from unnest(%s)
                """.formatted(arguments))) {
            for (var i = 0; i < COLUMNS.size(); i++) {
                insert.setArray(i + 1, connection.createArrayOf("text", some.stream().map(COLUMNS.get(i)).map(value -> value == null ? null : value.toString()).toArray()));
            }
            insert.executeUpdate();
        }
    }

    private static int takeIn(Connection connection, JournalFile file) throws SQLException {
        try (var call = connection.prepareStatement("select ledger_import()"); var row = call.executeQuery()) {
            row.next();
            return row.getInt(1);
        } catch (PSQLException refused) {
            if (refused.getServerErrorMessage() == null) {
                throw refused;
            }
            throw file.refused(refused.getServerErrorMessage().getMessage());
        }
    }

    private static String joined(ExportedEntry entry, Function<Leg, Object> part) {
        return entry.legs().stream().map(leg -> part.apply(leg).toString()).collect(Collectors.joining(",", "{", "}"));
    }

    private static RuntimeException refusal(PSQLException refused) {
        var message = refused.getServerErrorMessage();
        if (message == null) {
            return new IllegalStateException("The import failed.", refused);
        }
        return "APPEND_ONLY".equals(message.getHint()) ? Refusal.conflict("NOT_EMPTY", message.getMessage(), "Import into a new installation.")
                : Refusal.conflict("REFUSED_JOURNAL", message.getMessage(), JournalFile.REMEDY);
    }
}
