package io.kreislauf.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Points the application under test at the running stack, in a database, a realm and topics made for this start of it. */
public final class StackResource implements QuarkusTestResourceLifecycleManager {

    private Surroundings surroundings;

    @Override
    public Map<String, String> start() {
        var stack = RunningStack.find();
        surroundings = Surroundings.make(stack);
        var config = new HashMap<String, String>();
        config.put("quarkus.http.test-port", "0");
        config.put("quarkus.datasource.jdbc.url", surroundings.jdbcUrl());
        config.put("quarkus.datasource.username", stack.get("app.username"));
        config.put("quarkus.datasource.password", stack.get("app.password"));
        config.put("quarkus.flyway.username", stack.get("owner.username"));
        config.put("quarkus.flyway.password", stack.get("owner.password"));
        config.put("kafka.bootstrap.servers", stack.get("kafka.bootstrap"));
        config.put("kreislauf.stream.prefix", surroundings.name() + ".");
        config.put("quarkus.oidc.auth-server-url", stack.get("keycloak.url") + "/realms/" + surroundings.name());
        config.put("quarkus.oidc.client-id", stack.get("oidc.client.id"));
        config.put("quarkus.oidc.credentials.secret", stack.get("oidc.client.secret"));
        config.put("quarkus.keycloak.admin-client.server-url", stack.get("keycloak.url"));
        config.put("quarkus.keycloak.admin-client.realm", surroundings.name());
        config.put("quarkus.keycloak.admin-client.client-id", stack.get("admin.client.id"));
        config.put("quarkus.keycloak.admin-client.client-secret", stack.get("admin.client.secret"));
        config.put("quarkus.keycloak.admin-client.grant-type", "CLIENT_CREDENTIALS");
        var home = Path.of("target", "homes", surroundings.name()).toAbsolutePath();
        config.put("kreislauf.files.directory", home.resolve("files").toString());
        config.put("kreislauf.ledger.signing-key", home.resolve("ledger-signing-key").toString());
        // Read by the classes of this package: test and resource are not loaded by one class loader, so a static field would not do.
        config.put("testing.superuser.username", stack.get("superuser.username"));
        config.put("testing.superuser.password", stack.get("superuser.password"));
        return config;
    }

    @Override
    public void stop() {
        if (surroundings != null) {
            surroundings.close();
        }
    }
}
