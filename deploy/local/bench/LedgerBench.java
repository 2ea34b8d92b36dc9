import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.BookKind;
import io.kreislauf.ledger.book.Folding;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.ledger.book.Posting;
import io.kreislauf.ledger.book.Statements;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Postings a second through the ledger's own API against the bare rows of the same form, and how long reading takes at 10^4 and
 * 10^6 entries. Arguments: JDBC URL, entries, seconds of each run.
 */
final class LedgerBench {

    private static final int CALLERS = 16;
    private static final int BATCH = 100;
    private static final int PEOPLE = 200;

    private static final String BARE = """
            create table bare_entry (
                entry_id bigint generated always as identity primary key, event text not null, key text not null unique,
                effective_at timestamptz not null default now(), posted_at timestamptz not null default now(),
                books uuid[] not null, commodities text[] not null, accounts text[] not null, amounts bigint[] not null,
                check (ledger_balanced(books, commodities, amounts)))
            """;

    private static final String INSERT_BARE = "insert into bare_entry (event, key, books, commodities, accounts, amounts) values (?, ?, ?, ?, ?, ?)";

    private final AgroalDataSource pool;
    private final Ledger ledger;
    private final Balances balances;
    private final Statements statements;
    private final Folding folding;
    private final Book org = new Book(UUID.randomUUID());
    private final List<Book> people = new ArrayList<>();
    private final UUID project = UUID.randomUUID();
    private final AtomicLong written = new AtomicLong();
    private volatile boolean loaded;
    private volatile long heapMaxMb;

    private LedgerBench(AgroalDataSource pool) {
        this.pool = pool;
        ledger = new Ledger(pool);
        balances = new Balances(pool);
        statements = new Statements(pool);
        folding = new Folding(pool);
    }

    public static void main(String[] args) throws Exception {
        try (var pool = pool(args[0], "kreislauf_app"); var owner = pool(args[0], "kreislauf_owner")) {
            try (var connection = owner.getConnection(); var statement = connection.createStatement()) {
                statement.execute(BARE);
                statement.execute("grant insert on bare_entry to kreislauf_app");
            }
            new LedgerBench(pool).run(Long.parseLong(args[1]), Integer.parseInt(args[2]));
        }
    }

    private static AgroalDataSource pool(String url, String user) throws SQLException {
        return AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool -> pool.maxSize(CALLERS + 4)
                .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url).principal(new NamePrincipal(user)).credential(new SimplePassword("")))));
    }

    private void run(long entries, int seconds) throws Exception {
        ledger.open(org, BookKind.ORGANISATION);
        for (var i = 0; i < PEOPLE; i++) {
            people.add(new Book(UUID.randomUUID()));
            ledger.open(people.getLast(), BookKind.PERSON);
        }
        for (var i = 0; i < 100; i++) {
            batch();
        }
        folding.untilSettled();
        say("reading at " + written);
        var few = reading();
        say("single, bare");
        var singleBare = perSecond(seconds, () -> bare(1));
        say("single, ledger");
        var single = perSecond(seconds, () -> {
            ledger.post(event(), null);
            return 1;
        });
        say("batches, bare");
        var batchBare = perSecond(seconds, () -> bare(BATCH));
        say("batches, ledger");
        var batch = perSecond(seconds, this::batch);
        var settling = Thread.startVirtualThread(this::settle);
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var i = 0; i < 4; i++) {
                threads.submit(() -> {
                    while (written.get() < entries) {
                        batch();
                        measureHeap();
                        if (written.get() % 50_000 < BATCH) {
                            say(written + " entries");
                        }
                    }
                    return null;
                });
            }
        }
        loaded = true;
        settling.join();
        folding.untilSettled();
        say("reading at " + written);
        var many = reading();
        System.out.printf("{\"singlePerSecond\": %d, \"singleBarePerSecond\": %d, \"batchPerSecond\": %d, \"batchBarePerSecond\": %d, "
                + "\"balanceMillis10k\": %.2f, \"balanceMillis1m\": %.2f, \"statementMillis10k\": %.2f, \"statementMillis1m\": %.2f, "
                + "\"trialBalanceMillis10k\": %.2f, \"trialBalanceMillis1m\": %.2f, \"entries\": %d, \"heapMaxMb\": %d}%n", single, singleBare, batch,
                batchBare, few[0], many[0], few[1], many[1], few[2], many[2], written.get(), heapMaxMb);
    }

    private WorkSubmitted event() {
        var n = written.incrementAndGet();
        return new WorkSubmitted(UUID.randomUUID(), project, org, people.get((int) (n % PEOPLE)), LabourMillis.observed(1 + n % 300_000), Wage.none("USD"));
    }

    private int batch() {
        var postings = new ArrayList<Posting>(BATCH);
        for (var i = 0; i < BATCH; i++) {
            postings.add(Posting.of(event()));
        }
        ledger.postAll(postings);
        return BATCH;
    }

    private int bare(int rows) throws SQLException {
        try (Connection connection = pool.getConnection(); var insert = connection.prepareStatement(INSERT_BARE)) {
            connection.setAutoCommit(rows == 1);
            for (var i = 0; i < rows; i++) {
                var w = people.get(i % PEOPLE).id();
                insert.setString(1, "WorkSubmitted");
                insert.setString(2, "WorkSubmitted:" + UUID.randomUUID());
                insert.setArray(3, connection.createArrayOf("uuid", new Object[] {w, w, org.id(), org.id()}));
                insert.setArray(4, connection.createArrayOf("text", new Object[] {"LABOUR", "LABOUR", "LABOUR", "LABOUR"}));
                insert.setArray(5, connection.createArrayOf("text",
                        new Object[] {"GIVEN:" + org, "EXPENDED:direct", "PRODUCTION:" + project + ":direct", "RECEIVED:" + w}));
                insert.setArray(6, connection.createArrayOf("bigint", new Object[] {150_000L, -150_000L, 150_000L, -150_000L}));
                insert.addBatch();
            }
            insert.executeBatch();
            if (rows > 1) {
                connection.commit();
                connection.setAutoCommit(true);
            }
            return rows;
        }
    }

    private long perSecond(int seconds, Callable<Integer> work) throws Exception {
        var done = new AtomicLong();
        var began = System.nanoTime();
        var end = began + seconds * 1_000_000_000L;
        try (var threads = Executors.newFixedThreadPool(CALLERS)) {
            for (var i = 0; i < CALLERS; i++) {
                threads.submit(() -> {
                    while (System.nanoTime() < end) {
                        done.addAndGet(work.call());
                    }
                    return null;
                });
            }
        }
        measureHeap();
        return done.get() * 1_000_000_000L / (System.nanoTime() - began);
    }

    /** Medians in milliseconds: a balance, a page of a statement from the middle, a trial balance of the organisation's book. */
    private double[] reading() {
        var account = Account.production(project, TimeClass.DIRECT);
        var somewhere = statements.page(org, Commodity.LABOUR, account.text(), null, 200).getLast().cursor();
        return new double[] {
            median(() -> balances.of(org, Commodity.LABOUR, account)),
            median(() -> statements.page(org, Commodity.LABOUR, account.text(), somewhere, 50)),
            median(() -> balances.of(org))};
    }

    private static double median(Callable<?> read) {
        var nanos = new long[101];
        for (var i = 0; i < nanos.length; i++) {
            var began = System.nanoTime();
            try {
                read.call();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos[50] / 1e6;
    }

    private void settle() {
        while (!loaded) {
            folding.untilSettled();
            LockSupport.parkNanos(1_000_000_000L);
        }
    }

    private void measureHeap() {
        var runtime = Runtime.getRuntime();
        heapMaxMb = Math.max(heapMaxMb, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
    }

    private static void say(String what) {
        System.err.println(what);
    }
}
