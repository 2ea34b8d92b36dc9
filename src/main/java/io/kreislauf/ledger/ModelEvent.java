package io.kreislauf.ledger;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** A model from the labour declared for it and its training to the months in which it is sold as a service. */
public sealed interface ModelEvent extends EconomicEvent {

    /** Labour of people without a book (engineers, authors), reported and approved, with their wages. */
    record LabourDeclared(UUID declaration, UUID product, Book book, long declaredMillis, Wage wage) implements ModelEvent {
        public LabourDeclared {
            Amounts.notNegative("declaredMillis", declaredMillis);
            Objects.requireNonNull(wage, "wage");
        }

        @Override
        public Source source() { return new Source("declaration", declaration); }
    }

    /**
     * Use k of the n that a licence is good for.
     *
     * @param whole the licence as bought: its price as c, and the substance it carries
     */
    record LicenceUse(UUID licence, int k, int n, Stock whole) {
        public LicenceUse {
            Amounts.partOf(k, n);
            Objects.requireNonNull(whole, "whole");
        }

        public Stock share() { return whole.part(k, n); }
    }

    /** Means bought off the platform and used up in a run. */
    record MeansUse(String means, String currency, long amountMinor, Supply supply) {
        public MeansUse {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
            Objects.requireNonNull(supply, "supply");
        }
    }

    record TrainingRun(UUID run, UUID model, Book book, List<LicenceUse> licences, List<MeansUse> means) implements ModelEvent {
        public TrainingRun {
            licences = List.copyOf(licences);
            means = List.copyOf(means);
        }

        @Override
        public Source source() { return new Source("training-run", run); }
    }

    /** What was produced becomes a commodity, sold over the months that its maker declares. */
    record ModelReleased(UUID model, Book book, Stock production) implements ModelEvent {
        public ModelReleased {
            Objects.requireNonNull(production, "production");
        }

        @Override
        public Source source() { return new Source("model", model); }
    }

    /**
     * Month k of n sold to customers who keep no book here.
     *
     * @param whole        what the model carried when it was released
     * @param servingMinor compute bought and used up in the same month
     */
    record ModelServiceSold(UUID sale, UUID model, Book book, String currency, long revenueMinor, Settlement settlement, int k, int n, Stock whole,
                            long servingMinor, Supply serving) implements ModelEvent {
        public ModelServiceSold {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("revenueMinor", revenueMinor);
            Amounts.notNegative("servingMinor", servingMinor);
            Amounts.partOf(k, n);
            Objects.requireNonNull(settlement, "settlement");
            Objects.requireNonNull(whole, "whole");
        }

        public Stock share() { return whole.part(k, n); }

        @Override
        public Source source() { return new Source("model-month", sale); }
    }

    /** Month k of n without customers: its share is unrealised, never silently kept. */
    record ModelMonthUnsold(UUID month, UUID model, Book book, int k, int n, Stock whole) implements ModelEvent {
        public ModelMonthUnsold {
            Amounts.partOf(k, n);
            Objects.requireNonNull(whole, "whole");
        }

        public Stock share() { return whole.part(k, n); }

        @Override
        public Source source() { return new Source("model-month", month); }
    }

    /** Retired before its months were over: what is left in it is unrealised. */
    record ModelRetired(UUID model, Book book, Stock left) implements ModelEvent {
        public ModelRetired {
            Objects.requireNonNull(left, "left");
        }

        @Override
        public Source source() { return new Source("model", model); }
    }

    /** Revenue paid back for a service that was rendered: no time comes back. */
    record SaleRefunded(UUID refund, UUID product, Book book, String currency, long amountMinor) implements ModelEvent {
        public SaleRefunded {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("refund", refund); }
    }

    /** A customer pays for months to come. */
    record SubscriptionPaidInAdvance(UUID subscription, Book book, UUID buyer, String currency, long amountMinor) implements ModelEvent {
        public SubscriptionPaidInAdvance {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("subscription", subscription); }
    }

    /** A part of what was paid in advance becomes revenue; the month's cost and hours come with {@link ModelServiceSold}. */
    record SubscriptionEarned(UUID period, UUID product, Book book, UUID buyer, String currency, long amountMinor) implements ModelEvent {
        public SubscriptionEarned {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("subscription-period", period); }
    }

    /** A customer pays what was sold on account. */
    record ReceivableCollected(UUID payment, Book book, UUID buyer, String currency, long amountMinor) implements ModelEvent {
        public ReceivableCollected {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("customer-payment", payment); }
    }
}
