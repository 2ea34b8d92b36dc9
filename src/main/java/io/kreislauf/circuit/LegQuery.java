package io.kreislauf.circuit;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Commodity;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Which legs of one book a figure is the sum of.
 *
 * @param accounts  each is one account, or with {@code :*} at its end all accounts under it, itself excluded
 * @param side      debit or credit: only legs on that side; null: both
 * @param events    only entries of these events; empty: of all
 * @param notEvents no entries of these events
 * @param source    only entries that came from this; null: from anything
 * @param touching  only entries that have a leg on this account, too, in whichever book; null: all
 */
record LegQuery(UUID book, Commodity commodity, List<String> accounts, String side, List<String> events, List<String> notEvents, UUID source,
                String touching) {

    static final String DEBIT = "debit";
    static final String CREDIT = "credit";
    private static final int ACCOUNTS_MAX = 500;

    LegQuery {
        accounts = List.copyOf(accounts);
        events = events == null ? List.of() : List.copyOf(events);
        notEvents = notEvents == null ? List.of() : List.copyOf(notEvents);
        if (accounts.isEmpty() || accounts.size() > ACCOUNTS_MAX) {
            throw Refusal.invalid("account", "Legs are read from 1 to %d accounts.".formatted(ACCOUNTS_MAX), "Follow the legsHref of a figure.");
        }
        if (side != null && !side.equals(DEBIT) && !side.equals(CREDIT)) {
            throw Refusal.invalid("side", "A side is debit or credit.", "Leave it out for both.");
        }
    }

    static LegQuery of(UUID book, Commodity commodity, String... accounts) {
        return new LegQuery(book, commodity, List.of(accounts), null, null, null, null, null);
    }

    LegQuery debits() {
        return new LegQuery(book, commodity, accounts, DEBIT, events, notEvents, source, touching);
    }

    LegQuery credits() {
        return new LegQuery(book, commodity, accounts, CREDIT, events, notEvents, source, touching);
    }

    LegQuery only(String... of) {
        return new LegQuery(book, commodity, accounts, side, List.of(of), notEvents, source, touching);
    }

    LegQuery without(String... of) {
        return new LegQuery(book, commodity, accounts, side, events, List.of(of), source, touching);
    }

    LegQuery from(UUID origin) {
        return new LegQuery(book, commodity, accounts, side, events, notEvents, origin, touching);
    }

    LegQuery touching(String account) {
        return new LegQuery(book, commodity, accounts, side, events, notEvents, source, account);
    }

    /** The same with other names of accounts: a person's id for a pseudonym, or the other way round. */
    LegQuery named(UnaryOperator<String> account) {
        return new LegQuery(book, commodity, accounts.stream().map(account).toList(), side, events, notEvents, source, touching);
    }

    String href() {
        StringBuilder href = new StringBuilder("/api/circuit/legs?book=").append(book).append("&commodity=").append(encoded(commodity.text()));
        accounts.forEach(account -> href.append("&account=").append(encoded(account)));
        events.forEach(event -> href.append("&event=").append(event));
        notEvents.forEach(event -> href.append("&notEvent=").append(event));
        if (side != null) {
            href.append("&side=").append(side);
        }
        if (source != null) {
            href.append("&source=").append(source);
        }
        if (touching != null) {
            href.append("&touching=").append(encoded(touching));
        }
        return href.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
