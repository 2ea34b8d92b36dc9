package io.kreislauf.ledger.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.seal.Sealing;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * An answer as of a sealed watermark never changes, while writers go on: short transactions and long ones, of which some are
 * rolled back, and in which the first entry is posted long before the last and before the commit.
 */
@QuarkusTest
class SealedAnswersIT {

    private static final int WRITERS = 6;
    private static final int SECONDS = 8;

    private record Answer(Book book, AsOf asOf, Map<String, Long> balances) {}

    private static final class Undone extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Inject
    Ledger ledger;
    @Inject
    Balances balances;
    @Inject
    Sealing sealing;
    @Inject
    DataSource dataSource;

    private final long seed = System.nanoTime();
    private final List<Book> books = List.of(new Book(UUID.randomUUID()), new Book(UUID.randomUUID()));
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

    @Test
    void whatWasAnsweredOnceIsAnsweredAlwaysAndIsTheFoldOfWhatWasPostedUntilThen() throws SQLException {
        System.out.println("sealed answers: seed " + seed);
        books.forEach(book -> ledger.open(book, BookKind.ORGANISATION));
        List<Answer> answers = new ArrayList<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(seed + i);
                boolean slow = i % 2 == 0;
                threads.submit(() -> write(random, slow, end));
            }
            Random random = new Random(seed - 1);
            while (System.nanoTime() < end) {
                sealing.now();
                answers.addAll(ask(random));
                if (answers.isEmpty()) {
                    continue;
                }
                random.ints(10, 0, Math.max(1, answers.size())).mapToObj(answers::get).forEach(this::same);
            }
        }
        assertEquals(List.of(), List.copyOf(failures), "seed " + seed);
        sealing.now();
        assertTrue(answers.stream().map(Answer::asOf).distinct().count() > 5, "several watermarks were asked for");
        assertTrue(answers.stream().map(Answer::balances).distinct().count() > 5, "something was posted between them");
        for (Answer answer : answers) {
            same(answer);
            assertEquals(fold(answer), answer.balances(), () -> "seed " + seed + " " + answer.asOf());
        }
    }

    private void write(Random random, boolean slow, long end) {
        while (System.nanoTime() < end) {
            try {
                QuarkusTransaction.requiringNew().run(() -> {
                    for (int entries = 1 + random.nextInt(slow ? 5 : 2); entries > 0; entries--) {
                        ledger.post(deposit(random), random.nextBoolean() ? null : Instant.now().minus(random.nextInt(400), ChronoUnit.HOURS));
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(slow ? random.nextInt(200) : random.nextInt(5)));
                    }
                    if (random.nextInt(5) == 0) {
                        throw new Undone();
                    }
                });
            } catch (Undone asPlanned) {
                // Nothing of it was posted.
            } catch (RuntimeException failure) {
                failures.add(failure);
            }
        }
    }

    private CapitalAdvanced deposit(Random random) {
        return new CapitalAdvanced(UUID.randomUUID(), books.get(random.nextInt(books.size())), random.nextBoolean() ? "USD" : "EUR", 1 + random.nextInt(9_999), "test");
    }

    /** As of the latest sealed watermark, of some moment before it, and of both clocks. */
    private List<Answer> ask(Random random) throws SQLException {
        Instant firm;
        try (var connection = dataSource.getConnection(); var statement = connection.createStatement();
             var row = statement.executeQuery("select firm_at from ledger_head order by tree_size desc limit 1")) {
            if (!row.next()) {
                return List.of();
            }
            firm = row.getObject(1, OffsetDateTime.class).toInstant();
        }
        assertTrue(balances.firm(new AsOf(null, firm)));
        assertFalse(balances.firm(new AsOf(null, firm.plus(1, ChronoUnit.HOURS))), "beyond it is provisional");
        List<Answer> answers = new ArrayList<>();
        for (AsOf asOf : List.of(new AsOf(null, firm), new AsOf(null, firm.minusMillis(random.nextInt(3_000))),
                new AsOf(Instant.now().minus(random.nextInt(400), ChronoUnit.HOURS), firm))) {
            books.forEach(book -> answers.add(new Answer(book, asOf, read(book, asOf))));
        }
        return answers;
    }

    private Map<String, Long> read(Book book, AsOf asOf) {
        Map<String, Long> found = new TreeMap<>();
        balances.of(book, asOf).forEach(balance -> found.put(balance.commodity() + " " + balance.account(), balance.amount()));
        return found;
    }

    private void same(Answer answer) {
        assertEquals(answer.balances(), read(answer.book(), answer.asOf()), () -> "seed " + seed + " " + answer.asOf());
    }

    /** Of the entries themselves, by no other way than their own times. */
    private Map<String, Long> fold(Answer answer) throws SQLException {
        try (var connection = dataSource.getConnection(); var select = connection.prepareStatement("""
                select leg.commodity || ' ' || leg.account, sum(leg.amount)
                  from ledger_entry e cross join lateral unnest(e.books, e.commodities, e.accounts, e.amounts) as leg (book, commodity, account, amount)
                 where leg.book = ? and e.books @> array[cast(? as uuid)] and e.posted_at <= ? and e.effective_at <= coalesce(cast(? as timestamptz), 'infinity')
                 group by 1
                """)) {
            select.setObject(1, answer.book().id());
            select.setObject(2, answer.book().id());
            select.setObject(3, answer.asOf().postedAt().atOffset(ZoneOffset.UTC));
            select.setObject(4, answer.asOf().effectiveAt() == null ? null : answer.asOf().effectiveAt().atOffset(ZoneOffset.UTC));
            Map<String, Long> sums = new TreeMap<>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    sums.put(row.getString(1), row.getLong(2));
                }
            }
            return sums;
        }
    }
}
