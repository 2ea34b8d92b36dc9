package io.kreislauf.ledger;

import java.util.Objects;

/**
 * What a purchase off the platform was. Only the produced is turned into hours by a report; rent, tax and fee are not.
 *
 * @param sector  of the supplying industry, e.g. an ISIC section or NACE code
 * @param country ISO 3166-1 alpha-2
 */
public record Supply(Nature nature, String sector, String country) {

    public enum Nature { PRODUCED, RENT, TAX, FEE }

    public Supply {
        Objects.requireNonNull(nature, "nature");
        Objects.requireNonNull(sector, "sector");
        Objects.requireNonNull(country, "country");
    }
}
