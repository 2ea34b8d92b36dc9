package io.kreislauf.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.postgresql.PGConnection;

/**
 * The rows of a database as one file, to be kept in the repository: what an installation of that day would bring to today's migrations. The file is a
 * gzip of, for each table, its name, its columns and the text of {@code COPY}; the schema is made by the migrations that the file's own
 * {@code flyway_schema_history} names, with the checksums that it names.
 *
 * <p>To keep another: {@code java -cp target/test-classes:<pgjdbc> io.kreislauf.testing.KeptDatabase JDBC-URL SUPERUSER PASSWORD FILE}, on a database in which
 * nobody works.
 */
public final class KeptDatabase {

    private static final String NEWEST = "select version from flyway_schema_history where success order by installed_rank desc limit 1";

    private static final String COLUMNS = """
            select c.relname, string_agg(quote_ident(a.attname), ', ' order by a.attnum)
              from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
             where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
             group by c.relname order by c.relname
            """;

    private static final String SEQUENCES = """
            select format('select setval(%L, greatest(1, (select coalesce(max(%I), 1) from %I)))', pg_get_serial_sequence(quote_ident(c.relname), a.attname), a.attname, c.relname)
              from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attidentity <> '' where c.relnamespace = 'public'::regnamespace
            """;

    private KeptDatabase() {
    }

    public static void main(String[] arguments) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(arguments[0], arguments[1], arguments[2])) {
            write(connection, Path.of(arguments[3]));
        }
    }

    static void write(Connection connection, Path file) throws SQLException, IOException {
        try (var out = new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)))) {
            out.writeUTF(strings(connection, NEWEST, 1).getFirst().getFirst());
            for (var table : strings(connection, COLUMNS, 2)) {
                var name = table.get(0) + " (" + table.get(1) + ")";
                try (var text = new ByteArrayOutputStream()) {
                    connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + name + " to stdout", text);
                    out.writeUTF(name);
                    out.writeInt(text.size());
                    text.writeTo(out);
                }
            }
            out.writeUTF("");
        }
    }

    /** The migration up to which the database had come. */
    public static String version(Path file) throws IOException {
        try (var in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            return in.readUTF();
        }
    }

    /**
     * Fills tables that the migrations up to {@link #version} have just made.
     *
     * @param superuser a connection whose rows no trigger looks at
     */
    public static void load(Connection superuser, Path file) throws SQLException, IOException {
        try (var statement = superuser.createStatement(); var in = new DataInputStream(new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file))))) {
            in.readUTF();
            statement.execute("set session_replication_role = replica");
            statement.execute("truncate " + strings(superuser, COLUMNS, 1).stream().map(List::getFirst).collect(Collectors.joining(", ")));
            for (var table = in.readUTF(); !table.isEmpty(); table = in.readUTF()) {
                superuser.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin", new ByteArrayInputStream(in.readNBytes(in.readInt())));
            }
            for (var sequence : strings(superuser, SEQUENCES, 1)) {
                statement.execute(sequence.getFirst());
            }
            statement.execute("set session_replication_role = origin");
        }
    }

    private static List<List<String>> strings(Connection connection, String sql, int columns) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<List<String>>();
            while (rows.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= columns; column++) {
                    row.add(rows.getString(column));
                }
                found.add(row);
            }
            return found;
        }
    }
}
