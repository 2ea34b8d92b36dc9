package io.kreislauf.ledger;

import java.util.Objects;
import java.util.UUID;

/** The complete set of accounts of one organisation or of one person who works. Its id is the owner's. */
public record Book(UUID id) {

    public Book {
        Objects.requireNonNull(id, "id");
    }

    /** Reads the text form that accounts and exports carry. */
    public static Book of(String id) {
        return new Book(UUID.fromString(id));
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
