package io.kreislauf.ledger;

import java.util.UUID;

/** How a customer settles a sale: at once, later, or from what was paid in advance. */
public sealed interface Settlement {

    Settlement CASH = new AtOnce();

    record AtOnce() implements Settlement {}

    record Later(UUID buyer) implements Settlement {}

    record FromAdvance(UUID buyer) implements Settlement {}

    default Account account() {
        return switch (this) {
            case AtOnce() -> Account.CASH;
            case Later(var buyer) -> Account.receivable(buyer);
            case FromAdvance(var buyer) -> Account.deferred(buyer);
        };
    }
}
