package io.kreislauf.testing;

import java.sql.SQLException;
import java.util.UUID;

/** Makes organisations and people that can sign in, past the front door where it is not the front door that is tested. */
public final class TestPeople {

    /** A person with an account and a login. */
    public record TestPerson(UUID personId, UUID organisationId, TestUser user) {

        public String token() {
            return user.token();
        }
    }

    private TestPeople() {
    }

    /** An organisation with a name of its own. */
    public static UUID organisation(String kind) throws SQLException {
        try (var connection = TestDatabase.asOwner();
             var insert = connection.prepareStatement("insert into organisation (name, kind) values (?, ?) returning organisation_id")) {
            insert.setString(1, kind + " " + UUID.randomUUID());
            insert.setString(2, kind);
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getObject(1, UUID.class);
            }
        }
    }

    /** A person who acts for {@code organisationId} (null: for nobody). */
    public static TestPerson person(String role, UUID organisationId) throws SQLException {
        return person(role, organisationId, "DE");
    }

    /** An annotator who has agreed to being measured. */
    public static TestPerson annotator(String region) throws SQLException {
        TestPerson person = person("annotator", null, region);
        try (var connection = TestDatabase.asOwner();
             var agree = connection.prepareStatement("insert into consent (person_id, version, decision) values (?, 1, 'agreed')")) {
            agree.setObject(1, person.personId());
            agree.executeUpdate();
        }
        return person;
    }

    /** The name under which the organisation comes to know the person, who has none there yet. */
    public static String pseudonym(UUID organisationId, TestPerson person) throws SQLException {
        try (var connection = TestDatabase.asOwner(); var insert = connection.prepareStatement(
                "insert into pseudonym (organisation_id, person_id) values (?, ?) returning pseudonym")) {
            insert.setObject(1, organisationId);
            insert.setObject(2, person.personId());
            try (var row = insert.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static TestPerson person(String role, UUID organisationId, String region) throws SQLException {
        TestUser user = TestUsers.withRoles(role);
        try (var connection = TestDatabase.asOwner();
             var insert = connection.prepareStatement("""
                     insert into person (subject, organisation_id, login_name, display_name, roles, region)
                     values (?, ?, ?, ?, array[?], ?) returning person_id
                     """)) {
            insert.setString(1, user.subject());
            insert.setObject(2, organisationId);
            insert.setString(3, user.login());
            insert.setString(4, user.login());
            insert.setString(5, role);
            insert.setString(6, region);
            try (var row = insert.executeQuery()) {
                row.next();
                return new TestPerson(row.getObject(1, UUID.class), organisationId, user);
            }
        }
    }
}
