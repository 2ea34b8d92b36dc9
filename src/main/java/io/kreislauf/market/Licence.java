package io.kreislauf.market;

import io.kreislauf.ledger.Stock;
import java.time.Instant;
import java.util.UUID;

/**
 * A sold licence.
 *
 * @param ordinal which of the declared ones it is; null: sold beyond their number, carries no cost and no hours
 * @param stock   what it carried when it was bought, its price as c; run k of n takes the k-th part
 */
public record Licence(UUID licenceId, UUID versionId, String datasetName, Integer ordinal, UUID sellerId, String sellerName, UUID buyerId,
                      String buyerName, long priceMinor, String currency, int runsTotal, int runsUsed, Instant soldAt, boolean beyondDeclared,
                      Stock stock) {}
