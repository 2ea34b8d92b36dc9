package io.kreislauf.ledger.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.CapitalEvent.CapitalAdvanced;
import io.kreislauf.ledger.CapitalEvent.CapitalWithdrawn;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.EconomicEvent;
import io.kreislauf.ledger.LabourEvent.TimeDeclared;
import io.kreislauf.ledger.LabourEvent.WorkReturned;
import io.kreislauf.ledger.LabourEvent.WorkSubmitted;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Leg;
import io.kreislauf.ledger.MeansEvent.MeansBought;
import io.kreislauf.ledger.MeansEvent.MeansUsed;
import io.kreislauf.ledger.PostingRules;
import io.kreislauf.ledger.Supply;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.Wage;
import io.kreislauf.ledger.WageEvent.WorkApproved;
import io.kreislauf.testing.TestClock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Balances and statements equal the fold of the legs, in every book and commodity, at every watermark and as of either clock. */
@QuarkusTest
class AsOfIT {

    private record Known(Instant effectiveAt, Instant postedAt, String event, UUID source, Leg leg) {
        boolean in(AsOf asOf) {
            return (asOf.effectiveAt() == null || !effectiveAt.isAfter(asOf.effectiveAt()))
                    && (asOf.postedAt() == null || !postedAt.isAfter(asOf.postedAt()));
        }
    }

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
    private final List<Book> organisations = books(2);
    private final List<Book> people = books(3);
    private final List<UUID> projects = List.of(UUID.randomUUID(), UUID.randomUUID());
    private final List<Known> known = new ArrayList<>();

    private static List<Book> books(int count) {
        return Stream.generate(() -> new Book(UUID.randomUUID())).limit(count).toList();
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private EconomicEvent event() {
        var id = UUID.randomUUID();
        var amount = 1 + random.nextInt(1_000);
        var currency = random.nextBoolean() ? "USD" : "EUR";
        var time = LabourMillis.observed(1 + random.nextInt(300_000));
        var supply = new Supply(random.nextBoolean() ? Supply.Nature.PRODUCED : Supply.Nature.RENT, "J", "DE");
        return switch (random.nextInt(8)) {
            case 0 -> new CapitalWithdrawn(id, one(organisations), currency, amount);
            case 1 -> new MeansBought(id, one(organisations), "compute", currency, 1_000 + amount, supply);
            case 2 -> new MeansUsed(id, organisations.getFirst(), projects.getFirst(), "compute", "USD", 1 + random.nextInt(100), supply, 0);
            case 3 -> new WorkReturned(id, one(projects), one(organisations), one(people), time, Wage.none("USD"));
            case 4 -> new TimeDeclared(id, one(projects), one(organisations), one(people), TimeClass.DIRECT, 1 + random.nextInt(300_000), "log",
                    Wage.none("USD"));
            case 5 -> new WorkApproved(id, one(projects), one(organisations), one(people), currency, amount, 0);
            default -> new WorkSubmitted(id, one(projects), one(organisations), one(people), time, Wage.none("USD"));
        };
    }

    @Test
    void eachAnswerIsTheFoldOfItsLegs() {
        organisations.forEach(book -> ledger.open(book, BookKind.ORGANISATION));
        people.forEach(book -> ledger.open(book, BookKind.PERSON));
        var longAgo = Instant.now().minus(Duration.ofDays(100));
        for (var book : organisations) {
            for (var currency : List.of("USD", "EUR")) {
                post(new CapitalAdvanced(UUID.randomUUID(), book, currency, 10_000_000, "test"), longAgo);
            }
        }
        post(new MeansBought(UUID.randomUUID(), organisations.getFirst(), "compute", "USD", 1_000_000, new Supply(Supply.Nature.PRODUCED, "J", "DE")), longAgo);
        for (var i = 0; i < 200; i++) {
            var at = Instant.now().minus(Duration.ofSeconds(random.nextInt(86_400 * 9))).truncatedTo(ChronoUnit.MICROS);
            post(event(), random.nextInt(3) == 0 ? null : at);
            if (random.nextInt(10) == 0) {
                folding.untilSettled();
            }
            if (random.nextInt(50) == 0) {
                TestClock.advance(Duration.ofDays(1));
            }
            if (i % 10 == 0) {
                compare(AsOf.NOW);
                var somewhen = one(known);
                compare(new AsOf(somewhen.effectiveAt(), null));
                compare(new AsOf(null, somewhen.postedAt()));
                compare(new AsOf(at, somewhen.postedAt()));
                var midnight = somewhen.effectiveAt().truncatedTo(ChronoUnit.DAYS);
                compare(new AsOf(midnight, null));
                compare(new AsOf(midnight.minus(1, ChronoUnit.MICROS), somewhen.postedAt()));
            }
        }
        assertTrue(known.stream().map(one -> one.leg().commodity().text()).collect(Collectors.toSet())
                .containsAll(Set.of("USD", "EUR", "LABOUR", "LABOUR_DECLARED", "OUTSIDE:USD")), "seed " + seed);
    }

    private void post(EconomicEvent event, Instant at) {
        var ref = ledger.post(event, at).orElseThrow();
        PostingRules.entries(event).getFirst().legs()
                .forEach(leg -> known.add(new Known(ref.effectiveAt(), ref.postedAt(), event.type(), event.source().id(), leg)));
    }

    private void compare(AsOf asOf) {
        Stream.concat(organisations.stream(), people.stream()).forEach(book -> compare(book, asOf));
    }

    private void compare(Book book, AsOf asOf) {
        var expected = new TreeMap<String, Long>();
        var legs = known.stream().filter(one -> one.leg().book().equals(book) && one.in(asOf)).toList();
        legs.forEach(one -> expected.merge(one.leg().commodity() + " " + one.leg().account(), one.leg().amount(), Long::sum));
        var found = new TreeMap<String, Long>();
        balances.of(book, asOf).forEach(balance -> found.put(balance.commodity() + " " + balance.account(), balance.amount()));
        assertEquals(expected, found, "seed " + seed + " " + asOf);
        assertEquals(expected.getOrDefault("USD CASH", 0L), balances.of(book, Commodity.money("USD"), Account.CASH, asOf), "seed " + seed);

        compare(new LegQuery(book, null, "", null, Set.of(), null, null, asOf), legs, one -> true);
        var account = "PRODUCTION:" + one(projects);
        compare(new LegQuery(book, null, account, null, Set.of(), null, null, asOf), legs, one -> (one.leg().account() + ":").startsWith(account + ":"));
        compare(new LegQuery(book, Commodity.LABOUR, "EXPENDED", null, Set.of("WorkSubmitted"), LegQuery.Side.CREDIT, null, asOf), legs,
                one -> one.leg().account().text().startsWith("EXPENDED") && one.leg().commodity().equals(Commodity.LABOUR)
                        && one.event().equals("WorkSubmitted") && one.leg().amount() < 0);
        var source = one(known).source();
        compare(new LegQuery(book, null, "", null, Set.of(), null, source, asOf), legs, one -> one.source().equals(source));
    }

    /** The pages of a statement in the order of writing, and its sums by commodity. */
    private void compare(LegQuery query, List<Known> legs, Predicate<Known> wanted) {
        var expected = legs.stream().filter(wanted).map(Known::leg).toList();
        var paged = new ArrayList<Leg>();
        String after = null;
        List<Statements.Line> page;
        do {
            page = statements.page(query, after, 17);
            page.forEach(line -> paged.add(new Leg(query.book(), line.commodity(), line.account(), line.amount())));
            after = page.isEmpty() ? null : page.getLast().cursor();
        } while (!page.isEmpty());
        assertEquals(expected, paged, "seed " + seed + " " + query);
        var sums = new TreeMap<String, Long>();
        expected.forEach(leg -> sums.merge(leg.commodity().text(), leg.amount(), Long::sum));
        var totals = statements.totals(query);
        assertEquals(sums, totals.stream().collect(Collectors.toMap(total -> total.commodity().text(), Statements.Total::sum, Long::sum, TreeMap::new)),
                "seed " + seed + " " + query);
        assertEquals(expected.size(), totals.stream().mapToLong(Statements.Total::count).sum(), "seed " + seed + " " + query);
    }
}
