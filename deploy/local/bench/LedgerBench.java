import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.seal.Sealing;
import io.kreislauf.stream.Outbox;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Postings a second through the ledger's own API, with folding and sealing beside them as in the product, in turns with the bare run;
 * then how long reading takes at 10^4 and at many entries. Arguments: JDBC URL, scratch directory, entries, seconds of each of the four runs.
 */
final class LedgerBench implements AutoCloseable {

    private static final int CALLERS = 16;
    private static final int BATCH = 100;
    private static final int FEW = 10_000;
    private static final int TURNS = 3;
    /** A ledger runs for months; its compilers are done after seconds, and would otherwise be measured with it. */
    private static final int WARM_UP_SECONDS = 20;

    /** One of the runs: how much it has done in how long, over all its turns. */
    private static final class Run {
        private final String name;
        private final Callable<Integer> work;
        private long done;
        private long nanos;

        Run(String name, Callable<Integer> work) {
            this.name = name;
            this.work = work;
        }

        long perSecond() {
            return done * 1_000_000_000L / nanos;
        }
    }

    private final BenchEvents events = new BenchEvents();
    private final String url;
    private final DataSource pool;
    private final Ledger ledger;
    private final Folding folding;
    private final Sealing sealing;
    private final BareRun bare;
    private final AtomicLong written = new AtomicLong();
    private final HeapSampler heap = new HeapSampler();
    private final java.util.concurrent.ScheduledExecutorService beside = Executors.newScheduledThreadPool(2, Thread.ofPlatform().daemon().factory());

    private LedgerBench(String url, DataSource pool, DataSource barePool, Path scratch) {
        this.url = url;
        this.pool = pool;
        ledger = new Ledger(pool);
        folding = new Folding(pool);
        sealing = new Sealing(pool, new Outbox(pool, JsonMapper.builder().findAndAddModules().build()), folding, scratch.resolve("signing-key"));
        bare = new BareRun(barePool, events);
    }

    public static void main(String[] args) throws Exception {
        try (var owner = DriverManager.getConnection(args[0], "kreislauf_owner", "")) {
            BareRun.prepare(owner);
        }
        try (var pool = BenchPool.ofProduct(args[0]); var barePool = BenchPool.bare(args[0]);
             var bench = new LedgerBench(args[0], pool, barePool, Path.of(args[1]))) {
            bench.run(Long.parseLong(args[2]), Integer.parseInt(args[3]));
        }
    }

    private void run(long entries, int seconds) throws Exception {
        BenchPool.inTransaction(() -> {
            ledger.open(events.org, BookKind.ORGANISATION);
            events.people.forEach(person -> ledger.open(person, BookKind.PERSON));
            return null;
        });
        grow(FEW);
        atRest();
        var few = Reading.of(pool, events);
        say("reading at %d entries: %s".formatted(written.get(), few));

        beside.scheduleWithFixedDelay(this::fold, 1, 1, TimeUnit.SECONDS);
        beside.scheduleWithFixedDelay(this::seal, 2, 2, TimeUnit.SECONDS);
        var runs = java.util.List.of(new Run("single, bare", () -> bare.insert(1)), new Run("single, ledger", this::single),
                new Run("batch, bare", () -> bare.insert(BATCH)), new Run("batch, ledger", this::batch));
        // Not all four in turns: what a batch leaves to be written to disk is no part of what comes after it.
        inTurns(runs.subList(0, 2), seconds);
        inTurns(runs.subList(2, 4), seconds);
        runs.forEach(run -> say("%s: %d a second".formatted(run.name, run.perSecond())));

        grow(entries);
        atRest();
        var many = Reading.of(pool, events);
        say("reading at %d entries: %s".formatted(written.get(), many));
        System.out.printf(Locale.ROOT, "{\"singlePerSecond\": %d, \"singleBarePerSecond\": %d, \"batchPerSecond\": %d, \"batchBarePerSecond\": %d, "
                + "\"balanceMillis10k\": %.2f, \"balanceMillis1m\": %.2f, \"statementMillis10k\": %.2f, \"statementMillis1m\": %.2f, "
                + "\"trialBalanceMillis10k\": %.2f, \"trialBalanceMillis1m\": %.2f, \"entries\": %d, \"heapMaxMb\": %d}%n",
                runs.get(1).perSecond(), runs.get(0).perSecond(), runs.get(3).perSecond(), runs.get(2).perSecond(), few.balance(), many.balance(),
                few.statement(), many.statement(), few.trialBalance(), many.trialBalance(), written.get(), heap.maxMb());
    }

    private void inTurns(java.util.List<Run> runs, int seconds) throws Exception {
        for (var run : runs) {
            turn(run, WARM_UP_SECONDS);
            run.done = run.nanos = 0;
        }
        for (var turn = 0; turn < TURNS; turn++) {
            for (var run : turn % 2 == 0 ? runs : runs.reversed()) {
                turn(run, (double) seconds / TURNS);
            }
        }
    }

    private int single() throws Exception {
        var event = events.submitted();
        BenchPool.inTransaction(() -> ledger.post(event, null));
        written.incrementAndGet();
        return 1;
    }

    private int batch() throws Exception {
        BenchPool.inTransaction(() -> ledger.postAll(events.now(BATCH)));
        written.addAndGet(BATCH);
        return BATCH;
    }

    /** Some seconds of one run by sixteen callers; what the ledger's runs have left to fold and to seal is done afterwards. */
    private void turn(Run run, double seconds) throws Exception {
        var done = new AtomicLong();
        var began = System.nanoTime();
        var end = began + (long) (seconds * 1e9);
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            for (var i = 0; i < CALLERS; i++) {
                threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        done.addAndGet(run.work.call());
                    }
                    return null;
                });
            }
        }
        var took = System.nanoTime() - began;
        run.done += done.get();
        run.nanos += took;
        settle();
        say("%s: %d a second, settled and sealed %d ms later".formatted(run.name, done.get() * 1_000_000_000L / took,
                (System.nanoTime() - began - took) / 1_000_000));
    }

    /** Fills the ledger with a past, in batches. */
    private void grow(long entries) throws Exception {
        var began = System.nanoTime();
        var before = written.get();
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var i = 0; i < 4; i++) {
                threads.submit(() -> {
                    while (written.getAndAdd(BATCH) < entries) {
                        BenchPool.inTransaction(() -> ledger.postAll(events.past(BATCH)));
                    }
                    written.addAndGet(-BATCH);
                    return null;
                });
            }
        }
        settle();
        var seconds = (System.nanoTime() - began) / 1e9;
        say("%d entries, the last %d in %.1f s with folding and sealing: %.0f a second".formatted(written.get(), written.get() - before, seconds,
                (written.get() - before) / seconds));
    }

    private void settle() throws Exception {
        fold();
        seal();
        System.gc();
        heap.settled();
    }

    /** What growing left to PostgreSQL to clean up is done first: a ledger grows in years, and is read meanwhile. */
    private void atRest() throws Exception {
        try (var superuser = DriverManager.getConnection(url, "postgres", ""); var statement = superuser.createStatement()) {
            statement.execute("vacuum analyze");
            statement.execute("checkpoint");
        }
    }

    private synchronized void fold() {
        folding.untilSettled();
    }

    private void seal() {
        try {
            while (BenchPool.inTransaction(sealing::seal) > 0) {
                Thread.onSpinWait();
            }
        } catch (Exception failure) {
            say("sealing failed: " + failure);
        }
    }

    @Override
    public void close() {
        beside.shutdownNow();
        heap.close();
    }

    private static void say(String what) {
        System.err.println(what);
    }
}
