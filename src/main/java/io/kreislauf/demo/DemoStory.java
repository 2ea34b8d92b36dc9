package io.kreislauf.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;

/** The order in which the demo's history happens. */
@ApplicationScoped
class DemoStory {

    private final DemoPeople people;
    private final DemoCapital capital;

    DemoStory(DemoPeople people, DemoCapital capital) {
        this.people = people;
        this.capital = capital;
    }

    @ActivateRequestContext
    void tell() {
        DemoPeople.Houses houses = people.houses();
        DemoPeople.Cast cast = people.cast(houses);
        capital.advance(cast, houses);
    }
}
