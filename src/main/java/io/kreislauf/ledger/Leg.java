package io.kreislauf.ledger;

import io.kreislauf.ledger.Unbookable.Reason;
import java.util.Objects;

/** One movement: + is a debit, - a credit, in minor units or milliseconds. Never zero. */
public record Leg(Book book, Commodity commodity, Account account, long amount) {

    public Leg {
        Objects.requireNonNull(book, "book");
        Objects.requireNonNull(commodity, "commodity");
        Objects.requireNonNull(account, "account");
        if (amount == 0 || amount == Long.MIN_VALUE) {
            throw new Unbookable(amount == 0 ? Reason.NO_LEGS : Reason.AMOUNT_OUT_OF_RANGE, "a leg of " + amount + " on " + account);
        }
    }

    Leg negated() {
        return new Leg(book, commodity, account, -amount);
    }
}
