package io.kreislauf.ledger.seal;

import io.kreislauf.testing.TestDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of its own with nothing but the migrations, made as the stack makes them. Closing drops it. The first of a run is migrated and stays, as the
 * template of all others.
 */
public final class OtherInstallation implements AutoCloseable {

    private static String template;

    private final String name;
    private final String url;

    /** @param suffix of its name, after that of the database under test */
    public OtherInstallation(String suffix) throws Exception {
        var here = setting("quarkus.datasource.jdbc.url").replaceAll("\\?.*", "");
        url = here + "_" + suffix;
        name = url.substring(url.lastIndexOf('/') + 1);
        drop();
        create(name, "template " + template(here));
    }

    private static synchronized String template(String here) throws Exception {
        var migrated = here.substring(here.lastIndexOf('/') + 1) + "_template";
        if (!migrated.equals(template)) {
            create(migrated, "");
            Flyway.configure().dataSource(here + "_template", setting("quarkus.flyway.username"), setting("quarkus.flyway.password"))
                    .locations("classpath:db/migration").load().migrate();
            template = migrated;
        }
        return migrated;
    }

    private static void create(String name, String like) throws Exception {
        try (var connection = TestDatabase.asSuperuser(); var statement = connection.createStatement()) {
            statement.execute("create database %s owner %s %s".formatted(name, setting("quarkus.flyway.username"), like));
        }
    }

    private static String setting(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }

    /** As the application's role. */
    public DataSource application() {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(url);
        dataSource.setUser(setting("quarkus.datasource.username"));
        dataSource.setPassword(setting("quarkus.datasource.password"));
        return dataSource;
    }

    /** As one whom no rule of its database binds. */
    public Connection superuser() throws Exception {
        return DriverManager.getConnection(url, setting("testing.superuser.username"), setting("testing.superuser.password"));
    }

    /** What a dump and its restoration do with the rows of tables: no trigger fires. */
    void restoreFrom(OtherInstallation dumped, List<String> tables) throws Exception {
        try (var from = dumped.superuser(); var to = superuser(); var statement = to.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (var table : tables) {
                var rows = new ByteArrayOutputStream();
                from.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + table + " to stdout", rows);
                statement.execute("delete from " + table);
                to.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
            }
        }
    }

    @FunctionalInterface
    public interface Work<T> {
        T with(DataSource joined) throws Exception;
    }

    /** All that the work does on the data source it is given is one transaction. */
    public <T> T inTransaction(Work<T> work) throws Exception {
        try (var connection = application().getConnection()) {
            connection.setAutoCommit(false);
            var open = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        try {
                            return method.getName().equals("close") ? null : method.invoke(connection, arguments);
                        } catch (InvocationTargetException failure) {
                            throw failure.getCause();
                        }
                    });
            var result = work.with((DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class},
                    (proxy, method, arguments) -> open));
            connection.commit();
            return result;
        }
    }

    private void drop() throws Exception {
        try (var connection = TestDatabase.asSuperuser(); var statement = connection.createStatement()) {
            statement.execute("drop database if exists " + name + " with (force)");
        }
    }

    @Override
    public void close() throws Exception {
        drop();
    }
}
