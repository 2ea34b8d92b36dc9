package io.kreislauf.ledger;

import java.util.Objects;
import java.util.UUID;

/** Means of production bought off the platform and used up in a product. {@code means} is a word: tooling, source, compute ... */
public sealed interface MeansEvent extends EconomicEvent {

    record MeansBought(UUID purchase, Book book, String means, String currency, long amountMinor, Supply supply) implements MeansEvent {
        public MeansBought {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
            Objects.requireNonNull(supply, "supply");
        }

        @Override
        public Source source() { return new Source("purchase", purchase); }
    }

    /** Bought and not yet paid. */
    record SupplierInvoiced(UUID invoice, Book book, UUID supplier, String means, String currency, long amountMinor, Supply supply)
            implements MeansEvent {
        public SupplierInvoiced {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
            Objects.requireNonNull(supply, "supply");
        }

        @Override
        public Source source() { return new Source("invoice", invoice); }
    }

    record SupplierPaid(UUID payment, Book book, UUID supplier, String currency, long amountMinor) implements MeansEvent {
        public SupplierPaid {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("supplier-payment", payment); }
    }

    /**
     * Means that pass their price on into a product, once as outside substance or, for a source whose authors declared
     * their hours, as those hours: never both.
     *
     * @param authorsMillis declared hours of a source's authors; zero counts the source by its price
     */
    record MeansUsed(UUID use, Book book, UUID product, String means, String currency, long amountMinor, Supply supply, long authorsMillis)
            implements MeansEvent {
        public MeansUsed {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("amountMinor", amountMinor);
            Amounts.notNegative("authorsMillis", authorsMillis);
            Objects.requireNonNull(supply, "supply");
        }

        @Override
        public Source source() { return new Source("means-use", use); }
    }

    /** Means that will never go into a product: a source withdrawn, a tool scrapped. */
    record SourceWithdrawn(UUID withdrawal, Book book, String means, String currency, long amountMinor) implements MeansEvent {
        public SourceWithdrawn {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("source-withdrawal", withdrawal); }
    }

    /** A model of one's own that pre-labels or is the base of another passes its share on into production. */
    record ModelUsed(UUID use, Book book, UUID model, UUID product, Stock share) implements MeansEvent {
        public ModelUsed {
            Objects.requireNonNull(share, "share");
        }

        @Override
        public Source source() { return new Source("model-use", use); }
    }
}
