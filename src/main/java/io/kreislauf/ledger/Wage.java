package io.kreislauf.ledger;

/** Pay that accrues with an event, in minor units; zero where nothing is paid for it. */
public record Wage(String currency, long minor) {

    public Wage {
        Commodity.requireCurrency(currency);
        Amounts.notNegative("minor", minor);
    }

    public static Wage none(String currency) {
        return new Wage(currency, 0);
    }
}
