package io.kreislauf.circuit;

import io.kreislauf.Page;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Organisations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The legs behind a figure, for whoever may see the book. */
@ApplicationScoped
class OpeningLegs {

    /** {@code amount} as booked: + is a debit, - a credit. */
    record Leg(UUID entryId, String type, Instant effectiveAt, UUID book, String bookName, String account, String commodity, long amount) {}

    /** @param sum over all pages, as booked; a figure read from the credit side is its negative */
    record Legs(List<Leg> items, String next, long sum, long count) {}

    private final LegRows legs;
    private final CircuitRows rows;
    private final Organisations organisations;
    private final Pseudonymous pseudonymous;

    OpeningLegs(LegRows legs, CircuitRows rows, Organisations organisations, Pseudonymous pseudonymous) {
        this.legs = legs;
        this.rows = rows;
        this.organisations = organisations;
        this.pseudonymous = pseudonymous;
    }

    /** @throws Refusal 404 if the book is not the caller's to see */
    @Transactional
    Legs open(Caller caller, LegQuery asked, String after, int limit) {
        Viewer viewer = Viewer.of(caller);
        if (!viewer.opens(asked.book())) {
            throw Refusal.missing("book", asked.book());
        }
        if (viewer.operator()) {
            rows.looked(caller.personId(), "legs", asked.book());
        }
        LegQuery query = asked.named(account -> pseudonymous.meant(viewer, account));
        LegRows.Sum sum = legs.sum(query);
        Page<LegRows.Line> page = Page.of(legs.page(query, after, limit + 1), limit, LegRows.Line::cursor);
        UnaryOperator<String> names = pseudonymous.naming(viewer, page.items().stream().map(LegRows.Line::account).toList());
        String bookName = organisations.find(asked.book()).map(Organisations.Organisation::name).orElse("yourself");
        return new Legs(page.items().stream().map(l -> new Leg(l.entryId(), l.event(), l.effectiveAt(), asked.book(), bookName, names.apply(l.account()),
                query.commodity().text(), l.amount())).toList(), page.next(), sum.amount(), sum.legs());
    }
}
