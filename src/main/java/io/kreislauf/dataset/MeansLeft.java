package io.kreislauf.dataset;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Supply;
import io.kreislauf.ledger.book.Balances;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Means cannot be used up twice: what is used must have been bought and not been used yet. */
@ApplicationScoped
public class MeansLeft {

    private record Bought(String nature, String sector, String country) {}

    private final StatelessSession session;
    private final Balances balances;

    MeansLeft(StatelessSession session, Balances balances) {
        this.session = session;
        this.balances = balances;
    }

    /**
     * Holds the organisation's means of this kind until the end of the transaction.
     *
     * @return what its last purchase of them was: where purchases differ in nature, the last one speaks for what is used
     * @throws Refusal NO_MEANS if less is left
     */
    public Supply require(UUID organisationId, String kind, String currency, long amountMinor) {
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
        return lastPurchase(organisationId, Account.means(kind), currency);
    }

    private Supply lastPurchase(UUID organisationId, Account means, String currency) {
        return session.createNativeQuery("""
                        select bought.supply ->> 'nature', bought.supply ->> 'sector', bought.supply ->> 'country' from (
                            select e.tx, e.seq, e.body -> 'supply' as supply from ledger_leg l join ledger_entry e using (entry_id)
                             where l.book_id = :book and l.account = :means and l.commodity = :currency and l.amount > 0
                            union all
                            select e.tx, e.seq, e.body -> 'supply' from ledger_entry e
                             where e.tx >= ledger_folded_tx() and :book = any (e.books) and :means = any (e.accounts)) bought
                         where bought.supply is not null order by bought.tx desc, bought.seq desc limit 1
                        """, Bought.class)
                .setParameter("book", organisationId).setParameter("means", means.text()).setParameter("currency", currency)
                .uniqueResultOptional().map(b -> new Supply(Supply.Nature.valueOf(b.nature()), b.sector(), b.country()))
                .orElse(new Supply(Supply.Nature.PRODUCED, "", ""));
    }
}
