package io.kreislauf.ledger.book;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * The legs that a number is the sum of.
 *
 * @param commodity null: all
 * @param account   prefix of whole words; empty: all accounts
 * @param events    types of events; empty: all
 * @param side      debits or credits only; null: both
 * @param source    what the entries came from; null: anything
 */
public record LegQuery(Book book, Commodity commodity, String account, Set<String> events, Side side, UUID source) {

    public enum Side { DEBIT, CREDIT }

    public LegQuery {
        Objects.requireNonNull(book, "book");
        Objects.requireNonNull(account, "account");
        events = Set.copyOf(events);
    }

    /** All legs of one account and those under it, in one commodity: their sum is the balance. */
    public static LegQuery of(Book book, Commodity commodity, Account account) {
        return new LegQuery(book, commodity, account.text(), Set.of(), null, null);
    }

    public LegQuery by(String... eventTypes) {
        return new LegQuery(book, commodity, account, Set.of(eventTypes), side, source);
    }

    public LegQuery on(Side oneSide) {
        return new LegQuery(book, commodity, account, events, oneSide, source);
    }

    public LegQuery from(UUID oneSource) {
        return new LegQuery(book, commodity, account, events, side, oneSource);
    }
}
