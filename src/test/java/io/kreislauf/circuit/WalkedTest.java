package io.kreislauf.circuit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.dataset.DatasetVersion;
import io.kreislauf.dataset.Hours;
import io.kreislauf.ledger.Cost;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.Stock;
import io.kreislauf.market.Licence;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WalkedTest {

    private static final long HOUR = 3_600_000L;

    private static DatasetVersion version(long vMinor, int licences) {
        Hours hours = new Hours(Map.of("direct", 300 * HOUR), Map.of(), new Hours.Labour(0, 0), new Hours.Labour(0, 0), List.of(), vMinor);
        return new DatasetVersion(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID(), "D", 1, "Data", "", "", true, licences, null, Instant.EPOCH, "USD",
                Stock.of(new Cost("USD", 90_000, vMinor, 90_000), LabourMillis.observed(300 * HOUR)), hours, 40, 28, 12, 600);
    }

    private static Licence licence(Integer ordinal, int runs) {
        return new Licence(UUID.randomUUID(), UUID.randomUUID(), "Data", ordinal, UUID.randomUUID(), "D", UUID.randomUUID(), "A", 420_000, "USD", runs, 0,
                Instant.EPOCH, ordinal == null, Stock.EMPTY);
    }

    /** Month 1 of 24, run 1 of 2, licence 1 of 2, v of 1,260: 13.12 of the specification's example. */
    @Test
    void annotatorsWagesAreWalkedDownTheLicence() {
        long inModel = new Walked.Use(licence(1, 2), version(126_000, 2), 1).wagesMinor();
        assertEquals(31_500, inModel);
        assertEquals(1_312, Walked.wagesSold(inModel, List.of(1), 24));
        assertEquals(31_500, Walked.wagesSold(inModel, java.util.stream.IntStream.rangeClosed(1, 24).boxed().toList(), 24), "nothing is lost over all months");
    }

    @Test
    void aLicenceBeyondTheDeclaredNumberCarriesNoWages() {
        assertEquals(0, new Walked.Use(licence(null, 2), version(126_000, 2), 1).wagesMinor());
    }

    @Test
    void hoursByClassAlwaysAddUpToWhatWasTaken() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 1_000; round++) {
            Map<String, Long> byClass = new LinkedHashMap<>();
            for (String part : List.of("direct", "rejected", "returned", "search")) {
                byClass.put(part, (long) random.nextInt(1_000_000_000) + 1);
            }
            long taken = random.nextInt(1_000_000);
            long sum = Walked.byClass(Figure.stated("hours.taken", "", taken, Figure.MILLIS, "a test"), byClass, version(1, 1), false).stream()
                    .mapToLong(Figure::orZero).sum();
            assertEquals(taken, sum, "seed " + seed);
        }
    }
}
