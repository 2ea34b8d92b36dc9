package io.kreislauf.people;

import io.kreislauf.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Users at Keycloak, the only keeper of passwords. */
@ApplicationScoped
class KeycloakUsers {

    private final Keycloak keycloak;
    private final String realmName;
    private final Map<String, RoleRepresentation> roles = new ConcurrentHashMap<>();

    KeycloakUsers(Keycloak keycloak, @ConfigProperty(name = "quarkus.keycloak.admin-client.realm") String realmName) {
        this.keycloak = keycloak;
        this.realmName = realmName;
    }

    /**
     * Creates the user, or takes over one of that login that an earlier, unfinished attempt left.
     *
     * @param temporary whether the password has to be changed at the first sign-in
     * @return the subject of the user's tokens
     */
    String create(String login, String displayName, Set<String> roleNames, String password, boolean temporary) {
        UserRepresentation user = new UserRepresentation();
        user.setUsername(login);
        user.setFirstName(displayName);
        user.setLastName("-");
        user.setEmail(login + "@kreislauf.invalid");
        user.setEmailVerified(true);
        user.setEnabled(true);
        user.setCredentials(List.of(passwordOf(password, temporary)));
        try (Response answer = realm().users().create(user)) {
            String subject = switch (answer.getStatus()) {
                case 201 -> CreatedResponseUtil.getCreatedId(answer);
                case 409 -> takenOver(login, password, temporary);
                default -> throw unavailable("status " + answer.getStatus());
            };
            realm().users().get(subject).roles().realmLevel().add(roleNames.stream().map(this::role).toList());
            return subject;
        } catch (ProcessingException | WebApplicationException failure) {
            throw unavailable(failure.getMessage());
        }
    }

    void delete(String subject) {
        try (Response answer = realm().users().delete(subject)) {
            if (answer.getStatus() >= 400 && answer.getStatus() != 404) {
                throw unavailable("status " + answer.getStatus());
            }
        } catch (ProcessingException failure) {
            throw unavailable(failure.getMessage());
        }
    }

    private String takenOver(String login, String password, boolean temporary) {
        String subject = realm().users().searchByUsername(login, true).getFirst().getId();
        realm().users().get(subject).resetPassword(passwordOf(password, temporary));
        return subject;
    }

    private static CredentialRepresentation passwordOf(String password, boolean temporary) {
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType(CredentialRepresentation.PASSWORD);
        credential.setValue(password);
        credential.setTemporary(temporary);
        return credential;
    }

    private RoleRepresentation role(String name) {
        return roles.computeIfAbsent(name, n -> realm().roles().get(n).toRepresentation());
    }

    private RealmResource realm() {
        return keycloak.realm(realmName);
    }

    private static Refusal unavailable(String detail) {
        return Refusal.unavailable("IDENTITY_PROVIDER", "The identity provider did not do it: " + detail, "Try again; what was half done is finished then.");
    }
}
