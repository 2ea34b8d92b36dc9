package io.kreislauf.ledger.simulator;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.kreislauf.ledger.book.Ledger;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * Long random histories of economic events, played against a model and against the database with faults in between.
 * {@code simulate.seconds} says how long, {@code simulate.seed} which (else the time's); a failure is shrunk and names its seed.
 */
@QuarkusTest
class SimulatorIT {

    static final int STEPS = 150;

    @Inject
    Ledger ledger;

    @Inject
    DataSource dataSource;

    @Inject
    Checks checks;

    @Test
    void theDatabaseDoesWhatTheModelDoesWhateverHappens() throws IOException {
        long seconds = Long.getLong("simulate.seconds", 12);
        long first = Long.getLong("simulate.seed", System.currentTimeMillis());
        System.out.println("simulating %d seconds from seed %d".formatted(seconds, first));
        checks.begin();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        long seed = first;
        long entries = 0;
        try (var database = new Database(ledger, dataSource)) {
            do {
                entries += play(database, seed++);
            } while (System.nanoTime() < end);
        }
        assertTrue(entries > 0);
        Files.writeString(Path.of("target", "simulate.json"), "{\"seconds\": %d, \"seed\": %d, \"histories\": %d, \"steps\": %d, \"entries\": %d}%n"
                .formatted(seconds, first, seed - first, (seed - first) * STEPS, entries));
    }

    private int play(Database database, long seed) {
        List<Step> history = new Generator(seed).history(STEPS);
        try {
            return new Playing(database, ledger, checks).play(history);
        } catch (Disagreement failure) {
            var shrunk = Shrinking.shrink(history, failure, rest -> fails(database, rest));
            return fail("seed %d: after %d steps, shrunk to %d:%n%s%n%n%s%nagain: deploy/simulate 1 %d".formatted(seed, STEPS, shrunk.history().size(),
                    told(shrunk.history()), shrunk.failure().getMessage(), seed));
        }
    }

    private Optional<Disagreement> fails(Database database, List<Step> history) {
        try {
            new Playing(database, ledger, checks).play(history);
            return Optional.empty();
        } catch (Disagreement failure) {
            return Optional.of(failure);
        }
    }

    private static String told(List<Step> history) {
        Names names = new Names(new UUID(0, 0));
        for (String name : Names.ORGANISATIONS) {
            names.book(name);
        }
        return history.stream().map(step -> step.told(names)).collect(Collectors.joining("\n"));
    }
}
