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

/** Balances as of now: settled sums by day, and the tail of entries that are not settled yet, in one statement. */
@ApplicationScoped
public class Balances {

    /** One account's sum. */
    public record Balance(Book book, Commodity commodity, Account account, long amount) {}

    private static final String NOW = """
            with wanted as materialized (
                select cast(? as uuid) as book_id, cast(? as text) as low, cast(? as text) as high, cast(? as text) as commodity,
                       ledger_folded_tx() as tx
            ), settled as (
                select d.account, d.commodity, sum(d.amount) as amount
                  from wanted w join ledger_day d on d.book_id = w.book_id
                   and d.account >= w.low collate "C" and d.account < w.high collate "C" and (w.commodity is null or d.commodity = w.commodity)
                 group by d.account, d.commodity
            ), tail as (
                select leg.account, leg.commodity, sum(leg.amount) as amount
                  from wanted w join ledger_entry e on e.tx >= w.tx and w.book_id = any (e.books)
                 cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                 where leg.book = w.book_id and leg.account >= w.low collate "C" and leg.account < w.high collate "C"
                   and (w.commodity is null or leg.commodity = w.commodity)
                 group by leg.account, leg.commodity
            )
            select both_parts.commodity, both_parts.account, sum(both_parts.amount)
              from (select account, commodity, amount from settled union all select account, commodity, amount from tail) both_parts
             group by both_parts.commodity, both_parts.account order by both_parts.account collate "C", both_parts.commodity collate "C"
            """;

    /** Sorts after every character that an account can hold. */
    private static final String AFTER_ALL = "~";

    private final DataSource dataSource;

    Balances(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** The balance of one account; zero if it was never used. */
    public long of(Book book, Commodity commodity, Account account) {
        return read(book, account.text(), account.text() + " ", commodity).stream().mapToLong(Balance::amount).sum();
    }

    /** Every account of a book that was ever used, zero balances included, by account. */
    public List<Balance> of(Book book) {
        return read(book, "", AFTER_ALL, null);
    }

    /**
     * The accounts of a book under a prefix of whole words: {@code PRODUCTION:<project>} holds
     * {@code PRODUCTION:<project>:direct} and itself, {@code CASH} only itself.
     */
    public List<Balance> under(Book book, String prefix) {
        return read(book, prefix, prefix + AFTER_ALL, null).stream()
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

    private List<Balance> read(Book book, String low, String high, Commodity commodity) {
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement(NOW)) {
            select.setObject(1, book.id());
            select.setString(2, low);
            select.setString(3, high);
            select.setString(4, commodity == null ? null : commodity.text());
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
