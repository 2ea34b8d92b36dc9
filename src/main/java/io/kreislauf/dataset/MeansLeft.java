package io.kreislauf.dataset;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.book.Balances;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Means cannot be used up twice: what is used must have been bought and not been used yet. */
@ApplicationScoped
public class MeansLeft {

    private final StatelessSession session;
    private final Balances balances;

    MeansLeft(StatelessSession session, Balances balances) {
        this.session = session;
        this.balances = balances;
    }

    /**
     * Holds the organisation's means of this kind until the end of the transaction.
     *
     * @throws Refusal NO_MEANS if less is left
     */
    public void require(UUID organisationId, String kind, String currency, long amountMinor) {
        if (kind == null || !kind.matches("[a-z][a-z0-9-]{0,39}")) {
            throw Refusal.invalid("kind", "A kind of means is a word of a-z, 0-9 and -.", "Name it as it was bought: tooling, source, compute.");
        }
        if (amountMinor <= 0) {
            throw Refusal.invalid("amountMinor", "What is used costs something.", "Give a positive amount in minor units.");
        }
        session.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(:means, 9)) as text)", String.class)
                .setParameter("means", organisationId + ":" + kind).getSingleResult();
        long left = balances.of(new Book(organisationId), Commodity.money(currency), Account.means(kind));
        if (left < amountMinor) {
            throw Refusal.conflict("NO_MEANS", "%d minor units of %s are left, %d are to be used.".formatted(left, kind, amountMinor),
                    "Book the purchase first, or use less.");
        }
    }
}
