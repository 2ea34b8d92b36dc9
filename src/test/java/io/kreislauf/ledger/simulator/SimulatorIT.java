package io.kreislauf.ledger.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.export.Exporting;
import io.kreislauf.ledger.seal.Sealing;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Long random histories of economic events, played against a model and against the database with faults in between.
 * {@code simulate.seconds} says how long, {@code simulate.seed} which (else the time's); a failure is shrunk and names its seed.
 */
@QuarkusTest
class SimulatorIT {

    static final int STEPS = 150;

    /** A workshop takes as long as several histories; the first of a run has one, so that a seed plays again what failed. */
    private static final int HISTORIES_TO_A_WORKSHOP = 3;

    /** An import is one transaction, held in memory: a longer run leaves more than that is for. */
    private static final int SECONDS_IMPORTED_MAX = 120;

    @Inject
    Ledger ledger;

    @Inject
    DataSource dataSource;

    @Inject
    Checks checks;

    @Inject
    Workshop workshop;

    @Inject
    Exporting exporting;

    @Inject
    Sealing sealing;

    @Inject
    ObjectMapper json;

    @TempDir
    Path files;

    @Test
    void theDatabaseDoesWhatTheModelDoesWhateverHappens() throws Exception {
        long seconds = Long.getLong("simulate.seconds", 12);
        long first = Long.getLong("simulate.seed", System.currentTimeMillis());
        System.out.println("simulating %d seconds from seed %d".formatted(seconds, first));
        checks.begin();
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        long seed = first;
        long entries = 0;
        try (var database = new Database(ledger, dataSource)) {
            do {
                entries += play(database, seed, (seed - first) % HISTORIES_TO_A_WORKSHOP == 0);
                seed++;
            } while (System.nanoTime() < end);
        }
        assertTrue(entries > 0);
        if (seconds <= SECONDS_IMPORTED_MAX) {
            assertTrue(Elsewhere.same(dataSource, exporting, sealing, json, files) >= entries, "all that was played is elsewhere");
        }
        Files.writeString(Path.of("target", "simulate.json"), "{\"seconds\": %d, \"seed\": %d, \"histories\": %d, \"steps\": %d, \"entries\": %d, \"work\": %s}%n"
                .formatted(seconds, first, seed - first, (seed - first) * STEPS, entries, json.writeValueAsString(workshop.done())));
    }

    private int play(Database database, long seed, boolean withWork) {
        List<Step> history = new Generator(seed).history(STEPS);
        try {
            int entries = new Playing(database, ledger, checks).play(history);
            if (withWork) {
                workshop(seed);
            }
            return entries;
        } catch (Disagreement failure) {
            var shrunk = Shrinking.shrink(history, failure, rest -> fails(database, rest));
            return fail("seed %d: after %d steps, shrunk to %d:%n%s%n%n%s%nagain: deploy/simulate 1 %d".formatted(seed, STEPS, shrunk.history().size(),
                    told(shrunk.history()), shrunk.failure().getMessage(), seed));
        }
    }

    private void workshop(long seed) {
        var acts = Act.history(seed);
        var failure = worked(acts);
        if (failure.isPresent()) {
            var shrunk = Shrinking.shrink(acts, failure.get(), this::worked);
            fail("seed %d: after %d things done, shrunk to %d:%n%s%n%n%s%nagain: deploy/simulate 1 %d".formatted(seed, acts.size(), shrunk.history().size(),
                    shrunk.history(), shrunk.failure().getMessage(), seed));
        }
    }

    private Optional<Disagreement> worked(List<Act> acts) {
        var failure = failing(() -> {
            workshop.play(acts);
            checks.nothingElseIsBroken(new Names(new UUID(0, 0)));
        });
        if (failure.isPresent()) {
            checks.begin();
        }
        return failure;
    }

    private static Optional<Disagreement> failing(Runnable played) {
        try {
            played.run();
            return Optional.empty();
        } catch (Disagreement failure) {
            return Optional.of(failure);
        }
    }

    /** A model that is wrong once an appeal is decided: what is left of the history is what leads there, and nothing else. */
    @Test
    void aDisagreementInTheWorkshopIsShrunkToWhatLeadsToIt() {
        workshop.misled(Act.What.DECIDE);
        try {
            var acts = Stream.of(Act.What.SUBMIT, Act.What.CLAIM, Act.What.SUBMIT, Act.What.APPROVE, Act.What.REJECT, Act.What.WORK, Act.What.PAY, Act.What.APPEAL,
                    Act.What.GIVE_BACK, Act.What.DECIDE, Act.What.A_MINUTE, Act.What.SUBMIT, Act.What.END).map(what -> new Act(what, 42)).toList();
            var shrunk = Shrinking.shrink(acts, failing(() -> workshop.play(acts)).orElseThrow(), rest -> failing(() -> workshop.play(rest)));
            assertEquals(List.of(Act.What.SUBMIT, Act.What.REJECT, Act.What.APPEAL, Act.What.DECIDE), shrunk.history().stream().map(Act::what).toList());
            assertTrue(shrunk.failure().getMessage().contains("escrow holds"), shrunk.failure().getMessage());
        } finally {
            workshop.misled(null);
        }
    }

    private Optional<Disagreement> fails(Database database, List<Step> history) {
        return failing(() -> new Playing(database, ledger, checks).play(history));
    }

    private static String told(List<Step> history) {
        Names names = new Names(new UUID(0, 0));
        for (String name : Names.ORGANISATIONS) {
            names.book(name);
        }
        return history.stream().map(step -> step.told(names)).collect(Collectors.joining("\n"));
    }
}
