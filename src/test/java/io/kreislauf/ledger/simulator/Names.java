package io.kreislauf.ledger.simulator;

import io.kreislauf.ledger.Book;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The ids of one playing of a history: every playing has its own, so that what an earlier one booked is not in its way. */
final class Names {

    /** Organisations, then people who work; nobody opens the book of {@link #STRANGER}. */
    static final String[] ORGANISATIONS = {"maker", "agency", "client"};
    static final String[] PEOPLE = {"anna", "ben", "cleo"};
    static final String STRANGER = "stranger";

    private final UUID playing;
    private final Map<String, String> nameOfId = new TreeMap<>();

    Names(UUID playing) {
        this.playing = playing;
    }

    UUID id(String name) {
        UUID id = UUID.nameUUIDFromBytes((playing + ":" + name).getBytes(StandardCharsets.UTF_8));
        nameOfId.put(id.toString(), name);
        return id;
    }

    Book book(String name) {
        return new Book(id(name));
    }

    /** With names in place of ids. */
    String readable(Object text) {
        String readable = String.valueOf(text);
        for (var entry : nameOfId.entrySet()) {
            readable = readable.replace(entry.getKey(), entry.getValue());
        }
        return readable;
    }
}
