package io.kreislauf.ledger.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.CapitalEvent.CapitalWithdrawn;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.ModelEvent.ModelReleased;
import io.kreislauf.ledger.ProductEvent.DatasetReleased;
import io.kreislauf.ledger.Source;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.WorkedExample;
import io.kreislauf.ledger.WorkedExample.NamedLeg;
import io.kreislauf.testing.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class PostingIT {

    private static final Commodity USD = Commodity.money("USD");

    @Inject
    Ledger ledger;
    @Inject
    Balances balances;
    @Inject
    Statements statements;
    @Inject
    Folding folding;

    private Book opened(BookKind kind) {
        var book = new Book(UUID.randomUUID());
        ledger.open(book, kind);
        return book;
    }

    private static CapitalAdvanced deposit(Book book, long amountMinor) {
        return new CapitalAdvanced(UUID.randomUUID(), book, "USD", amountMinor, "test");
    }

    @Test
    void theWorkedExampleComesBackFromTheDatabaseToTheLastLegAndBalance() {
        var example = new WorkedExample();
        ledger.open(example.d, BookKind.ORGANISATION);
        ledger.open(example.a, BookKind.ORGANISATION);
        ledger.open(example.w, BookKind.PERSON);
        var legs = new ArrayList<NamedLeg>();
        for (var step : example.steps()) {
            switch (step.event()) {
                case DatasetReleased released -> assertEquals(released.production(), balances.inProduction(example.d, released.project()));
                case ModelReleased released ->
                        assertEquals(released.production(), balances.stock(example.a, Account.Kind.PRODUCTION, released.model()));
                default -> { }
            }
            var ref = ledger.post(step.event(), step.effectiveAt()).orElseThrow();
            assertEquals(step.effectiveAt(), ref.effectiveAt());
            statements.entry(ref.entryId()).orElseThrow().legs().forEach(leg -> legs.add(example.named(step, leg)));
        }
        legs.sort(null);
        assertEquals(WorkedExample.expected(), legs);

        var expected = WorkedExample.expected().stream().collect(Collectors.groupingBy(
                leg -> leg.book() + " " + leg.commodity() + " " + leg.account(), TreeMap::new, Collectors.summingLong(NamedLeg::amount)));
        assertEquals(expected, balancesOf(example), "from the tail");
        folding.untilSettled();
        assertEquals(expected, balancesOf(example), "from the settled days");
    }

    private TreeMap<String, Long> balancesOf(WorkedExample example) {
        var found = new TreeMap<String, Long>();
        for (var book : List.of(example.d, example.a, example.w)) {
            balances.of(book).forEach(balance -> found.put(example.withNames(
                    balance.book() + " " + balance.commodity() + " " + balance.account()), balance.amount()));
        }
        return found;
    }

    /** Each leg is bounded, their sum is not; nobody else may wait for an account that holds more than anybody can own. */
    @Test
    void aSumBeyondSixtyFourBitsStopsNobodysFolding() throws SQLException {
        var book = opened(BookKind.ORGANISATION);
        var other = opened(BookKind.ORGANISATION);
        long most = 1_000_000_000_000_000L;
        int times = 9_300;
        postEach(times, () -> deposit(book, most));
        try {
            ledger.post(deposit(other, 500), null);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> folding.untilSettled() == 0 && settled(other).equals(BigDecimal.valueOf(500)));
            assertEquals(BigDecimal.valueOf(most).multiply(BigDecimal.valueOf(times)), settled(book));
        } finally {
            postEach(times, () -> new CapitalWithdrawn(UUID.randomUUID(), book, "USD", most));
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> folding.untilSettled() == 0 && settled(book).signum() == 0);
        assertEquals(0, balances.of(book, USD, Account.CASH));
    }

    private void postEach(int times, Supplier<EconomicEvent> event) {
        for (int posted = 0; posted < times; posted += 100) {
            ledger.postAll(Stream.generate(event).limit(100).map(Posting::of).toList());
        }
    }

    private static BigDecimal settled(Book book) throws SQLException {
        try (var connection = TestDatabase.asOwner();
             var select = connection.prepareStatement("select amount from ledger_sum where book_id = ? and account = 'CASH'")) {
            select.setObject(1, book.id());
            try (var row = select.executeQuery()) {
                return row.next() ? row.getBigDecimal(1) : BigDecimal.ONE.negate();
            }
        }
    }

    @Test
    void aRetryIsTheSameEntryAndTheSameKeyWithAnotherEventIsRefused() {
        var book = opened(BookKind.ORGANISATION);
        var event = deposit(book, 500);
        var first = ledger.post(event, null).orElseThrow();
        var again = ledger.post(event, null).orElseThrow();
        assertFalse(first.repeated());
        assertTrue(again.repeated());
        assertEquals(first.entryId(), again.entryId());
        assertEquals(500, balances.of(book, USD, Account.CASH));
        var refused = assertThrows(Refusal.class, () -> ledger.post(deposit(book, 1), null, event.idempotencyKey()));
        assertEquals("KEY_REUSED", refused.code());
    }

    @Test
    void anOverdrawnDepositIsRefusedByName() {
        var book = opened(BookKind.ORGANISATION);
        ledger.post(deposit(book, 100), null);
        var refused = assertThrows(Refusal.class, () -> ledger.post(new CapitalWithdrawn(UUID.randomUUID(), book, "USD", 101), null));
        assertEquals("NO_FUNDS", refused.code());
        assertEquals(100, balances.of(book, USD, Account.CASH));
    }

    @Test
    void aSubmissionWithoutBookedTimeHasNoEntry() {
        var event = new WorkSubmitted(UUID.randomUUID(), UUID.randomUUID(), opened(BookKind.ORGANISATION), opened(BookKind.PERSON),
                LabourMillis.NONE, Wage.none("USD"));
        assertTrue(ledger.post(event, null).isEmpty());
    }

    @Test
    void whatHappenedInAClosedPeriodIsPostedOnTheFirstOpenDayAndKeepsItsTrueTime() {
        var book = opened(BookKind.ORGANISATION);
        var happened = Instant.now().minus(Duration.ofDays(40));
        var through = LocalDate.ofInstant(happened, ZoneOffset.UTC).plusDays(5);
        ledger.close(book, through);
        var ref = ledger.post(deposit(book, 7), happened).orElseThrow();
        assertEquals(through.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant(), ref.effectiveAt());
        assertEquals(happened.toEpochMilli(), statements.entry(ref.entryId()).orElseThrow().occurredAt().toEpochMilli());
    }

    @Test
    void theFutureIsRefused() {
        var book = opened(BookKind.ORGANISATION);
        // Other tests move the clock of this database ahead by months.
        var refused = assertThrows(Refusal.class, () -> ledger.post(deposit(book, 7), Instant.now().plus(Duration.ofDays(10_000))));
        assertEquals("IN_THE_FUTURE", refused.code());
    }

    @Test
    void anEntryIsReversedOnceAndAReversalNever() {
        var book = opened(BookKind.ORGANISATION);
        var source = new Source("correction", UUID.randomUUID());
        var entry = ledger.post(deposit(book, 900), null).orElseThrow();
        var reversal = ledger.reverse(entry.entryId(), source, null);
        assertEquals(0, balances.of(book, USD, Account.CASH));
        assertTrue(ledger.reverse(entry.entryId(), source, null).repeated());
        assertEquals("NOT_REVERSIBLE", assertThrows(Refusal.class, () -> ledger.reverse(reversal.entryId(), source, null)).code());
        assertEquals(2, statements.page(book, USD, "CASH", null, 10).size(), "both stay in sight");
    }

    @Test
    void manyArePostedTogetherOrNotAtAll() {
        var book = opened(BookKind.ORGANISATION);
        var good = new ArrayList<Posting>();
        for (var i = 0; i < 2_500; i++) {
            good.add(Posting.of(deposit(book, 1)));
        }
        assertEquals(2_500, ledger.postAll(good).size());
        assertEquals(2_500, balances.of(book, USD, Account.CASH));
        var bad = List.of(Posting.of(deposit(book, 1)), Posting.of(deposit(new Book(UUID.randomUUID()), 1)));
        assertEquals("UNKNOWN_BOOK", assertThrows(Refusal.class, () -> ledger.postAll(bad)).code());
        assertEquals(2_500, balances.of(book, USD, Account.CASH));
    }
}
