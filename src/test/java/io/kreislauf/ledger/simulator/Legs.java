package io.kreislauf.ledger.simulator;

import io.kreislauf.ledger.Cost;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Stock;
import java.math.BigInteger;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiFunction;

/** What an entry moves, added up by book, commodity and account. Nothing here comes from the ledger's own arithmetic. */
final class Legs {

    /** One account of one book in one commodity. */
    record Line(UUID book, String commodity, String account) implements Comparable<Line> {

        @Override
        public int compareTo(Line other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return book + " " + commodity + " " + account;
        }

        String kind() {
            return account.split(":")[0];
        }

        String subject() {
            String[] words = account.split(":");
            return words.length > 1 ? words[1] : "";
        }

        boolean guarded() {
            return account.equals("CASH") || account.startsWith("ESCROW:");
        }

        /** A stock holds something or nothing, never less. */
        boolean stock() {
            return switch (kind()) {
                case "MEANS", "PRODUCTION", "COMMODITY", "LOST", "UNREALISED" -> true;
                default -> false;
            };
        }
    }

    private final Map<Line, Long> sums = new TreeMap<>();

    /** By line, without zeros. */
    Map<Line, Long> sums() {
        sums.values().removeIf(amount -> amount == 0);
        return sums;
    }

    Legs add(UUID book, String commodity, String account, long amount) {
        sums.merge(new Line(book, commodity, account), amount, Math::addExact);
        return this;
    }

    /** From one account to another of the same book. */
    Legs from(UUID book, String commodity, long amount, String credited, String debited) {
        return add(book, commodity, credited, -amount).add(book, commodity, debited, amount);
    }

    Legs labour(UUID book, LabourMillis labour, String credited, String debited) {
        return from(book, "LABOUR", labour.observedMillis(), credited, debited).from(book, "LABOUR_DECLARED", labour.declaredMillis(), credited, debited);
    }

    /** Hours and outside means of a stock, which are the same in every book they pass. */
    Legs substance(UUID book, Stock stock, String credited, String debited) {
        labour(book, stock.labour(), credited, debited);
        stock.costs().forEach(cost -> from(book, "OUTSIDE:" + cost.currency(), cost.outsideMinor(), credited, debited));
        return this;
    }

    /** Each cost, c and v kept apart, from one pair of accounts to another. */
    Legs costs(UUID book, Stock stock, String credited, String debited) {
        for (Cost cost : stock.costs()) {
            from(book, cost.currency(), cost.cMinor(), credited + ":c", debited + ":c");
            from(book, cost.currency(), cost.vMinor(), credited + ":v", debited + ":v");
        }
        return this;
    }

    /** Each cost, c and v together, into one account. */
    Legs costsInto(UUID book, Stock stock, String credited, String debited) {
        for (Cost cost : stock.costs()) {
            from(book, cost.currency(), cost.cMinor(), credited + ":c", debited);
            from(book, cost.currency(), cost.vMinor(), credited + ":v", debited);
        }
        return this;
    }

    /** Part k of n of a stock by cumulative floor (rule 9), in arithmetic without bounds. */
    static Stock part(Stock whole, int k, int n) {
        BiFunction<Long, Integer, BigInteger> upTo = (amount, part) -> BigInteger.valueOf(amount).multiply(BigInteger.valueOf(part)).divide(BigInteger.valueOf(n));
        java.util.function.LongUnaryOperator share = amount -> upTo.apply(amount, k).subtract(upTo.apply(amount, k - 1)).longValueExact();
        return new Stock(whole.costs().stream().map(c -> new Cost(c.currency(), share.applyAsLong(c.cMinor()), share.applyAsLong(c.vMinor()),
                share.applyAsLong(c.outsideMinor()))).toList(),
                new LabourMillis(share.applyAsLong(whole.labour().observedMillis()), share.applyAsLong(whole.labour().declaredMillis())));
    }
}
