package io.kreislauf.market;

import io.kreislauf.ledger.Stock;
import java.time.Instant;
import java.util.UUID;

/**
 * A machine-learning model.
 *
 * @param months over how many its cost and hours are passed on; null until it is released
 * @param stock  what it carried when it was released; month k of n passes on the k-th part; null until then
 */
public record Model(UUID modelId, UUID organisationId, String organisationName, String name, Integer months, String currency, Stock stock,
                    Instant releasedAt, int runs, int monthsSold, long revenueMinor) {

    public boolean released() {
        return releasedAt != null;
    }
}
