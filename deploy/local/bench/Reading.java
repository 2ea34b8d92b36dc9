import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.book.AsOf;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.LegQuery;
import io.kreislauf.ledger.book.Statements;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.concurrent.Callable;
import javax.sql.DataSource;

/**
 * How long reading takes, medians in milliseconds, from the account that has a leg in every entry.
 *
 * @param statement    a page of 50 legs from the middle with the sum and number of all, as the page of a statement shows them
 * @param trialBalance every account of the organisation's book
 * @param balanceThen  the balance as of the end of a day a month ago
 */
record Reading(double balance, double statement, double trialBalance, double balanceThen) {

    /** So long that what growing has left the machine to write is written. */
    private static final long WARM_UP_NANOS = 3_000_000_000L;
    private static final int TIMES = 501;

    static Reading of(DataSource pool, BenchEvents events) throws Exception {
        var balances = new Balances(pool);
        var statements = new Statements(pool);
        var account = Account.production(events.project, TimeClass.DIRECT);
        var legs = LegQuery.of(events.org, Commodity.LABOUR, account);
        var middle = middle(pool, events, account);
        var then = new AsOf(LocalDate.now(ZoneOffset.UTC).minusDays(30).atStartOfDay(ZoneOffset.UTC).toInstant().minusNanos(1_000), null);
        return new Reading(
                median(() -> balances.of(events.org, Commodity.LABOUR, account)),
                median(() -> statements.page(legs, middle, 50).size() + statements.totals(legs).size()),
                median(() -> balances.of(events.org)),
                median(() -> balances.of(events.org, Commodity.LABOUR, account, then)));
    }

    private static String middle(DataSource pool, BenchEvents events, Account account) throws Exception {
        try (var connection = pool.getConnection(); var select = connection.prepareStatement("""
                select tx || '.' || seq || '.' || leg_no from ledger_leg where book_id = ? and account = ? and commodity = 'LABOUR'
                 order by tx, seq, leg_no offset (select legs / 2 from ledger_sum where book_id = ? and account = ? and commodity = 'LABOUR') limit 1
                """)) {
            select.setObject(1, events.org.id());
            select.setString(2, account.text());
            select.setObject(3, events.org.id());
            select.setString(4, account.text());
            try (var row = select.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static double median(Callable<?> read) throws Exception {
        var end = System.nanoTime() + WARM_UP_NANOS;
        while (System.nanoTime() < end) {
            read.call();
        }
        var nanos = new long[TIMES];
        for (var i = 0; i < TIMES; i++) {
            var began = System.nanoTime();
            read.call();
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        return nanos[TIMES / 2] / 1e6;
    }
}
