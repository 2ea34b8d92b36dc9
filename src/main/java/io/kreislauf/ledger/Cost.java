package io.kreislauf.ledger;

/**
 * What is in a product in one currency, in minor units.
 *
 * @param cMinor       constant capital: means used up in it, at what its maker paid
 * @param vMinor       variable capital: wages
 * @param outsideMinor what was paid off the platform for means that are now in it, by whoever in the chain paid it
 */
public record Cost(String currency, long cMinor, long vMinor, long outsideMinor) {

    public Cost {
        Commodity.requireCurrency(currency);
        Amounts.notNegative("cMinor", cMinor);
        Amounts.notNegative("vMinor", vMinor);
        Amounts.notNegative("outsideMinor", outsideMinor);
    }

    public Cost part(int k, int n) {
        return new Cost(currency, Shares.part(cMinor, k, n), Shares.part(vMinor, k, n), Shares.part(outsideMinor, k, n));
    }

    Cost plus(Cost other) {
        return new Cost(currency, Amounts.sum(cMinor, other.cMinor), Amounts.sum(vMinor, other.vMinor), Amounts.sum(outsideMinor, other.outsideMinor));
    }
}
