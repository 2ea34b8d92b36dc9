package io.kreislauf.ledger.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Cost;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.ModelEvent.LicenceUse;
import io.kreislauf.ledger.ModelEvent.MeansUse;
import io.kreislauf.ledger.ModelEvent.TrainingRun;
import io.kreislauf.ledger.PostingRules;
import io.kreislauf.ledger.ProductEvent.DatasetReleased;
import io.kreislauf.ledger.ProductEvent.InProduction;
import io.kreislauf.ledger.ProductEvent.LateCostsSettled;
import io.kreislauf.ledger.Reversal;
import io.kreislauf.ledger.Source;
import io.kreislauf.ledger.Stock;
import io.kreislauf.ledger.Supply;
import io.kreislauf.ledger.TimeClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The posting rules against their second writing, event by event, without a database. The seeds are fixed: what survives a mutation does so always. */
class RulebookTest {

    private static final int HISTORIES = 25;
    private static final Names NAMES = new Names(new UUID(7, 7));

    private static List<EconomicEvent> made;

    private final List<EconomicEvent> events = events();

    /** Made once: the many runs of a mutation test take seconds each otherwise. */
    private static synchronized List<EconomicEvent> events() {
        if (made == null) {
            made = events(1, HISTORIES);
        }
        return made;
    }

    static List<EconomicEvent> events(long firstSeed, long lastSeed) {
        List<EconomicEvent> events = new ArrayList<>();
        for (long seed = firstSeed; seed <= lastSeed; seed++) {
            for (Step step : new Generator(seed).history(SimulatorIT.STEPS)) {
                switch (step) {
                    case Step.Post post when post.unbookable() == null -> events.add(post.event().apply(NAMES));
                    case Step.Crossed both -> {
                        events.add(both.first().event().apply(NAMES));
                        events.add(both.second().event().apply(NAMES));
                    }
                    default -> { }
                }
            }
        }
        return events;
    }

    static Legs booked(EconomicEvent event) {
        Legs legs = new Legs();
        PostingRules.entries(event).forEach(entry -> entry.legs()
                .forEach(leg -> legs.add(leg.book().id(), leg.commodity().text(), leg.account().text(), leg.amount())));
        return legs;
    }

    @Test
    void eachEventBooksWhatTheRulebookSays() {
        for (EconomicEvent event : events) {
            assertEquals(Rulebook.legs(event), booked(event).sums(), () -> NAMES.readable(event));
        }
    }

    /** What random histories have seldom: late costs of every kind, in two currencies, with and without a version. */
    @Test
    void everythingThatCanBeInProductionLeavesIt() {
        var held = new InProduction(List.of(new Cost("USD", 11, 13, 17), new Cost("EUR", 19, 23, 29)),
                Map.of(TimeClass.DIRECT, new LabourMillis(31, 37), TimeClass.REJECTED, new LabourMillis(41, 43)), new LabourMillis(47, 53));
        Book book = NAMES.book("maker");
        for (UUID version : new UUID[] {null, NAMES.id("version")}) {
            EconomicEvent settled = new LateCostsSettled(NAMES.id("settled"), NAMES.id("project-0"), book, held, version);
            assertEquals(Rulebook.legs(settled), booked(settled).sums());
        }
        EconomicEvent replaced = new DatasetReleased(NAMES.id("next"), NAMES.id("project-0"), book, held, NAMES.id("version"), held.stock());
        assertEquals(Rulebook.legs(replaced), booked(replaced).sums());
    }

    /** Declared labour and two currencies under a licence, which random histories have seldom. */
    @Test
    void everythingThatALicenceCarriesEntersTheModel() {
        var carried = new Stock(List.of(new Cost("USD", 11, 13, 17), new Cost("EUR", 19, 23, 29)), new LabourMillis(31, 37));
        EconomicEvent run = new TrainingRun(NAMES.id("run"), NAMES.id("model-0"), NAMES.book("maker"), List.of(new LicenceUse(NAMES.id("licence"), 2, 3, carried)),
                List.of(new MeansUse("compute", "EUR", 41, new Supply(Supply.Nature.PRODUCED, "J", "US"))));
        assertEquals(Rulebook.legs(run), booked(run).sums());
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

    @Test
    void whatAProjectHoldsIsTheSumOfItsClassesAndOfWhatWasPassedOn() {
        events.stream().filter(DatasetReleased.class::isInstance)
                .map(DatasetReleased.class::cast).forEach(release -> {
                    long observed = release.production().labour().values().stream().mapToLong(LabourMillis::observedMillis).sum()
                            + release.production().passedOn().observedMillis();
                    assertEquals(observed, release.production().stock().labour().observedMillis());
                });
    }
}
