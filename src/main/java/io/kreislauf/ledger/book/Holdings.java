package io.kreislauf.ledger.book;

import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.Cost;
import io.kreislauf.ledger.LabourMillis;
import io.kreislauf.ledger.ProductEvent.InProduction;
import io.kreislauf.ledger.Stock;
import io.kreislauf.ledger.TimeClass;
import io.kreislauf.ledger.book.Balances.Balance;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeMap;

/** Balances of one product, read together as what it holds. */
final class Holdings {

    private Holdings() {}

    static InProduction inProduction(List<Balance> balances) {
        var byClass = new EnumMap<TimeClass, LabourMillis>(TimeClass.class);
        var passedOn = LabourMillis.NONE;
        for (var balance : balances) {
            if (balance.commodity().isLabour() && balance.amount() != 0) {
                var labour = labour(balance);
                var part = part(balance);
                if (part == null) {
                    passedOn = passedOn.plus(labour);
                } else {
                    byClass.merge(TimeClass.of(part), labour, LabourMillis::plus);
                }
            }
        }
        return new InProduction(costs(balances), byClass, passedOn);
    }

    static Stock stock(List<Balance> balances) {
        return new Stock(costs(balances), balances.stream().filter(balance -> balance.commodity().isLabour() && balance.amount() != 0)
                .map(Holdings::labour).reduce(LabourMillis.NONE, LabourMillis::plus));
    }

    private static List<Cost> costs(List<Balance> balances) {
        var costs = new TreeMap<String, long[]>();
        for (var balance : balances) {
            if (!balance.commodity().isLabour() && balance.amount() != 0) {
                var text = balance.commodity().text();
                var sums = costs.computeIfAbsent(text.substring(text.length() - 3), currency -> new long[3]);
                sums[balance.commodity().isOutside() ? 2 : "v".equals(part(balance)) ? 1 : 0] += balance.amount();
            }
        }
        return costs.entrySet().stream().map(cost -> new Cost(cost.getKey(), cost.getValue()[0], cost.getValue()[1], cost.getValue()[2])).toList();
    }

    private static LabourMillis labour(Balance balance) {
        return balance.commodity().equals(Commodity.LABOUR) ? LabourMillis.observed(balance.amount()) : LabourMillis.declared(balance.amount());
    }

    private static String part(Balance balance) {
        var words = balance.account().text().split(":");
        return words.length < 3 ? null : words[2];
    }
}
