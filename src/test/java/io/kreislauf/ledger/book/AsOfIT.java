package io.kreislauf.ledger.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.CapitalEvent.CapitalWithdrawn;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.MeansEvent.MeansBought;
import io.kreislauf.ledger.PostingRules;
import io.kreislauf.ledger.Supply;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A balance equals the fold of its legs, at every watermark and as of either clock. */
@QuarkusTest
class AsOfIT {

    private record Known(Instant effectiveAt, Instant postedAt, Leg leg) {}

    @Inject
    Ledger ledger;
    @Inject
    Balances balances;
    @Inject
    Statements statements;
    @Inject
    Folding folding;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Book book = new Book(UUID.randomUUID());

    private EconomicEvent event() {
        var amount = 1 + random.nextInt(1_000);
        var currency = random.nextBoolean() ? "USD" : "EUR";
        return switch (random.nextInt(4)) {
            case 0 -> new CapitalWithdrawn(UUID.randomUUID(), book, currency, amount);
            case 1 -> new MeansBought(UUID.randomUUID(), book, "compute", currency, amount, new Supply(Supply.Nature.RENT, "J", "DE"));
            default -> new CapitalAdvanced(UUID.randomUUID(), book, currency, 1_000 + amount, "test");
        };
    }

    @Test
    void aBalanceIsTheFoldOfItsLegsAtEveryWatermark() {
        ledger.open(book, BookKind.ORGANISATION);
        var known = new ArrayList<Known>();
        for (var currency : List.of("USD", "EUR")) {
            post(known, new CapitalAdvanced(UUID.randomUUID(), book, currency, 1_000_000, "test"), Instant.now().minus(Duration.ofDays(100)));
        }
        for (var i = 0; i < 150; i++) {
            var at = Instant.now().minus(Duration.ofSeconds(random.nextInt(86_400 * 9))).truncatedTo(ChronoUnit.MICROS);
            post(known, event(), random.nextInt(3) == 0 ? null : at);
            if (random.nextInt(10) == 0) {
                folding.untilSettled();
            }
            if (i % 10 == 0) {
                compare(known, AsOf.NOW);
                var somewhen = known.get(random.nextInt(known.size()));
                compare(known, new AsOf(somewhen.effectiveAt(), null));
                compare(known, new AsOf(null, somewhen.postedAt()));
                compare(known, new AsOf(at, somewhen.postedAt()));
                var midnight = somewhen.effectiveAt().truncatedTo(ChronoUnit.DAYS);
                compare(known, new AsOf(midnight, null));
                compare(known, new AsOf(midnight.minus(1, ChronoUnit.MICROS), somewhen.postedAt()));
            }
        }
        var paged = new ArrayList<Leg>();
        String after = null;
        List<Statements.Line> page;
        do {
            page = statements.page(book, null, "", after, 7);
            page.forEach(line -> paged.add(new Leg(book, line.commodity(), line.account(), line.amount())));
            after = page.isEmpty() ? null : page.getLast().cursor();
        } while (!page.isEmpty());
        assertEquals(known.stream().map(Known::leg).toList(), paged, "seed " + seed);
    }

    private void post(List<Known> known, EconomicEvent event, Instant at) {
        var ref = ledger.post(event, at).orElseThrow();
        PostingRules.entries(event).getFirst().legs().forEach(leg -> known.add(new Known(ref.effectiveAt(), ref.postedAt(), leg)));
    }

    private void compare(List<Known> known, AsOf asOf) {
        var expected = new TreeMap<String, Long>();
        known.stream().filter(one -> asOf.effectiveAt() == null || !one.effectiveAt().isAfter(asOf.effectiveAt()))
                .filter(one -> asOf.postedAt() == null || !one.postedAt().isAfter(asOf.postedAt()))
                .forEach(one -> expected.merge(one.leg().commodity() + " " + one.leg().account(), one.leg().amount(), Long::sum));
        var found = new TreeMap<String, Long>();
        balances.of(book, asOf).forEach(balance -> found.put(balance.commodity() + " " + balance.account(), balance.amount()));
        assertEquals(expected, found, "seed " + seed + " " + asOf);
        assertEquals(expected.getOrDefault("USD CASH", 0L), balances.of(book, Commodity.money("USD"), Account.CASH, asOf), "seed " + seed);
    }
}
