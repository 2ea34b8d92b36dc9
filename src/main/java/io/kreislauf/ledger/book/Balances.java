package io.kreislauf.ledger.book;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.ProductEvent.InProduction;
import io.kreislauf.ledger.Stock;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Balances: as of now one settled sum an account, as of an instant the settled sums by day and the legs of the days that the question cuts;
 * with the tail of entries that are not settled yet, in one statement. What the caller's own transaction has posted is in the tail.
 */
@ApplicationScoped
public class Balances {

    /** One account's sum. */
    public record Balance(Book book, Commodity commodity, Account account, long amount) {}

    /** As of now: the sum of all that is settled, and the tail. The bounds of the tail are of one table, so that its index is used. */
    static final String NOW = """
            with wanted as materialized (
                select cast(? as uuid) as book_id, cast(? as text) as low, cast(? as text) as high, cast(? as text) as commodity, ledger_folded_tx() as tx
            )
            select parts.commodity, parts.account, sum(parts.amount)
              from (select s.account, s.commodity, s.amount
                      from wanted w join ledger_sum s on s.book_id = w.book_id and s.account >= w.low collate "C" and s.account < w.high collate "C"
                       and (w.commodity is null or s.commodity = w.commodity)
                    union all
                    select leg.account, leg.commodity, leg.amount
                      from wanted w join ledger_entry e on w.book_id = any (e.books)
                     cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                     where e.tx >= (select tx from wanted) and e.tx < 9223372036854775807
                       and leg.book = w.book_id and leg.account >= w.low collate "C" and leg.account < w.high collate "C"
                       and (w.commodity is null or leg.commodity = w.commodity)) parts
             group by parts.commodity, parts.account order by parts.account collate "C", parts.commodity collate "C"
            """;

    /** The cut days: of days that are over at the asked instants come the sums, of those that are not the legs. */
    static final String THEN = """
            with wanted as materialized (
                select cast(? as uuid) as book_id, cast(? as text) as low, cast(? as text) as high, cast(? as text) as commodity,
                       e.at as effective_at, p.at as posted_at,
                       coalesce((e.at at time zone 'UTC')::date, 'infinity') as effective_day,
                       coalesce((p.at at time zone 'UTC')::date, 'infinity') as posted_day,
                       coalesce(((e.at + interval '1 microsecond') at time zone 'UTC')::date, 'infinity') as effective_cut,
                       coalesce(((p.at + interval '1 microsecond') at time zone 'UTC')::date, 'infinity') as posted_cut,
                       ledger_folded_tx() as tx
                  from (select cast(? as timestamptz) as at) e, (select cast(? as timestamptz) as at) p
            ), days as materialized (
                select d.account, d.commodity, d.posted_day, d.amount, d.first_tx, d.last_tx,
                       d.effective_day = w.effective_cut or d.posted_day = w.posted_cut as cut
                  from wanted w join ledger_day d on d.book_id = w.book_id
                   and d.account >= w.low collate "C" and d.account < w.high collate "C" and (w.commodity is null or d.commodity = w.commodity)
                   and d.effective_day <= w.effective_day and d.posted_day <= w.posted_day
            ), cut_days as materialized (
                select account, commodity, posted_day, min(first_tx) as first_tx, max(last_tx) as last_tx from days where cut group by 1, 2, 3
            ), cut as (
                select l.account, l.commodity, l.amount
                  from wanted w cross join cut_days c cross join lateral (
                       select l.account, l.commodity, l.amount, l.effective_at, l.posted_at from ledger_leg l
                        where l.book_id = w.book_id and l.account = c.account and l.commodity = c.commodity
                          and l.tx >= c.first_tx and l.tx <= c.last_tx) l
                 where l.posted_at >= c.posted_day::timestamp at time zone 'UTC' and l.posted_at < (c.posted_day + 1)::timestamp at time zone 'UTC'
                   and (c.posted_day = w.posted_cut or l.effective_at >= w.effective_cut::timestamp at time zone 'UTC')
                   and (w.effective_at is null or l.effective_at <= w.effective_at) and (w.posted_at is null or l.posted_at <= w.posted_at)
            ), tail as (
                select leg.account, leg.commodity, leg.amount
                  from wanted w join ledger_entry e on w.book_id = any (e.books)
                   and (w.effective_at is null or e.effective_at <= w.effective_at) and (w.posted_at is null or e.posted_at <= w.posted_at)
                 cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                 where e.tx >= (select tx from wanted) and e.tx < 9223372036854775807
                   and leg.book = w.book_id and leg.account >= w.low collate "C" and leg.account < w.high collate "C"
                   and (w.commodity is null or leg.commodity = w.commodity)
            )
            select parts.commodity, parts.account, sum(parts.amount)
              from (select account, commodity, amount from days where not cut union all select account, commodity, amount from cut
                    union all select account, commodity, amount from tail) parts
             group by parts.commodity, parts.account order by parts.account collate "C", parts.commodity collate "C"
            """;

    /** Whether anything can still appear below a posting time, and everything below it is sealed. */
    private static final String FIRM = """
            select cast(? as timestamptz) <= greatest(
                (select firm_at from ledger_head order by tree_size desc limit 1),
                (select f.firm_at from ledger_fold f
                  where not exists (select from ledger_entry e
                                     where e.tx >= coalesce((select h.tx from ledger_head h order by h.tree_size desc limit 1), 0) and e.tx < f.tx)
                  order by f.tx desc limit 1))
            """;

    /** Sorts after every character that an account can hold. */
    private static final String AFTER_ALL = "~";

    private final DataSource dataSource;

    public Balances(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The balance of one account as of now; zero if it was never used. */
    public long of(Book book, Commodity commodity, Account account) {
        return of(book, commodity, account, AsOf.NOW);
    }

    public long of(Book book, Commodity commodity, Account account, AsOf asOf) {
        return read(book, account.text(), account.text() + " ", commodity, asOf).stream().mapToLong(Balance::amount).sum();
    }

    /** Every account of a book that was ever used, zero balances included, by account. */
    public List<Balance> of(Book book) {
        return of(book, AsOf.NOW);
    }

    public List<Balance> of(Book book, AsOf asOf) {
        return read(book, "", AFTER_ALL, null, asOf);
    }

    /**
     * The accounts of a book under a prefix of whole words: {@code PRODUCTION:<project>} holds
     * {@code PRODUCTION:<project>:direct} and itself, {@code CASH} only itself.
     */
    public List<Balance> under(Book book, String prefix) {
        return under(book, prefix, AsOf.NOW);
    }

    public List<Balance> under(Book book, String prefix, AsOf asOf) {
        return read(book, prefix, prefix + AFTER_ALL, null, asOf).stream()
                .filter(balance -> balance.account().text().equals(prefix) || balance.account().text().startsWith(prefix + ":")).toList();
    }

    /** What a project holds in production, in the form in which a release takes it. */
    public InProduction inProduction(Book book, UUID project) {
        return Holdings.inProduction(under(book, Account.Kind.PRODUCTION + ":" + project));
    }

    /**
     * What an account kind and its subject still carry: a model in {@code PRODUCTION}, a version or model in
     * {@code COMMODITY}, a licence in {@code MEANS} (its price as c).
     */
    public Stock stock(Book book, Account.Kind kind, UUID subject) {
        return Holdings.stock(under(book, kind + ":" + subject));
    }

    /** Whether an answer as of this posting time will never change; without one it always can. */
    public boolean firm(AsOf asOf) {
        if (asOf.postedAt() == null) {
            return false;
        }
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(FIRM)) {
            select.setObject(1, Instants.utc(asOf.postedAt()));
            try (var row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        } catch (SQLException failure) {
            throw Refused.by(failure);
        }
    }

    private List<Balance> read(Book book, String low, String high, Commodity commodity, AsOf asOf) {
        var now = asOf.isNow();
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(now ? NOW : THEN)) {
            select.setObject(1, book.id());
            select.setString(2, low);
            select.setString(3, high);
            select.setString(4, commodity == null ? null : commodity.text());
            if (!now) {
                select.setObject(5, Instants.utc(asOf.effectiveAt()));
                select.setObject(6, Instants.utc(asOf.postedAt()));
            }
            try (var rows = select.executeQuery()) {
                var balances = new ArrayList<Balance>();
                while (rows.next()) {
                    balances.add(new Balance(book, new Commodity(rows.getString(1)), new Account(rows.getString(2)),
                            rows.getBigDecimal(3).longValueExact()));
                }
                return balances;
            }
        } catch (SQLException failure) {
            throw Refused.by(failure);
        }
    }
}
