package io.kreislauf.demo;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Stops the application where the demo must not be: beyond loopback, and in a database that it did not make. */
@ApplicationScoped
class DemoBounds {

    private final DataSource dataSource;
    private final DemoSettings settings;
    private final String host;

    DemoBounds(DataSource dataSource, DemoSettings settings, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.host = host;
    }

    void hold(@Observes @Priority(10) StartupEvent starting) throws SQLException, UnknownHostException {
        if (settings.wanted() && holds("select exists (select from organisation) and not exists (select from demo_step)")) {
            throw new IllegalStateException("This database holds organisations that no demo made: the demo is not added to it. "
                    + "Start with KREISLAUF_DEMO=false, or name another database.");
        }
        boolean peopleOfTheDemo = settings.wanted() || holds("select exists (select from person where origin = 'demo')");
        if (peopleOfTheDemo && !InetAddress.getByName(host).isLoopbackAddress()) {
            throw new IllegalStateException("The demo's passwords are known to everybody: with them Kreislauf listens on loopback only, not on "
                    + host + ". Use a database without the demo, or KREISLAUF_HTTP_HOST=127.0.0.1.");
        }
    }

    private boolean holds(String question) throws SQLException {
        try (Connection connection = dataSource.getConnection(); var select = connection.createStatement();
             var row = select.executeQuery(question)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
