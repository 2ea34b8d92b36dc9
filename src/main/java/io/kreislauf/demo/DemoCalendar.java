package io.kreislauf.demo;

import io.kreislauf.stream.DatabaseClock;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The days of the demo's history: counted back from the day on which its making began, also if a later start finishes it. */
@ApplicationScoped
class DemoCalendar {

    private static final Duration START_OF_WORK = Duration.ofHours(8);

    private final DemoSteps steps;
    private final DatabaseClock clock;

    DemoCalendar(DemoSteps steps, DatabaseClock clock) {
        this.steps = steps;
        this.clock = clock;
    }

    /** Eight in the morning UTC, that many days before the demo began. */
    Instant daysAgo(int days) {
        Instant began = steps.once("the calendar begins", Instant.class, clock::now);
        return began.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(days)).plus(START_OF_WORK);
    }
}
