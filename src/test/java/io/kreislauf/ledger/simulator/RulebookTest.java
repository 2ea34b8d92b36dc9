package io.kreislauf.ledger.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.PostingRules;
import io.kreislauf.ledger.Reversal;
import io.kreislauf.ledger.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The posting rules against their second writing, event by event, without a database. The seeds are fixed: what survives a mutation does so always. */
class RulebookTest {

    private static final int HISTORIES = 15;

    private final Names names = new Names(new UUID(7, 7));
    private final List<EconomicEvent> events = events();

    private List<EconomicEvent> events() {
        List<EconomicEvent> events = new ArrayList<>();
        for (long seed = 1; seed <= HISTORIES; seed++) {
            for (Step step : new Generator(seed).history(SimulatorIT.STEPS)) {
                switch (step) {
                    case Step.Post post when post.unbookable() == null -> events.add(post.event().apply(names));
                    case Step.Crossed both -> {
                        events.add(both.first().event().apply(names));
                        events.add(both.second().event().apply(names));
                    }
                    default -> { }
                }
            }
        }
        return events;
    }

    private static Legs booked(EconomicEvent event) {
        Legs legs = new Legs();
        PostingRules.entries(event).forEach(entry -> entry.legs()
                .forEach(leg -> legs.add(leg.book().id(), leg.commodity().text(), leg.account().text(), leg.amount())));
        return legs;
    }

    @Test
    void eachEventBooksWhatTheRulebookSays() {
        for (EconomicEvent event : events) {
            assertEquals(Rulebook.legs(event), booked(event).sums(), () -> names.readable(event));
        }
    }

    @Test
    void aReversalIsTheExactNegative() {
        for (EconomicEvent event : events.subList(0, 500)) {
            PostingRules.entries(event).forEach(entry -> {
                var reversal = new Reversal(UUID.randomUUID(), new Source("correction", UUID.randomUUID()), entry.legs());
                assertEquals(Rulebook.legs(reversal), booked(reversal).sums());
                Legs both = booked(event);
                booked(reversal).sums().forEach((line, amount) -> both.add(line.book(), line.commodity(), line.account(), amount));
                assertTrue(both.sums().isEmpty(), "nothing is left");
            });
        }
    }

    /** So that no kind of event is forgotten when one is added. */
    @Test
    void everyKindOfEventIsMadeUp() {
        Set<Class<?>> made = new HashSet<>(List.of(Reversal.class));
        events.forEach(event -> made.add(event.getClass()));
        Set<Class<?>> missing = new HashSet<>(kinds(EconomicEvent.class).toList());
        missing.removeAll(made);
        assertEquals(Set.of(), missing);
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(RulebookTest::kinds) : Stream.of(type);
    }

    @Test
    void whatAProjectHoldsIsTheSumOfItsClassesAndOfWhatWasPassedOn() {
        events.stream().filter(io.kreislauf.ledger.ProductEvent.DatasetReleased.class::isInstance)
                .map(io.kreislauf.ledger.ProductEvent.DatasetReleased.class::cast).forEach(release -> {
                    long observed = release.production().labour().values().stream().mapToLong(LabourMillis::observedMillis).sum()
                            + release.production().passedOn().observedMillis();
                    assertEquals(observed, release.production().stock().labour().observedMillis());
                });
    }
}
