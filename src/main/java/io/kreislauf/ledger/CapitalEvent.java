package io.kreislauf.ledger;

import java.util.Objects;
import java.util.UUID;

/** Money capital coming in, going out and changing form without production. */
public sealed interface CapitalEvent extends EconomicEvent {

    /** A deposit that an operator has confirmed with a bank reference: it counts from then on. */
    record CapitalAdvanced(UUID deposit, Book book, String currency, long amountMinor, String bankReference) implements CapitalEvent {
        public CapitalAdvanced {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
            Objects.requireNonNull(bankReference, "bankReference");
        }

        @Override
        public Source source() { return new Source("deposit", deposit); }
    }

    /** Advanced capital paid back to its owner. */
    record CapitalWithdrawn(UUID withdrawal, Book book, String currency, long amountMinor) implements CapitalEvent {
        public CapitalWithdrawn {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("withdrawal", withdrawal); }
    }

    /** Realised surplus added to the capital advanced. */
    record SurplusCapitalised(UUID decision, Book book, String currency, long amountMinor) implements CapitalEvent {
        public SurplusCapitalised {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("surplus", decision); }
    }

    /** Realised surplus paid out to the owner. */
    record SurplusDrawn(UUID decision, Book book, String currency, long amountMinor) implements CapitalEvent {
        public SurplusDrawn {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("surplus", decision); }
    }

    /** Realised surplus shared with one annotator; due like a wage, but no cost of any product. */
    record SurplusShared(UUID share, Book book, Book annotator, String currency, long amountMinor) implements CapitalEvent {
        public SurplusShared {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("surplus-share", share); }
    }

    /** Money of one currency given for another; the rate is what was given for what. */
    record CurrencyExchanged(UUID exchange, Book book, String givenCurrency, long givenMinor, String receivedCurrency, long receivedMinor)
            implements CapitalEvent {
        public CurrencyExchanged {
            Commodity.requireCurrency(givenCurrency);
            Commodity.requireCurrency(receivedCurrency);
            Amounts.positive("givenMinor", givenMinor);
            Amounts.positive("receivedMinor", receivedMinor);
        }

        @Override
        public Source source() { return new Source("exchange", exchange); }
    }

    /** The platform's fee, a cost of circulation of whoever pays it and revenue of the operator. */
    record PlatformFeeCharged(UUID fee, Book payer, Book operator, String currency, long amountMinor) implements CapitalEvent {
        public PlatformFeeCharged {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("platform-fee", fee); }
    }

    /** Selling, accounting: needed to change the form of capital, never part of the product. */
    record CirculationPaid(UUID payment, Book book, String purpose, String currency, long amountMinor) implements CapitalEvent {
        public CirculationPaid {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("circulation", payment); }
    }

    /** An annotator's own cost of working: connection, device, fees. Private to the owner of the book. */
    record OwnExpense(UUID expense, Book annotator, String purpose, String currency, long amountMinor) implements CapitalEvent {
        public OwnExpense {
            Commodity.requireCurrency(currency);
            Amounts.positive("amountMinor", amountMinor);
        }

        @Override
        public Source source() { return new Source("expense", expense); }
    }
}
