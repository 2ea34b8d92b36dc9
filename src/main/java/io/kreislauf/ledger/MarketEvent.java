package io.kreislauf.ledger;

import java.util.Objects;
import java.util.UUID;

/** A commodity changes hands between two books. {@code product} is a data set version or a model. */
public sealed interface MarketEvent extends EconomicEvent {

    /**
     * Licence k of the n declared at release.
     *
     * @param whole what the product carried when it was released; the licence takes its part by cumulative floor
     */
    record LicenceSold(UUID licence, UUID product, Book seller, Book buyer, String currency, long priceMinor, int k, int n, Stock whole)
            implements MarketEvent {
        public LicenceSold {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("priceMinor", priceMinor);
            Amounts.partOf(k, n);
            Objects.requireNonNull(whole, "whole");
        }

        /** What this licence carries. */
        public Stock share() { return whole.part(k, n); }

        @Override
        public Source source() { return new Source("licence", licence); }
    }

    /** A licence beyond the declared number: no cost and no hours are left for it. */
    record LicenceGrantedBeyondNumber(UUID licence, UUID product, Book seller, Book buyer, String currency, long priceMinor) implements MarketEvent {
        public LicenceGrantedBeyondNumber {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("priceMinor", priceMinor);
        }

        @Override
        public Source source() { return new Source("licence", licence); }
    }

    /** A licence given back before use: cost and hours return with it, for the price that was paid. */
    record LicenceRefunded(UUID licence, UUID product, Book seller, Book buyer, String currency, long priceMinor, Stock share) implements MarketEvent {
        public LicenceRefunded {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("priceMinor", priceMinor);
            Objects.requireNonNull(share, "share");
        }

        @Override
        public Source source() { return new Source("licence", licence); }
    }

    /** What a licence still carries when its term is over or its holder gives it up. */
    record LicenceLapsed(UUID licence, Book holder, Stock left) implements MarketEvent {
        public LicenceLapsed {
            Objects.requireNonNull(left, "left");
        }

        @Override
        public Source source() { return new Source("licence", licence); }
    }

    /**
     * Work on a client's own items: what was produced goes to the client at the contract price, which stands beside the wage.
     * In the client's book it is means of production named by the contract.
     */
    record CommissionedWorkDelivered(UUID contract, UUID project, Book maker, Book client, String currency, long priceMinor,
                                     ProductEvent.InProduction production) implements MarketEvent {
        public CommissionedWorkDelivered {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("priceMinor", priceMinor);
            Objects.requireNonNull(production, "production");
        }

        @Override
        public Source source() { return new Source("contract", contract); }
    }

    /** An agency's work taken straight into a project of the one who hired it: the price is c there, the hours are the agency's. */
    record SubcontractorPaid(UUID contract, UUID agencyProject, Book agency, UUID project, Book book, String currency, long priceMinor,
                             ProductEvent.InProduction production) implements MarketEvent {
        public SubcontractorPaid {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("priceMinor", priceMinor);
            Objects.requireNonNull(production, "production");
        }

        @Override
        public Source source() { return new Source("contract", contract); }
    }
}
