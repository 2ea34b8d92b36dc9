package io.kreislauf.people;

import io.kreislauf.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes accounts: a user at the identity provider, who keeps the password, and a row here. A step that was left half
 * done (a user there, no row here) is finished by asking again.
 */
@ApplicationScoped
public class Provisioning {

    static final int BATCH_MAX = 200;
    private static final String LOGIN = "[a-z0-9][a-z0-9._-]{1,59}";
    private static final char[] SIGNS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789".toCharArray();

    /**
     * @param origin provisioned, demo, or log: such a one stands for a worker of {@code logName} and keeps the password
     * @param password null: one is made up, and has to be changed at the first sign-in unless {@code origin} is log
     */
    public record Account(String login, String displayName, Set<String> roles, UUID organisationId, String region,
                          List<String> languages, String origin, String logName, String password) {

        public Account {
            login = login == null ? "" : login.toLowerCase(Locale.ROOT);
            displayName = displayName == null || displayName.isBlank() ? login : displayName;
            roles = roles == null ? Set.of() : Set.copyOf(roles);
            languages = languages == null ? List.of() : List.copyOf(languages);
            origin = origin == null ? "provisioned" : origin;
        }
    }

    /** @param oneTimePassword shown to whoever provisions, once */
    public record Provisioned(UUID personId, String login, String oneTimePassword) {}

    private final PersonRows people;
    private final Enrolling enrolling;
    private final KeycloakUsers users;
    private final SecureRandom random = new SecureRandom();

    Provisioning(PersonRows people, Enrolling enrolling, KeycloakUsers users) {
        this.people = people;
        this.enrolling = enrolling;
        this.users = users;
    }

    /** @throws Refusal LOGIN_TAKEN if the login has an account already */
    public Provisioned provision(Caller caller, Account account) {
        check(caller, account);
        if (exists(account.login())) {
            throw Refusal.conflict("LOGIN_TAKEN", "The login %s has an account.".formatted(account.login()), "Choose another login.");
        }
        boolean lasting = account.origin().equals("log") || account.password() != null;
        String password = account.password() != null ? account.password() : madeUp();
        String subject = users.create(account.login(), account.displayName(), account.roles(), password, !lasting);
        UUID personId = enrolling.add(account, subject, caller.organisationId());
        return new Provisioned(personId, account.login(), password);
    }

    /** Who has this login. */
    public Optional<UUID> find(String login) {
        return people.byLogin(login);
    }

    boolean exists(String login) {
        return find(login).isPresent();
    }

    /** Cuts the link between a person and all that they did: the row, and the user at the identity provider. */
    public void delete(Caller caller, UUID personId) {
        String subject = enrolling.delete(personId, caller.is(Roles.OPERATOR) ? null : caller.organisation())
                .orElseThrow(() -> Refusal.missing("person", personId));
        users.delete(subject);
    }

    private void check(Caller caller, Account account) {
        if (!account.login().matches(LOGIN)) {
            throw Refusal.invalid("login", "A login has 2 to 60 of a-z 0-9 . _ - and starts with a letter or digit.", "Choose another login.");
        }
        if (account.roles().isEmpty() || !Roles.ALL.containsAll(account.roles())) {
            throw Refusal.invalid("roles", "Roles are %s.".formatted(Roles.ALL), "Give at least one of them.");
        }
        if (account.region() != null && !account.region().matches("[A-Z]{2}")) {
            throw Refusal.invalid("region", "A region is an ISO 3166-1 alpha-2 country code.", "For Kenya send KE.");
        }
        if (!Set.of("provisioned", "demo", "log").contains(account.origin())) {
            throw Refusal.invalid("origin", "An origin is provisioned, demo or log.", "Leave it out for a person.");
        }
        if (account.origin().equals("log") == (account.logName() == null)) {
            throw Refusal.invalid("logName", "Workers of a log name their log, nobody else does.", "Send origin log together with logName.");
        }
        if (!caller.is(Roles.OPERATOR)) {
            boolean own = account.organisationId() == null || account.organisationId().equals(caller.organisation());
            boolean allowed = account.roles().stream().allMatch(Set.of(Roles.ANNOTATOR, Roles.REVIEWER)::contains);
            if (!own || !allowed || account.password() != null) {
                throw Refusal.forbidden("NOT_YOURS_TO_PROVISION", "A requester provisions annotators, and reviewers of the own organisation.",
                        "Ask the operator.");
            }
        }
    }

    private String madeUp() {
        StringBuilder password = new StringBuilder(16);
        for (int i = 0; i < 16; i++) {
            password.append(SIGNS[random.nextInt(SIGNS.length)]);
        }
        return password.toString();
    }
}
