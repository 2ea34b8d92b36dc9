package io.kreislauf.ledger;

import java.util.ArrayList;
import java.util.List;

/** Everything that a product or a licence carries: cost and outside means by currency, and labour. */
public record Stock(List<Cost> costs, LabourMillis labour) {

    public static final Stock EMPTY = new Stock(List.of(), LabourMillis.NONE);

    public Stock {
        costs = List.copyOf(costs);
        if (costs.stream().map(Cost::currency).distinct().count() != costs.size()) {
            throw new IllegalArgumentException("one cost for each currency: " + costs);
        }
    }

    public static Stock of(Cost cost, LabourMillis labour) {
        return new Stock(List.of(cost), labour);
    }

    /** Part k of n of everything, each amount by cumulative floor. */
    public Stock part(int k, int n) {
        return new Stock(costs.stream().map(cost -> cost.part(k, n)).toList(), labour.part(k, n));
    }

    public Stock plus(Stock other) {
        var sums = new ArrayList<>(costs);
        for (var cost : other.costs) {
            var same = sums.stream().filter(mine -> mine.currency().equals(cost.currency())).findFirst();
            same.ifPresent(sums::remove);
            sums.add(same.map(cost::plus).orElse(cost));
        }
        return new Stock(sums, labour.plus(other.labour));
    }
}
