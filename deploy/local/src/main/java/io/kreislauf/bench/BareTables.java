package io.kreislauf.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A copy of the tables that claim and submit touch, rows included, in a schema of its own: with primary, unique and foreign
 * keys, indexes and storage settings, but without triggers and checks. Nothing but the benchmark writes there.
 */
final class BareTables {

    static final String SCHEMA = "bare";

    private static final List<String> TABLES = List.of("person", "consent", "project", "pace", "sitting", "item", "slot", "claim", "draft",
            "submission", "worked_interval", "outbox");

    private BareTables() {}

    static void copy(Properties stack) throws SQLException {
        try (Connection owner = DriverManager.getConnection(stack.getProperty("jdbc.url"), stack.getProperty("owner.username"),
                stack.getProperty("owner.password")); Statement statement = owner.createStatement()) {
            statement.execute("drop schema if exists bare cascade");
            statement.execute("create schema bare");
            for (String table : TABLES) {
                statement.execute("create table bare.%1$s (like public.%1$s including defaults including identity including storage)"
                        .formatted(table));
                for (String settings : texts(statement, "select array_to_string(reloptions, ', ') from pg_class where oid = 'public.%s'::regclass and reloptions is not null", table)) {
                    statement.execute("alter table bare.%s set (%s)".formatted(table, settings));
                }
                if (!table.equals("outbox")) {
                    statement.execute("insert into bare.%1$s overriding system value select * from public.%1$s".formatted(table));
                }
            }
            // Keys and indexes after the rows, and foreign keys after all tables.
            statement.execute("set search_path = bare, public");
            for (String kind : List.of("p", "u", "x", "f")) {
                for (String table : TABLES) {
                    for (String key : texts(statement, """
                            select format('alter table bare.%%I add constraint %%I %%s', '%1$s', conname, replace(pg_get_constraintdef(oid), 'public.', ''))
                              from pg_constraint where conrelid = 'public.%1$s'::regclass and contype = '""" + kind + "'", table)) {
                        statement.execute(key);
                    }
                }
            }
            for (String table : TABLES) {
                for (String index : texts(statement, """
                        select replace(pg_get_indexdef(indexrelid), ' ON public.', ' ON bare.') from pg_index i
                         where indrelid = 'public.%s'::regclass and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x'))
                        """, table)) {
                    statement.execute(index);
                }
            }
            String app = stack.getProperty("app.username");
            statement.execute("grant usage on schema bare to " + app);
            statement.execute("grant select, insert, update, delete on all tables in schema bare to " + app);
        }
        settle(stack);
    }

    /** What autovacuum does within a minute, done now for both sides: statistics of new rows. */
    static void settle(Properties stack) throws SQLException {
        try (Connection owner = DriverManager.getConnection(stack.getProperty("jdbc.url"), stack.getProperty("owner.username"),
                stack.getProperty("owner.password")); Statement statement = owner.createStatement()) {
            for (String table : TABLES) {
                statement.execute("vacuum analyze bare." + table);
                statement.execute("vacuum analyze public." + table);
            }
        }
        // What the copying left to write is written now, not while something is measured.
        try (Connection superuser = DriverManager.getConnection(stack.getProperty("superuser.jdbc.url"), stack.getProperty("superuser.username"),
                stack.getProperty("superuser.password")); Statement statement = superuser.createStatement()) {
            statement.execute("checkpoint");
        }
    }

    private static List<String> texts(Statement statement, String sql, String table) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (var rows = statement.getConnection().createStatement().executeQuery(sql.formatted(table))) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
