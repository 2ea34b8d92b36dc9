package io.kreislauf.testing;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.eclipse.microprofile.config.ConfigProvider;

/** Connections to the database of the application under test, beside the application. Close them. */
public final class TestDatabase {

    private TestDatabase() {
    }

    /** As the role the application has: no ownership, and only what migrations grant. */
    public static Connection asApplication() throws SQLException {
        return connect("quarkus.datasource.username", "quarkus.datasource.password");
    }

    /** As the owner of the tables, who runs the migrations. */
    public static Connection asOwner() throws SQLException {
        return connect("quarkus.flyway.username", "quarkus.flyway.password");
    }

    /** As one whom no rule of the database binds: the tamperer. */
    public static Connection asSuperuser() throws SQLException {
        return connect("testing.superuser.username", "testing.superuser.password");
    }

    private static Connection connect(String userKey, String passwordKey) throws SQLException {
        return DriverManager.getConnection(setting("quarkus.datasource.jdbc.url"), setting(userKey), setting(passwordKey));
    }

    static String setting(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }
}
