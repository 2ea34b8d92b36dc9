package io.kreislauf.ledger;

import io.kreislauf.ledger.Unbookable.Reason;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;

/** The legs of one event. Balances in each book and each commodity, so that each book alone is a complete set of accounts. */
public record Entry(List<Leg> legs) {

    private record BookAndCommodity(Book book, Commodity commodity) {}

    public Entry {
        legs = List.copyOf(legs);
        if (legs.isEmpty()) {
            throw new Unbookable(Reason.NO_LEGS, "an entry without legs");
        }
        var sums = new HashMap<BookAndCommodity, BigInteger>();
        for (var leg : legs) {
            sums.merge(new BookAndCommodity(leg.book(), leg.commodity()), BigInteger.valueOf(leg.amount()), BigInteger::add);
        }
        sums.forEach((where, sum) -> {
            if (sum.signum() != 0) {
                throw new Unbookable(Reason.UNBALANCED, "book " + where.book() + " is off by " + sum + " " + where.commodity());
            }
        });
    }
}
