package io.kreislauf.ledger;

import io.kreislauf.ledger.Unbookable.Reason;
import java.util.Currency;
import java.util.Objects;

/**
 * What a leg counts: money in the minor units of a currency, or one of the three kinds of substance, which are never
 * added to each other. The text is the stored and exported form.
 */
public record Commodity(String text) {

    /** Living labour observed on the platform, in milliseconds. */
    public static final Commodity LABOUR = new Commodity("LABOUR");
    /** Labour that somebody reports but the platform did not observe, in milliseconds. */
    public static final Commodity LABOUR_DECLARED = new Commodity("LABOUR_DECLARED");

    private static final String OUTSIDE_PREFIX = "OUTSIDE:";

    public Commodity {
        Objects.requireNonNull(text, "text");
        if (!text.equals("LABOUR") && !text.equals("LABOUR_DECLARED")) {
            requireCurrency(text.startsWith(OUTSIDE_PREFIX) ? text.substring(OUTSIDE_PREFIX.length()) : text);
        }
    }

    /** Money of an ISO 4217 currency. */
    public static Commodity money(String currency) {
        return new Commodity(requireCurrency(currency));
    }

    /** What was paid to suppliers off the platform for means of production that are now in the product. */
    public static Commodity outside(String currency) {
        return new Commodity(OUTSIDE_PREFIX + requireCurrency(currency));
    }

    /** Whether this is one of the two labour commodities. */
    public boolean isLabour() {
        return this.equals(LABOUR) || this.equals(LABOUR_DECLARED);
    }

    /** Whether this is what was paid outside, which is a price but no money of the book. */
    public boolean isOutside() {
        return text.startsWith(OUTSIDE_PREFIX);
    }

    public boolean isMoney() {
        return !isLabour() && !isOutside();
    }

    static String requireCurrency(String code) {
        try {
            return Currency.getInstance(code).getCurrencyCode();
        } catch (IllegalArgumentException | NullPointerException unknown) {
            throw new Unbookable(Reason.UNKNOWN_CURRENCY, "'" + code + "' is no ISO 4217 currency");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
