package io.kreislauf.ledger.book;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Account texts as the caller may see them: people's ids replaced by the caller's pseudonyms, and back. */
final class Shown {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private final Map<UUID, UUID> shownAs;

    private Shown(Map<UUID, UUID> shownAs) {
        this.shownAs = shownAs;
    }

    static Shown of(BookAccess access, Collection<String> accounts, Collection<UUID> books) {
        var ids = Stream.concat(accounts.stream().filter(Shown::ofSomebody).flatMap(account -> ids(account).stream()), books.stream()).distinct().toList();
        return new Shown(access.shownAs(ids));
    }

    /** The kinds whose subject is another book. */
    private static boolean ofSomebody(String account) {
        return account.startsWith("GIVEN:") || account.startsWith("RECEIVED:") || account.startsWith("WAGES");
    }

    String account(String account) {
        return ofSomebody(account) ? ID.matcher(account).replaceAll(found -> book(UUID.fromString(found.group())).toString()) : account;
    }

    UUID book(UUID book) {
        return shownAs.getOrDefault(book, book);
    }

    /** What a caller who asks for an account means. */
    static String meant(BookAccess access, String account) {
        return ofSomebody(account) ? ID.matcher(account).replaceAll(found -> access.meantBy(UUID.fromString(found.group())).toString()) : account;
    }

    private static List<UUID> ids(String account) {
        return ID.matcher(account).results().map(found -> UUID.fromString(found.group())).toList();
    }
}
