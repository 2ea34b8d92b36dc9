package io.kreislauf.worked;

import io.kreislauf.testing.TestClock;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Thirty people at thirty pages, who do the same at the same time. Each heartbeat says what was before them for half a
 * minute up to now, and comes half a minute and a second after the one before, so that the server has seen all of it and
 * books it to the millisecond however long the requests take.
 */
final class ThirtyAnnotators implements AutoCloseable {

    static final int PEOPLE = 30;

    private static final Duration BEAT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Annotator> people = new ArrayList<>();

    ThirtyAnnotators() throws SQLException {
        for (int i = 0; i < PEOPLE; i++) {
            TestPerson person = TestPeople.annotator("KE");
            people.add(new Annotator(i, person.personId(), new Front(person.token())));
        }
    }

    List<Annotator> people() {
        return people;
    }

    /** All of them, at once. */
    void each(Consumer<Annotator> act) {
        var running = people.stream().map(person -> threads.submit(() -> act.accept(person))).toList();
        try {
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw new AssertionError("an annotator could not do it", failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** Everybody does what {@code beat} tells the server, for this long: a multiple of half a minute. */
    void spend(Duration time, Consumer<Annotator> beat) {
        for (Duration spent = Duration.ZERO; spent.compareTo(time) < 0; spent = spent.plus(BEAT)) {
            TestClock.advance(BEAT.plus(PAUSE));
            each(beat);
        }
    }

    static long beatMillis() {
        return BEAT.toMillis();
    }

    @Override
    public void close() {
        threads.close();
    }
}
