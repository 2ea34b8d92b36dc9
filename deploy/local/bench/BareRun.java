import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/**
 * The rows of the ledger with the ledger's own statement, into a table of the same columns, keys and indexes without triggers, checks or
 * functions of our own, from plain JDBC: no posting rules, no JSON, no hash.
 */
final class BareRun {

    private static final String TABLE = """
            create table bare_entry (
                tx bigint not null default (cast(cast(pg_current_xact_id() as text) as bigint)), seq bigint not null generated always as identity,
                entry_id uuid primary key default uuidv7(), event text not null, body jsonb not null, body_hash bytea not null,
                idempotency_key text not null unique, source_kind text not null, source_id uuid not null, effective_at timestamptz not null,
                occurred_at timestamptz not null, posted_at timestamptz not null default clock_timestamp(), reverses uuid,
                salt bytea not null default uuid_send(gen_random_uuid()),
                books uuid[] not null, commodities text[] not null, accounts text[] not null, amounts bigint[] not null)
            """;

    private static final String INDEXES = """
            create index on bare_entry (tx, seq);
            create index on bare_entry (source_id, source_kind);
            create unique index on bare_entry (reverses) where reverses is not null
            """;

    private static final String INSERT = """
            insert into bare_entry (event, body, body_hash, idempotency_key, source_kind, source_id, effective_at, occurred_at, reverses,
                                    books, commodities, accounts, amounts)
            select p.event, cast(p.body as jsonb), p.body_hash, p.idempotency_key, p.source_kind, p.source_id,
                   coalesce(p.happened_at, now()), coalesce(p.happened_at, now()), p.reverses,
                   cast(p.books as uuid[]), cast(p.commodities as text[]), cast(p.accounts as text[]), cast(p.amounts as bigint[])
              from unnest(cast(? as text[]), cast(? as text[]), cast(? as bytea[]), cast(? as text[]), cast(? as text[]), cast(? as uuid[]),
                          cast(? as timestamptz[]), cast(? as uuid[]), cast(? as text[]), cast(? as text[]), cast(? as text[]), cast(? as text[]))
                   with ordinality as p (event, body, body_hash, idempotency_key, source_kind, source_id, happened_at, reverses,
                                         books, commodities, accounts, amounts, position)
             order by p.position
                on conflict (idempotency_key) do nothing
            returning idempotency_key, entry_id, effective_at, posted_at
            """;

    private final DataSource pool;
    private final BenchEvents events;

    BareRun(DataSource pool, BenchEvents events) {
        this.pool = pool;
        this.events = events;
    }

    static void prepare(Connection owner) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute(TABLE);
            statement.execute(INDEXES);
            statement.execute("grant select, insert on bare_entry to kreislauf_app");
        }
    }

    /** One statement and one commit. */
    int insert(int rows) throws SQLException {
        try (var connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            var written = insert(connection, rows);
            connection.commit();
            return written;
        }
    }

    private int insert(Connection connection, int rows) throws SQLException {
        var sources = IntStream.range(0, rows).mapToObj(i -> events.id()).toArray(UUID[]::new);
        var people = IntStream.range(0, rows).mapToObj(i -> events.somebody().id()).toArray(UUID[]::new);
        var org = events.org.id();
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, texts(connection, rows, i -> "WorkSubmitted"));
            insert.setArray(2, texts(connection, rows, i -> """
                    {"annotator":"%s","labour":{"declaredMillis":0,"observedMillis":150000},"organisation":"%s","project":"%s","source":\
                    {"id":"%s","kind":"submission"},"submission":"%s","timeWage":{"amountMinor":0,"currency":"USD"}}"""
                    .formatted(people[i], org, events.project, sources[i], sources[i])));
            insert.setArray(3, connection.createArrayOf("bytea", IntStream.range(0, rows).mapToObj(i -> new byte[32]).toArray(byte[][]::new)));
            insert.setArray(4, texts(connection, rows, i -> "WorkSubmitted:" + sources[i]));
            insert.setArray(5, texts(connection, rows, i -> "submission"));
            insert.setArray(6, connection.createArrayOf("uuid", sources));
            insert.setArray(7, connection.createArrayOf("timestamptz", new Object[rows]));
            insert.setArray(8, connection.createArrayOf("uuid", new Object[rows]));
            insert.setArray(9, texts(connection, rows, i -> "{" + String.join(",", List.of(people[i] + "", people[i] + "", org + "", org + "")) + "}"));
            insert.setArray(10, texts(connection, rows, i -> "{LABOUR,LABOUR,LABOUR,LABOUR}"));
            insert.setArray(11, texts(connection, rows,
                    i -> "{GIVEN:" + org + ",EXPENDED:direct,PRODUCTION:" + events.project + ":direct,RECEIVED:" + people[i] + "}"));
            insert.setArray(12, texts(connection, rows, i -> "{150000,-150000,150000,-150000}"));
            var written = 0;
            try (var row = insert.executeQuery()) {
                while (row.next()) {
                    written++;
                }
            }
            return written;
        }
    }

    private static java.sql.Array texts(Connection connection, int rows, java.util.function.IntFunction<String> text) throws SQLException {
        return connection.createArrayOf("text", IntStream.range(0, rows).mapToObj(text).toArray());
    }
}
