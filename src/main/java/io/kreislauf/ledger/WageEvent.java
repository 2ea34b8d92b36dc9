package io.kreislauf.ledger;

import java.util.Objects;
import java.util.UUID;

/** Wages: accrued, contested, topped up, paid. */
public sealed interface WageEvent extends EconomicEvent {

    /** Pay that becomes due to an annotator and goes into the product as v. */
    sealed interface Accrued extends WageEvent {
        UUID project();
        Book organisation();
        Book annotator();
        String currency();
        long dueMinor();
    }

    /** The piece wage of a submission, with supplements such as one for hazard. */
    record WorkApproved(UUID submission, UUID project, Book organisation, Book annotator, String currency, long rewardMinor, long supplementsMinor)
            implements Accrued {
        public WorkApproved {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("rewardMinor", rewardMinor);
            Amounts.notNegative("supplementsMinor", supplementsMinor);
        }

        @Override
        public long dueMinor() { return Amounts.sum(rewardMinor, supplementsMinor); }

        @Override
        public Source source() { return new Source("submission", submission); }
    }

    /** The upward difference between the wage floor and all pay of a period. */
    record WageToppedUp(UUID topUp, UUID project, Book organisation, Book annotator, String currency, long dueMinor) implements Accrued {
        public WageToppedUp {
            Commodity.requireCurrency(currency);
            Amounts.positive("dueMinor", dueMinor);
        }

        @Override
        public Source source() { return new Source("top-up", topUp); }
    }

    record BonusGranted(UUID bonus, UUID project, Book organisation, Book annotator, String currency, long dueMinor) implements Accrued {
        public BonusGranted {
            Commodity.requireCurrency(currency);
            Amounts.positive("dueMinor", dueMinor);
        }

        @Override
        public Source source() { return new Source("bonus", bonus); }
    }

    /** More pay for one kind of work than was promised at the claim, by decision of an appeal or of the requester. */
    record WageAdjusted(UUID adjustment, UUID project, Book organisation, Book annotator, String currency, long dueMinor) implements Accrued {
        public WageAdjusted {
            Commodity.requireCurrency(currency);
            Amounts.positive("dueMinor", dueMinor);
        }

        @Override
        public Source source() { return new Source("wage-adjustment", adjustment); }
    }

    /** A time wage by the hour or shift, or a line of an employer's imported payroll. */
    record TimeWageAccrued(UUID payrollLine, UUID project, Book organisation, Book annotator, String currency, long dueMinor) implements Accrued {
        public TimeWageAccrued {
            Commodity.requireCurrency(currency);
            Amounts.positive("dueMinor", dueMinor);
        }

        @Override
        public Source source() { return new Source("payroll-line", payrollLine); }
    }

    /** An appeal won: the reward is due after all and the time is direct again. */
    record RejectionOverturned(UUID appeal, UUID submission, UUID project, Book organisation, Book annotator, String currency, long dueMinor,
                               LabourMillis labour, boolean released) implements WageEvent {
        public RejectionOverturned {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("dueMinor", dueMinor);
            Objects.requireNonNull(labour, "labour");
        }

        @Override
        public Source source() { return new Source("submission", submission); }
    }

    /** No appeal in time, or one lost: what was held for the reward goes back to the requester. */
    record RejectionFinal(UUID submission, UUID project, Book organisation, String currency, long heldMinor) implements WageEvent {
        public RejectionFinal {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("heldMinor", heldMinor);
        }

        @Override
        public Source source() { return new Source("submission", submission); }
    }

    /** Dues of one annotator paid; what escrow and reserve cannot cover comes from cash. */
    record WagesPaid(UUID payoutLine, UUID project, Book organisation, Book annotator, String currency, long fromEscrowMinor, long fromReserveMinor,
                     long fromCashMinor) implements WageEvent {
        public WagesPaid {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("fromEscrowMinor", fromEscrowMinor);
            Amounts.notNegative("fromReserveMinor", fromReserveMinor);
            Amounts.notNegative("fromCashMinor", fromCashMinor);
            Amounts.positive("paid", Amounts.sum(fromEscrowMinor, fromReserveMinor, fromCashMinor));
        }

        @Override
        public Source source() { return new Source("payout-line", payoutLine); }
    }

    /** A payout that did not arrive: the wage is due again and the money back where it came from. */
    record PayoutFailed(UUID payoutLine, UUID project, Book organisation, Book annotator, String currency, long fromEscrowMinor,
                        long fromReserveMinor, long fromCashMinor) implements WageEvent {
        public PayoutFailed {
            Commodity.requireCurrency(currency);
            Amounts.notNegative("fromEscrowMinor", fromEscrowMinor);
            Amounts.notNegative("fromReserveMinor", fromReserveMinor);
            Amounts.notNegative("fromCashMinor", fromCashMinor);
            Amounts.positive("returned", Amounts.sum(fromEscrowMinor, fromReserveMinor, fromCashMinor));
        }

        @Override
        public Source source() { return new Source("payout-line", payoutLine); }
    }
}
