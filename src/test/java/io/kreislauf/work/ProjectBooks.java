package io.kreislauf.work;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.arc.Arc;
import java.util.UUID;

/** What a project has in the books of who asks for the work, and a person in their own. */
record ProjectBooks(UUID organisationId, UUID projectId) {

    static final Commodity USD = Commodity.money("USD");

    static long of(UUID book, Commodity commodity, Account account) {
        return Arc.container().instance(Balances.class).get().of(new Book(book), commodity, account);
    }

    /** Observed time, as cost of the project. */
    long millis(TimeClass timeClass) {
        return of(organisationId, Commodity.LABOUR, Account.production(projectId, timeClass));
    }

    long declaredMillis(TimeClass timeClass) {
        return of(organisationId, Commodity.LABOUR_DECLARED, Account.production(projectId, timeClass));
    }

    /** Observed time that the person has spent, on whatever project. */
    static long expendedMillis(TestPerson person, TimeClass timeClass) {
        return -of(person.personId(), Commodity.LABOUR, Account.expended(timeClass));
    }

    /** In cents. */
    long minor(Account account) {
        return of(organisationId, USD, account);
    }

    long escrowMinor() {
        return minor(Account.escrow(projectId));
    }

    long dueMinor(TestPerson annotator) {
        return -minor(Account.wagesDue(new Book(annotator.personId())));
    }
}
