package io.kreislauf.ledger.export;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.book.BookKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/** One row of an exported ledger, read strictly. */
final class JournalRow {

    /** A cell that holds something else than what an export writes there. */
    static final class Malformed extends RuntimeException {
        final String column;

        Malformed(String column, String message) {
            super(message, null, false, false);
            this.column = column;
        }
    }

    private static final Set<String> KINDS = Stream.of(BookKind.values()).map(BookKind::stored).collect(Collectors.toUnmodifiableSet());
    /** Of transactions and places: what comes after them must still have numbers. */
    private static final long NUMBER_MAX = 1L << 62;
    private static final String WORD = "[A-Za-z][A-Za-z0-9-]{0,99}";
    private static final String HASH = "[0-9a-f]{64}";
    private static final String SALT = "[0-9a-f]{32}|02[0-9a-f]{32}";

    private static final String HEX = "not as many hex digits as it should be";

    private final CSVRecord row;

    private JournalRow(CSVRecord row) {
        this.row = row;
    }

    /** @throws Malformed naming the column */
    static ExportedEntry read(CSVRecord row) {
        return new JournalRow(row).entry();
    }

    private ExportedEntry entry() {
        if (!row.isConsistent()) {
            throw new Malformed(null, "has " + row.size() + " cells, not " + row.getParser().getHeaderNames().size() + ".");
        }
        if (row.get("salt").isEmpty()) {
            throw new Malformed("salt", "is empty: this is an export of one book. Only that of all books can be taken in.");
        }
        var kinds = kinds();
        return new ExportedEntry(optional("leafNo", Long::valueOf), number("tx"), number("seq"), id("entryId"),
                matching("event", WORD, "no name of an event"), instant("effectiveAt"), instant("occurredAt"), instant("postedAt"),
                matching("sourceKind", WORD, "no kind of thing"), id("sourceId"),
                optional("reverses", UUID::fromString), text("idempotencyKey"), matching("bodyHash", HASH, HEX), matching("salt", SALT, HEX), text("body"), legs(kinds),
                kinds);
    }

    private Map<UUID, String> kinds() {
        var kinds = new HashMap<UUID, String>();
        for (var book : text("books").split(" ")) {
            var part = book.split("=");
            if (part.length != 2 || !KINDS.contains(part[1])) {
                throw new Malformed("books", "'" + book + "' is no book=" + String.join(" or book=", new TreeSet<>(KINDS)) + ".");
            }
            kinds.put(parsed("books", part[0], "no id", UUID::fromString), part[1]);
        }
        return kinds;
    }

    private List<Leg> legs(Map<UUID, String> kinds) {
        var legs = new ArrayList<Leg>();
        for (var text : text("legs").split(" ")) {
            var part = text.split("\\|");
            if (part.length != 4) {
                throw new Malformed("legs", "'" + text + "' is not book|commodity|account|amount.");
            }
            var book = parsed("legs", part[0], "no id", UUID::fromString);
            if (!kinds.containsKey(book)) {
                throw new Malformed("legs", "book " + book + " is not in the column books.");
            }
            legs.add(parsed("legs", text, "no leg: an unknown commodity or account, or an amount that is 0 or beyond 64 bits", one ->
                    new Leg(new Book(book), new Commodity(part[1]), new Account(part[2]), Long.parseLong(part[3]))));
        }
        return legs;
    }

    private String text(String column) {
        var text = row.get(column);
        if (text.isEmpty()) {
            throw new Malformed(column, "is empty.");
        }
        return text;
    }

    private long number(String column) {
        return cell(column, "no whole number from 1 to 2^62", text -> {
            var number = Long.parseLong(text);
            if (number < 1 || number > NUMBER_MAX) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    private String matching(String column, String pattern, String otherwise) {
        return cell(column, otherwise, text -> {
            if (!text.matches(pattern)) {
                throw new IllegalArgumentException();
            }
            return text;
        });
    }

    private UUID id(String column) {
        return cell(column, "no id", UUID::fromString);
    }

    private Instant instant(String column) {
        return cell(column, "no time", Instant::parse);
    }

    private <T> T optional(String column, Function<String, T> parser) {
        return row.get(column).isEmpty() ? null : cell(column, "not what belongs there", parser);
    }

    private <T> T cell(String column, String otherwise, Function<String, T> parser) {
        return parsed(column, text(column), otherwise, parser);
    }

    private static <T> T parsed(String column, String text, String otherwise, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (RuntimeException malformed) {
            throw new Malformed(column, "'" + text + "' is " + otherwise + ".");
        }
    }
}
