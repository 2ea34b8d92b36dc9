package io.kreislauf.ledger;

import io.kreislauf.ledger.Unbookable.Reason;
import java.util.Objects;
import java.util.UUID;

/**
 * A name within a book: {@code KIND[:subject][:part]}. The kinds are the forms that capital takes. Subjects are random
 * ids, except means ({@code MEANS:tooling}), purposes of circulation and the other sides that keep no book.
 */
public record Account(String text) implements Comparable<Account> {

    private static final int WORD_MAX = 64;

    /** Money in hand; an organisation's deposit with the platform's operator. Guarded: never below zero. */
    public static final Account CASH = new Account("CASH");
    /** Capital advanced by the owner. */
    public static final Account CAPITAL = new Account("CAPITAL");
    /** Debited with what realised surplus has been used for: capitalised, drawn or shared. */
    public static final Account SURPLUS_USED = new Account("CAPITAL:surplus");
    /** Substance that came in with means bought off the platform. */
    public static final Account RECEIVED_FROM_OUTSIDE = new Account("RECEIVED:outside");
    /** Labour declared by people without a book. */
    public static final Account RECEIVED_AS_DECLARED = new Account("RECEIVED:declared");
    /** Substance passed on to customers who keep no book here. */
    public static final Account GIVEN_TO_CUSTOMERS = new Account("GIVEN:customers");

    public Account {
        Objects.requireNonNull(text, "text");
        if (!wellFormed(text)) {
            throw new Unbookable(Reason.MALFORMED, "'" + text + "' is no account");
        }
    }

    /** {@code [A-Z_]+(:[a-z0-9][a-z0-9-]{0,63}){0,2}}, walked by hand because every leg of every entry is asked. */
    private static boolean wellFormed(String text) {
        var at = 0;
        while (at < text.length() && (text.charAt(at) >= 'A' && text.charAt(at) <= 'Z' || text.charAt(at) == '_')) {
            at++;
        }
        for (var words = 0; at > 0 && at < text.length() && words < 2 && text.charAt(at) == ':'; words++) {
            var first = at + 1;
            at = first;
            while (at < text.length() && (isLowerOrDigit(text.charAt(at)) || at > first && text.charAt(at) == '-')) {
                at++;
            }
            if (at == first || at - first > WORD_MAX) {
                return false;
            }
        }
        return at > 0 && at == text.length();
    }

    private static boolean isLowerOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
    }

    private static Account of(Kind kind, Object... words) {
        var text = new StringBuilder(kind.name());
        for (var word : words) {
            text.append(':').append(word);
        }
        return new Account(text.toString());
    }

    // M: money capital
    public static Account escrow(UUID project) { return of(Kind.ESCROW, project); }
    public static Account reserve(UUID project) { return of(Kind.ESCROW, project, "reserve"); }
    public static Account receivable(UUID buyer) { return of(Kind.RECEIVABLE, buyer); }

    // C: means of production; a licence is one of them
    public static Account means(String means) { return of(Kind.MEANS, means); }
    public static Account means(UUID licence) { return of(Kind.MEANS, licence); }

    // P: capital in production, of a project or a model
    public static Account productionC(UUID product) { return of(Kind.PRODUCTION, product, "c"); }
    public static Account productionV(UUID product) { return of(Kind.PRODUCTION, product, "v"); }
    public static Account production(UUID project, TimeClass timeClass) { return of(Kind.PRODUCTION, project, timeClass.part()); }
    public static Account production(UUID product) { return of(Kind.PRODUCTION, product); }

    // C': commodity capital, a data set version or a model
    public static Account commodityC(UUID product) { return of(Kind.COMMODITY, product, "c"); }
    public static Account commodityV(UUID product) { return of(Kind.COMMODITY, product, "v"); }
    public static Account commodity(UUID product) { return of(Kind.COMMODITY, product); }

    // M': realised
    public static Account revenue(UUID product) { return of(Kind.REVENUE, product); }
    public static Account revenue(String service) { return of(Kind.REVENUE, service); }
    public static Account costOfSalesC(UUID product) { return of(Kind.COST_OF_SALES, product, "c"); }
    public static Account costOfSalesV(UUID product) { return of(Kind.COST_OF_SALES, product, "v"); }

    // owed and owned
    public static Account wagesDue(Book annotator) { return of(Kind.WAGES_DUE, annotator); }
    public static Account suppliersDue(UUID supplier) { return of(Kind.SUPPLIERS_DUE, supplier); }
    public static Account deferred(UUID buyer) { return of(Kind.DEFERRED, buyer); }

    // an annotator's
    public static Account wagesReceivable(Book organisation) { return of(Kind.WAGES_RECEIVABLE, organisation); }
    public static Account wages(Book organisation) { return of(Kind.WAGES, organisation); }
    public static Account expenses(String purpose) { return of(Kind.EXPENSES, purpose); }
    public static Account expended(TimeClass timeClass) { return of(Kind.EXPENDED, timeClass.part()); }

    // costs of circulation, never part of the product
    public static Account circulation(String purpose) { return of(Kind.CIRCULATION, purpose); }
    /** Between two currencies of one book: what was given for what. */
    public static Account exchange(String currency) { return of(Kind.EXCHANGE, currency.toLowerCase(java.util.Locale.ROOT)); }

    // between books
    public static Account givenTo(Book other) { return of(Kind.GIVEN, other); }
    public static Account receivedFrom(Book other) { return of(Kind.RECEIVED, other); }

    // gone
    public static Account lost(TimeClass timeClass) { return of(Kind.LOST, timeClass.part()); }
    public static Account unrealised(UUID product) { return of(Kind.UNREALISED, product); }
    public static Account unrealised(String means) { return of(Kind.UNREALISED, means); }

    public Kind kind() {
        return Kind.valueOf(text.split(":", 2)[0]);
    }

    /** Guarded accounts cannot go below zero, under any interleaving. */
    public boolean guarded() {
        return kind() == Kind.CASH || kind() == Kind.ESCROW;
    }

    @Override
    public int compareTo(Account other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }

    /** The forms that capital takes, in the order of the circuit M - C ... P ... C' - M'. */
    public enum Kind {
        CASH, ESCROW, RECEIVABLE, MEANS, PRODUCTION, COMMODITY, REVENUE, COST_OF_SALES, WAGES_DUE, SUPPLIERS_DUE, DEFERRED,
        CAPITAL, WAGES_RECEIVABLE, WAGES, EXPENSES, EXPENDED, CIRCULATION, EXCHANGE, GIVEN, RECEIVED, LOST, UNREALISED
    }
}
