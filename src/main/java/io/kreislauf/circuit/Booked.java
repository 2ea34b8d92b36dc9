package io.kreislauf.circuit;

import io.kreislauf.ledger.Commodity;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Makes the figures of one book as a viewer may see them: each is the sum of the legs that it opens. */
final class Booked {

    private final LegRows legs;
    private final Viewer viewer;
    private final UUID book;
    private final String bookName;
    private final UnaryOperator<String> pseudonymous;

    /** @param pseudonymous the account names that the viewer gets for those of the book */
    Booked(LegRows legs, Viewer viewer, UUID book, String bookName, UnaryOperator<String> pseudonymous) {
        this.legs = legs;
        this.viewer = viewer;
        this.book = book;
        this.bookName = bookName;
        this.pseudonymous = pseudonymous;
    }

    LegQuery query(Commodity commodity, String... accounts) {
        return LegQuery.of(book, commodity, accounts);
    }

    /** The value is what was debited, less what was credited. */
    Figure debit(String key, String label, LegQuery query) {
        return figure(key, label, query, LegQuery.DEBIT);
    }

    /** The value is what was credited, less what was debited. */
    Figure credit(String key, String label, LegQuery query) {
        return figure(key, label, query, LegQuery.CREDIT);
    }

    UUID book() {
        return book;
    }

    String bookName() {
        return bookName;
    }

    /** Sums by account, each as a figure of its own would have it. */
    Map<String, Long> byAccount(LegQuery query) {
        return legs.byAccount(query);
    }

    private Figure figure(String key, String label, LegQuery query, String side) {
        return figure(key, label, query, side, legs.sum(query).amount());
    }

    /** @param sum of the legs of the query, as {@link #byAccount} has given it */
    Figure figure(String key, String label, LegQuery query, String side, long sum) {
        long value = side.equals(LegQuery.DEBIT) ? sum : -sum;
        boolean open = viewer.opens(book);
        Commodity commodity = query.commodity();
        String source = commodity.equals(Commodity.LABOUR) ? "observed" : commodity.equals(Commodity.LABOUR_DECLARED) ? "declared" : null;
        return new Figure(key, label, value, commodity.isLabour() ? Figure.MILLIS : Figure.MINOR, null, commodity.text(), book, bookName,
                open ? query.named(pseudonymous).href() : null, side, open ? null : "the book of " + bookName, null, null, source, null, null);
    }
}
