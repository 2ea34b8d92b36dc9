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
 * @param asOf      the legs that were there then, on both clocks
 */
public record LegQuery(Book book, Commodity commodity, String account, Set<String> events, Side side, UUID source, AsOf asOf) {

    public enum Side { DEBIT, CREDIT }

    public LegQuery {
        Objects.requireNonNull(book, "book");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(asOf, "asOf");
        events = Set.copyOf(events);
    }

    /** Of the legs that are there now. */
    public LegQuery(Book book, Commodity commodity, String account, Set<String> events, Side side, UUID source) {
        this(book, commodity, account, events, side, source, AsOf.NOW);
    }

    /** All legs of one account and those under it, in one commodity: their sum is the balance. */
    public static LegQuery of(Book book, Commodity commodity, Account account) {
        return new LegQuery(book, commodity, account.text(), Set.of(), null, null);
    }

    public LegQuery by(String... eventTypes) {
        return new LegQuery(book, commodity, account, Set.of(eventTypes), side, source, asOf);
    }

    public LegQuery on(Side oneSide) {
        return new LegQuery(book, commodity, account, events, oneSide, source, asOf);
    }

    public LegQuery from(UUID oneSource) {
        return new LegQuery(book, commodity, account, events, side, oneSource, asOf);
    }

    public LegQuery asOf(AsOf then) {
        return new LegQuery(book, commodity, account, events, side, source, then);
    }
}
