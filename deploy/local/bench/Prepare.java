import java.nio.file.Path;
import java.sql.DriverManager;
import org.flywaydb.core.Flyway;

/** Makes roles, a database and its tables for a benchmark. Arguments: JDBC URL of the server, directory of the migrations. */
final class Prepare {

    public static void main(String[] args) throws Exception {
        try (var connection = DriverManager.getConnection(args[0] + "postgres", "postgres", ""); var statement = connection.createStatement()) {
            statement.execute("create role kreislauf_owner login");
            statement.execute("create role kreislauf_app login");
            statement.execute("create database kreislauf owner kreislauf_owner");
        }
        Flyway.configure().dataSource(args[0] + "kreislauf", "kreislauf_owner", "").locations("filesystem:" + Path.of(args[1])).load().migrate();
    }
}
