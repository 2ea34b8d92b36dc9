package io.kreislauf.testing;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Ledger;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.util.UUID;

/** Money of organisations under test, past the front door. */
public final class TestFunds {

    private TestFunds() {
    }

    /** Opens the organisation's book and books a confirmed deposit. */
    public static void deposit(UUID organisationId, String currency, long amountMinor) {
        Ledger ledger = Arc.container().instance(Ledger.class).get();
        Book book = new Book(organisationId);
        QuarkusTransaction.requiringNew().run(() -> {
            ledger.open(book, BookKind.ORGANISATION);
            ledger.post(new CapitalAdvanced(UUID.randomUUID(), book, currency, amountMinor, "test"), null);
        });
    }
}
