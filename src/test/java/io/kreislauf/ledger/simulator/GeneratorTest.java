package io.kreislauf.ledger.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.Reversal;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratorTest {

    private static final int HISTORIES_MAX = 300;

    /** So that none is forgotten when one is added. */
    @Test
    void everyKindOfEventIsMadeUp() {
        Set<Class<?>> missing = new HashSet<>(kinds(EconomicEvent.class).toList());
        missing.remove(Reversal.class);
        for (long seed = 1; seed <= HISTORIES_MAX && !missing.isEmpty(); seed++) {
            RulebookTest.events(seed, seed).forEach(event -> missing.remove(event.getClass()));
        }
        assertEquals(Set.of(), missing);
    }

    private static Stream<Class<?>> kinds(Class<?> type) {
        return type.isSealed() ? Stream.of(type.getPermittedSubclasses()).flatMap(GeneratorTest::kinds) : Stream.of(type);
    }

    @Test
    void theSameSeedIsTheSameHistory() {
        assertEquals(told(42), told(42));
    }

    private static String told(long seed) {
        Names names = new Names(new UUID(0, 0));
        return new Generator(seed).history(SimulatorIT.STEPS).stream().map(step -> step.told(names)).collect(Collectors.joining("\n"));
    }
}
