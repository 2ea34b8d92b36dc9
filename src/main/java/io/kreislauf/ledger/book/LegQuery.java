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
 * @param accounts  of those under the prefix these only, written out; null: all
 * @param events    types of events; empty: all
 * @param side      debits or credits only; null: both
 * @param source    what the entries came from; null: anything
 * @param asOf      the legs that were there then, on both clocks
 */
public record LegQuery(Book book, Commodity commodity, String account, Set<String> accounts, Set<String> events, Side side, UUID source, AsOf asOf) {

    public enum Side { DEBIT, CREDIT }

    public LegQuery {
        Objects.requireNonNull(book, "book");
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(asOf, "asOf");
        accounts = accounts == null ? null : Set.copyOf(accounts);
        events = Set.copyOf(events);
    }

    /** Of the legs that are there now. */
    public LegQuery(Book book, Commodity commodity, String account, Set<String> events, Side side, UUID source) {
        this(book, commodity, account, null, events, side, source, AsOf.NOW);
    }

    /** All legs of one account and those under it, in one commodity: their sum is the balance. */
    public static LegQuery of(Book book, Commodity commodity, Account account) {
        return new LegQuery(book, commodity, account.text(), Set.of(), null, null);
    }

    /** Of the accounts under the prefix these only: their sum is that of a total of a sheet. */
    public LegQuery in(Set<String> accountTexts) {
        return new LegQuery(book, commodity, account, accountTexts, events, side, source, asOf);
    }

    public LegQuery by(String... eventTypes) {
        return new LegQuery(book, commodity, account, accounts, Set.of(eventTypes), side, source, asOf);
    }

    public LegQuery on(Side oneSide) {
        return new LegQuery(book, commodity, account, accounts, events, oneSide, source, asOf);
    }

    public LegQuery from(UUID oneSource) {
        return new LegQuery(book, commodity, account, accounts, events, side, oneSource, asOf);
    }

    public LegQuery asOf(AsOf then) {
        return new LegQuery(book, commodity, account, accounts, events, side, source, then);
    }
}
