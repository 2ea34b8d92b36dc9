package io.kreislauf.ledger.export;

import io.kreislauf.ledger.Commodity;
import java.math.BigDecimal;
import java.util.Currency;

/** Amounts as plain-text accounting writes them: money in its main unit, labour in milliseconds. */
final class Decimal {

    private Decimal() {}

    static int digits(Commodity commodity) {
        if (commodity.isLabour()) {
            return 0;
        }
        var text = commodity.text();
        return Math.max(0, Currency.getInstance(text.substring(text.length() - 3)).getDefaultFractionDigits());
    }

    static String of(long amount, Commodity commodity) {
        return BigDecimal.valueOf(amount, digits(commodity)).toPlainString();
    }
}
