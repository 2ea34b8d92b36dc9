package io.kreislauf.ledger.book;

import io.kreislauf.Refusal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Who of the request at hand may see which book. Implemented where people are known. */
public interface BookAccess {

    /** A book and whose it is. */
    record NamedBook(UUID book, String name, String kind) {}

    /** The books that the caller may see, by id, from behind {@code after} (null: from the first). */
    List<NamedBook> books(UUID after, int limit);

    /**
     * Whether the caller may see this book: an organisation's member its books, a person the own one, an operator all. An
     * operator's look into a book that is not the own one is logged.
     *
     * @throws Refusal NOT_FOUND otherwise, also for a book that does not exist
     */
    NamedBook look(UUID book);

    boolean mayLook(UUID book);

    /** Whose these books are, as the caller may know it: organisations by name, people by the caller's pseudonym of them. */
    Map<UUID, String> names(Collection<UUID> books);

    /** The ids under which the caller sees these books, where they differ: an organisation sees people under pseudonyms of its own. */
    Map<UUID, UUID> shownAs(Collection<UUID> books);

    /** The book behind an id that the caller was shown; the id itself if it is none. */
    UUID meantBy(UUID shown);
}
