package io.kreislauf.demo;

import io.kreislauf.demo.DemoPeople.Cast;
import io.kreislauf.demo.DemoPeople.Houses;
import io.kreislauf.people.AdvancingCapital;
import io.kreislauf.people.AdvancingCapital.Booked;
import io.kreislauf.people.AdvancingCapital.Deposit;
import io.kreislauf.people.AdvancingCapital.Purchase;
import jakarta.enterprise.context.ApplicationScoped;

/** M - C in the demo: both houses advance capital and buy means. A real deposit counts once an operator has seen it at the bank; the demo's says that there is none. */
@ApplicationScoped
class DemoCapital {

    static final String CURRENCY = "USD";

    private final DemoSteps steps;
    private final AdvancingCapital advancing;
    private final DemoCalendar calendar;

    DemoCapital(DemoSteps steps, AdvancingCapital advancing, DemoCalendar calendar) {
        this.steps = steps;
        this.advancing = advancing;
        this.calendar = calendar;
    }

    void advance(Cast cast, Houses houses) {
        steps.once("capital of the data house", Booked.class, () -> advancing.confirm(cast.asOperator(), houses.dataHouse(),
                new Deposit(CURRENCY, 10_000_00, "demo: no bank, data house", calendar.daysAgo(180))));
        buy(cast, houses, "tooling", 2_400_00, "J62");
        buy(cast, houses, "source", 500_00, "J58");
        buy(cast, houses, "compute", 300_00, "J63");
        steps.once("capital of the model house", Booked.class, () -> advancing.confirm(cast.asOperator(), houses.modelHouse(),
                new Deposit(CURRENCY, 20_000_00, "demo: no bank, model house", calendar.daysAgo(120))));
    }

    private void buy(Cast cast, Houses houses, String means, long amountMinor, String sector) {
        steps.once("the data house buys " + means, Booked.class, () -> advancing.buy(cast.asRequester(houses), null,
                new Purchase(means, CURRENCY, amountMinor, "produced", sector, "DE", calendar.daysAgo(173))));
    }
}
