package io.kreislauf.ledger;

import io.kreislauf.ledger.ProductEvent.InProduction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** An entry being written down, book by book and commodity by commodity. Amounts of zero leave no leg. */
final class Draft {

    private final List<Leg> legs = new ArrayList<>();
    private Book book;
    private Commodity commodity;

    /** The book that the following lines belong to. */
    Draft in(Book book) {
        this.book = book;
        return this;
    }

    /** The commodity that the following lines are counted in. */
    Draft of(Commodity commodity) {
        this.commodity = commodity;
        return this;
    }

    Draft money(String currency) {
        return of(Commodity.money(currency));
    }

    Draft debit(Account account, long amount) {
        return line(account, amount);
    }

    Draft credit(Account account, long amount) {
        return line(account, -amount);
    }

    /** The same amount to one account and from another. */
    Draft move(long amount, Account to, Account from) {
        return debit(to, amount).credit(from, amount);
    }

    /** Labour, observed and declared each in its own commodity. */
    Draft labour(LabourMillis labour, Account to, Account from) {
        of(Commodity.LABOUR).move(labour.observedMillis(), to, from);
        return of(Commodity.LABOUR_DECLARED).move(labour.declaredMillis(), to, from);
    }

    /** Labour and outside means that a stock carries. */
    Draft substance(Stock stock, Account to, Account from) {
        labour(stock.labour(), to, from);
        for (var cost : stock.costs()) {
            of(Commodity.outside(cost.currency())).move(cost.outsideMinor(), to, from);
        }
        return this;
    }

    Draft debitSubstance(Stock stock, Account to) {
        of(Commodity.LABOUR).debit(to, stock.labour().observedMillis());
        of(Commodity.LABOUR_DECLARED).debit(to, stock.labour().declaredMillis());
        stock.costs().forEach(cost -> of(Commodity.outside(cost.currency())).debit(to, cost.outsideMinor()));
        return this;
    }

    /** A wage that becomes due: v of the project, and the annotator's claim. */
    Draft accrue(UUID project, Book organisation, Book annotator, Wage wage) {
        in(organisation).money(wage.currency()).move(wage.minor(), Account.productionV(project), Account.wagesDue(annotator));
        return in(annotator).move(wage.minor(), Account.wagesReceivable(organisation), Account.wages(organisation));
    }

    /** Everything that a project holds leaves production. */
    Draft takeFromProduction(InProduction held, UUID project) {
        for (var cost : held.costs()) {
            money(cost.currency()).credit(Account.productionC(project), cost.cMinor()).credit(Account.productionV(project), cost.vMinor());
            of(Commodity.outside(cost.currency())).credit(Account.production(project), cost.outsideMinor());
        }
        held.labour().forEach((timeClass, labour) -> creditLabour(labour, Account.production(project, timeClass)));
        return creditLabour(held.passedOn(), Account.production(project));
    }

    /** Labour by class and outside means of another book enter production. */
    Draft giveToProduction(InProduction held, UUID project, Account from) {
        held.labour().forEach((timeClass, labour) -> labour(labour, Account.production(project, timeClass), from));
        return substance(new Stock(held.costs(), held.passedOn()), Account.production(project), from);
    }

    /** What a replaced version still carries leaves it. */
    Draft takeFromCommodity(Stock held, UUID product) {
        for (var cost : held.costs()) {
            money(cost.currency()).credit(Account.commodityC(product), cost.cMinor()).credit(Account.commodityV(product), cost.vMinor());
            of(Commodity.outside(cost.currency())).credit(Account.commodity(product), cost.outsideMinor());
        }
        return creditLabour(held.labour(), Account.commodity(product));
    }

    /** Credits an account and adds the amount to what will be debited once for all. */
    void collect(Map<Commodity, Long> sums, Commodity commodity, long amount, Account from) {
        sums.merge(commodity, amount, Amounts::sum);
        of(commodity).credit(from, amount);
    }

    Draft negative(List<Leg> others) {
        others.forEach(leg -> legs.add(leg.negated()));
        return this;
    }

    private Draft creditLabour(LabourMillis labour, Account from) {
        of(Commodity.LABOUR).credit(from, labour.observedMillis());
        return of(Commodity.LABOUR_DECLARED).credit(from, labour.declaredMillis());
    }

    private Draft line(Account account, long amount) {
        if (amount != 0) {
            legs.add(new Leg(book, commodity, account, amount));
        }
        return this;
    }

    /** None if nothing moved: a submission without booked time has no entry. */
    List<Entry> entries() {
        return legs.isEmpty() ? List.of() : List.of(new Entry(legs));
    }
}
