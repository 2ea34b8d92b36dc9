package io.kreislauf.ledger.book;

import java.util.Locale;

/** Whose set of accounts a book is. An entry holds the legs of at most one {@code PERSON}. */
public enum BookKind {
    ORGANISATION, PERSON, OPERATOR, AGENCY;

    /** As tables and exports have it. */
    public String stored() {
        return name().toLowerCase(Locale.ROOT);
    }
}
