package io.kreislauf.dataset;

import io.kreislauf.ledger.Cost;
import io.kreislauf.ledger.Stock;
import java.time.Instant;
import java.util.UUID;

/**
 * A frozen data set.
 *
 * @param stock      what it carried when it was released; licence k of n carries the k-th part
 * @param replacedBy the later version that took over what its unsold licences carried, or null
 */
public record DatasetVersion(UUID versionId, UUID projectId, UUID organisationId, String organisationName, int number, String name,
                             String description, String licenceText, boolean released, int licencesDeclared, UUID replacedBy,
                             Instant releasedAt, String currency, Stock stock, Hours hours, int annotators, long trainRows, long testRows,
                             long advertisedMinorPerHour) {

    private static final long HOUR_MILLIS = 3_600_000;

    /** Its cost in the project's currency. */
    public Cost cost() {
        return stock.costs().stream().filter(c -> c.currency().equals(currency)).findFirst().orElse(new Cost(currency, 0, 0, 0));
    }

    /** Wages over all hours that annotators gave, rounded down; null where there is no time. */
    public Long wageOfAllTimeMinorPerHour() {
        return perHour(hours.wagesMinor(), hours.annotatorsMillis());
    }

    /** Wages over the hours of labelling alone, rounded down; null where there is no time. */
    public Long wageOfDirectTimeMinorPerHour() {
        return perHour(hours.wagesMinor(), hours.directMillis());
    }

    private static Long perHour(long minor, long millis) {
        return millis == 0 ? null : Math.multiplyExact(minor, HOUR_MILLIS) / millis;
    }
}
