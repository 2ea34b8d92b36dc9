package io.kreislauf.ledger;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** A project from its publishing to the finished data set, or to its end without one. */
public sealed interface ProductEvent extends EconomicEvent {

    /**
     * What a project holds in production.
     *
     * @param labour   living labour by class
     * @param passedOn labour that came in with means: a model used, a source whose authors declared their hours
     */
    record InProduction(List<Cost> costs, Map<TimeClass, LabourMillis> labour, LabourMillis passedOn) {
        public InProduction {
            costs = List.copyOf(costs);
            Objects.requireNonNull(passedOn, "passedOn");
            var ordered = new EnumMap<TimeClass, LabourMillis>(TimeClass.class);
            ordered.putAll(labour);
            labour = Collections.unmodifiableMap(ordered);
        }

        /** The same without the division into classes. */
        public Stock stock() {
            return new Stock(costs, labour.values().stream().reduce(passedOn, LabourMillis::plus));
        }
    }

    /** Rewards of every slot that may be asked for, and the declared reserve, set aside. Also a second reward for a rejected slot. */
    record TasksPublished(UUID funding, UUID project, Book book, String currency, long rewardsMinor, long reserveMinor) implements ProductEvent {
        public TasksPublished {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("rewardsMinor", rewardsMinor);
            Amounts.notNegative("reserveMinor", reserveMinor);
        }

        @Override
        public Source source() { return new Source("funding", funding); }
    }

    /** More set aside for a project's wages than its tasks need: a bonus. */
    record PayFunded(UUID funding, UUID project, Book book, String currency, long amountMinor) implements ProductEvent {
        public PayFunded {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("funding", funding); }
    }

    /** Paid by the hour, labels took less than the estimate that was held for them: the rest comes back from escrow. */
    record EstimatesReleased(UUID release, UUID project, Book book, String currency, long amountMinor) implements ProductEvent {
        public EstimatesReleased {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("release", release); }
    }

    /** What nobody can still claim or earn comes back from escrow. */
    record ProjectClosed(UUID closing, UUID project, Book book, String currency, long rewardsMinor, long reserveMinor) implements ProductEvent {
        public ProjectClosed {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("rewardsMinor", rewardsMinor);
            Amounts.notNegative("reserveMinor", reserveMinor);
        }

        @Override
        public Source source() { return new Source("closing", closing); }
    }

    /** As {@link ProjectClosed}, before the work was complete. */
    record ProjectCancelled(UUID cancellation, UUID project, Book book, String currency, long rewardsMinor, long reserveMinor)
            implements ProductEvent {
        public ProjectCancelled {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("rewardsMinor", rewardsMinor);
            Amounts.notNegative("reserveMinor", reserveMinor);
        }

        @Override
        public Source source() { return new Source("cancellation", cancellation); }
    }

    /**
     * Production becomes a commodity. The amounts are the project's balances in production as of the release's watermark.
     *
     * @param replaced the version that this one replaces, or null
     * @param takenOver what the replaced version's unsold licences carry; empty without one
     */
    record DatasetReleased(UUID version, UUID project, Book book, InProduction production, UUID replaced, Stock takenOver) implements ProductEvent {
        public DatasetReleased {
            Objects.requireNonNull(production, "production");
            Objects.requireNonNull(takenOver, "takenOver");
            if (replaced == null && !takenOver.equals(Stock.EMPTY)) {
                throw new IllegalArgumentException("nothing to take over without a replaced version");
            }
        }

        @Override
        public Source source() { return new Source("dataset-version", version); }
    }

    /** A version withdrawn: what its unsold licences carry will not be realised. */
    record DatasetWithdrawn(UUID version, Book book, Stock unsold) implements ProductEvent {
        public DatasetWithdrawn {
            Objects.requireNonNull(unsold, "unsold");
        }

        @Override
        public Source source() { return new Source("dataset-version", version); }
    }

    /**
     * What reached a project after its last release and will have no next one.
     *
     * @param version the last version, whose cost of sales takes the money; null if there never was one
     */
    record LateCostsSettled(UUID settlement, UUID project, Book book, InProduction production, UUID version) implements ProductEvent {
        public LateCostsSettled {
            Objects.requireNonNull(production, "production");
        }

        @Override
        public Source source() { return new Source("late-costs", settlement); }
    }
}
