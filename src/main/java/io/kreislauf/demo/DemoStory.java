package io.kreislauf.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.util.UUID;

/** The order in which the demo's history happens. */
@ApplicationScoped
class DemoStory {

    private static final String FINISHED = "remarks-finished";
    private static final String OPEN = "remarks-open";

    private final DemoPeople people;
    private final DemoCapital capital;
    private final DemoProjects projects;
    private final DemoWork work;
    private final DemoReview review;
    private final DemoCircuit circuit;
    private final DemoCalendar calendar;

    DemoStory(DemoPeople people, DemoCapital capital, DemoProjects projects, DemoWork work, DemoReview review, DemoCircuit circuit,
              DemoCalendar calendar) {
        this.people = people;
        this.capital = capital;
        this.projects = projects;
        this.work = work;
        this.review = review;
        this.circuit = circuit;
        this.calendar = calendar;
    }

    @ActivateRequestContext
    void tell() {
        DemoPeople.Houses houses = people.houses();
        DemoPeople.Cast cast = people.cast(houses);
        capital.advance(cast, houses);

        UUID finished = projects.published(cast, houses, FINISHED, "What do customers want to say?",
                "A model that sorts customers' remarks so that complaints are answered first.", 20, 60, 5, 6_00, 120_00, calendar.daysAgo(150));
        work.label(cast, houses, finished, FINISHED, 200, 5, 95, calendar.daysAgo(146));
        review.reviewedAndPaid(cast, houses, finished);
        UUID version = circuit.released(cast, houses, finished);
        circuit.modelSold(cast, houses, version);

        UUID open = projects.published(cast, houses, OPEN, "Remarks, second lot",
                "Test rows for the next version of the remark sorter.", 12, 45, 3, 6_00, 40_00, calendar.daysAgo(3));
        work.label(cast, houses, open, OPEN, 40, 3, 60, calendar.daysAgo(2));
        review.halfApproved(cast, houses, open);
    }
}
