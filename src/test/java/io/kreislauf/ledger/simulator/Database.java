package io.kreislauf.ledger.simulator;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.Source;
import io.kreislauf.ledger.Unbookable;
import io.kreislauf.ledger.book.EntryRef;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.testing.TestDatabase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** The real ledger on the real database, and all that can go wrong on the way to it. */
final class Database implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    /**
     * What came of it.
     *
     * @param code  of the refusal; null: it was not refused
     * @param entry null: it was refused, or no leg moved
     */
    record Answer(String code, EntryRef entry) {
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Ledger ledger;
    private final DataSource dataSource;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    /** Tells at length of each connection that this test kills. */
    private final List<Logger> noisy = List.of(Logger.getLogger("com.arjuna.ats.jta"), Logger.getLogger("io.agroal.pool"));

    Database(Ledger ledger, DataSource dataSource) {
        this.ledger = ledger;
        this.dataSource = dataSource;
        noisy.forEach(logger -> logger.setLevel(Level.OFF));
    }

    Answer send(EconomicEvent event, Instant at, String key) {
        return answer(() -> QuarkusTransaction.requiringNew().call(() -> ledger.post(event, at, key)));
    }

    Answer reverse(UUID entry, UUID sourceId) {
        return answer(() -> QuarkusTransaction.requiringNew().call(() -> Optional.of(ledger.reverse(entry, new Source("correction", sourceId), null))));
    }

    String close(Book book, LocalDate through) {
        return answer(() -> {
            QuarkusTransaction.requiringNew().run(() -> ledger.close(book, through));
            return Optional.empty();
        }).code();
    }

    /** What was answered before it was rolled back. */
    Answer sendAndRollBack(EconomicEvent event, Instant at, String key) {
        Answer[] answered = new Answer[1];
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                answered[0] = answer(() -> ledger.post(event, at, key));
                throw new RolledBack();
            });
        } catch (RolledBack asPlanned) {
            return answered[0];
        }
        throw new Disagreement("a transaction that was to be rolled back was not");
    }

    /** What was answered before the connection was killed; what was refused has ended already. */
    Answer sendAndKill(EconomicEvent event, Instant at, String key) {
        Answer[] answered = new Answer[1];
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                answered[0] = answer(() -> ledger.post(event, at, key));
                if (answered[0].code() != null) {
                    throw new RolledBack();
                }
                kill();
            });
        } catch (RuntimeException broken) {
            return answered[0];
        }
        throw new Disagreement("a transaction was committed over a connection that was killed");
    }

    private void kill() {
        try (var mine = dataSource.getConnection(); var own = mine.createStatement(); var pid = own.executeQuery("select pg_backend_pid()");
             var superuser = TestDatabase.asSuperuser(); var terminate = superuser.prepareStatement("select pg_terminate_backend(?, 5000)")) {
            pid.next();
            terminate.setInt(1, pid.getInt(1));
            terminate.executeQuery();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The same, sent twice at once. */
    Answer[] sendTwice(EconomicEvent event, Instant at, String key) {
        var one = CompletableFuture.supplyAsync(() -> send(event, at, key), threads);
        var other = CompletableFuture.supplyAsync(() -> send(event, at, key), threads);
        return new Answer[] {joined(one), joined(other)};
    }

    /** The first waits before its commit until the second is committed and {@code between} is done. */
    Answer[] sendCrossed(Supplier<Answer> first, Supplier<Answer> second, Runnable between) {
        var posted = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var slow = CompletableFuture.supplyAsync(() -> {
            Answer[] answered = new Answer[1];
            try {
                QuarkusTransaction.requiringNew().run(() -> {
                    answered[0] = first.get();
                    posted.countDown();
                    awaited(goOn);
                    if (answered[0].code() != null) {
                        throw new RolledBack();
                    }
                });
            } catch (RolledBack refused) {
                return answered[0];
            }
            return answered[0];
        }, threads);
        try {
            awaited(posted);
            Answer fast = second.get();
            between.run();
            goOn.countDown();
            return new Answer[] {joined(slow), fast};
        } finally {
            goOn.countDown();
        }
    }

    /** Within the transaction of the caller. */
    Answer sendWithin(EconomicEvent event, Instant at, String key) {
        return answer(() -> ledger.post(event, at, key));
    }

    private static Answer answer(Callable<Optional<EntryRef>> act) {
        try {
            return new Answer(null, act.call().orElse(null));
        } catch (Refusal refused) {
            return new Answer(refused.code(), null);
        } catch (Unbookable unbookable) {
            return new Answer(unbookable.reason().name(), null);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            Disagreement.unless(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "two transactions wait for each other that need not");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    private static <T> T joined(CompletableFuture<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        noisy.forEach(logger -> logger.setLevel(null));
    }
}
