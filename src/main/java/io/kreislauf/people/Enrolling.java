package io.kreislauf.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** The short transactions of {@link Provisioning}: none is open while the identity provider is asked. */
@ApplicationScoped
class Enrolling {

    private final PersonRows people;

    Enrolling(PersonRows people) {
        this.people = people;
    }

    @Transactional
    UUID add(Provisioning.Account account, String subject, UUID provisionedBy) {
        return people.insert(account, subject, provisionedBy);
    }

    @Transactional
    Optional<String> delete(UUID personId, UUID provisionedBy) {
        return people.delete(personId, provisionedBy);
    }
}
