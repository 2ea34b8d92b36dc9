package io.kreislauf.circuit;

import io.kreislauf.people.Pseudonyms;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Account names with pseudonyms in place of people: no organisation learns an id that another one could compare. */
@ApplicationScoped
class Pseudonymous {

    private static final Pattern OF_SOMEBODY = Pattern.compile("(WAGES_DUE|RECEIVED|GIVEN):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

    private final Pseudonyms pseudonyms;
    private final CircuitRows rows;

    Pseudonymous(Pseudonyms pseudonyms, CircuitRows rows) {
        this.pseudonyms = pseudonyms;
        this.rows = rows;
    }

    /** What an organisation calls these accounts of its own book; everybody else gets them as they are. Makes pseudonyms: needs a transaction. */
    UnaryOperator<String> naming(Viewer viewer, Collection<String> accounts) {
        if (viewer.operator() || viewer.organisationId() == null) {
            return UnaryOperator.identity();
        }
        List<UUID> subjects = accounts.stream().map(OF_SOMEBODY::matcher).filter(Matcher::matches).map(m -> UUID.fromString(m.group(2))).distinct().toList();
        if (subjects.isEmpty()) {
            return UnaryOperator.identity();
        }
        Map<UUID, UUID> names = pseudonyms.of(viewer.organisationId(), rows.people(subjects));
        return account -> replaced(account, names::get);
    }

    /** The account of the book that an organisation's name for it stands for. */
    String meant(Viewer viewer, String account) {
        if (viewer.operator() || viewer.organisationId() == null) {
            return account;
        }
        return replaced(account, pseudonym -> pseudonyms.person(viewer.organisationId(), pseudonym).orElse(null));
    }

    private static String replaced(String account, java.util.function.Function<UUID, UUID> by) {
        Matcher somebody = OF_SOMEBODY.matcher(account);
        if (!somebody.matches()) {
            return account;
        }
        UUID other = by.apply(UUID.fromString(somebody.group(2)));
        return other == null ? account : somebody.group(1) + ":" + other;
    }
}
