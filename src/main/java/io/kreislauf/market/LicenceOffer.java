package io.kreislauf.market;

import java.util.UUID;

/** A licence that a maker offers to one buyer; {@code state} is open, accepted or withdrawn. */
public record LicenceOffer(UUID offerId, UUID versionId, String datasetName, UUID sellerId, String sellerName, UUID buyerId, String buyerName,
                           long priceMinor, String currency, int runsTotal, String state, boolean beyondDeclared) {}
