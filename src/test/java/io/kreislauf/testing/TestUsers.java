package io.kreislauf.testing;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes users in the realm under test. They exist for Keycloak only: a person in the application's sense is provisioned through the
 * application, or linked to the {@link TestUser#subject} by the test.
 */
public final class TestUsers {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestUsers() {
    }

    /** A user with these realm roles (annotator, reviewer, requester, researcher, operator) and a login made from the first. */
    public static TestUser withRoles(String... roles) {
        var name = roles.length == 0 ? "nobody" : roles[0];
        return named("%s-%d-%s".formatted(name, COUNT.incrementAndGet(), Long.toString(System.nanoTime(), 36)), roles);
    }

    /** A user with this login, which must be new in the realm under test. */
    public static TestUser named(String login, String... roles) {
        var realm = TestDatabase.setting("quarkus.keycloak.admin-client.realm");
        var keycloak = Keycloak.provisioning(TestDatabase.setting("quarkus.keycloak.admin-client.server-url"), realm,
                TestDatabase.setting("quarkus.keycloak.admin-client.client-id"), TestDatabase.setting("quarkus.keycloak.admin-client.client-secret"));
        var password = "test-" + login;
        var subject = keycloak.createUser(realm, login, password);
        for (var role : roles) {
            keycloak.addRole(realm, subject, role);
        }
        return new TestUser(login, password, subject);
    }
}
