package io.kreislauf.people;

import io.kreislauf.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

/** How much distressing content a day is enough for oneself. It only lowers what projects allow, and nobody else is told. */
@ApplicationScoped
public class LimitingExposure {

    private static final int MINUTES_OF_A_DAY = 1_440;

    /** @param minutesADay on tasks of projects with a content warning, all together; null: what the projects allow */
    public record Limit(Integer minutesADay) {}

    private final PersonRows people;

    LimitingExposure(PersonRows people) {
        this.people = people;
    }

    /** Holds from the next claim on. @throws Refusal naming the field at fault */
    @Transactional
    public Limit limit(Caller caller, Limit wanted) {
        Limit limit = wanted == null ? new Limit(null) : wanted;
        if (limit.minutesADay() != null && (limit.minutesADay() < 0 || limit.minutesADay() > MINUTES_OF_A_DAY)) {
            throw Refusal.invalid("minutesADay", "A limit is 0 to %d minutes a day.".formatted(MINUTES_OF_A_DAY), "Send null for none of your own.");
        }
        people.limitExposure(caller.personId(), limit.minutesADay());
        return limit;
    }
}
