package io.kreislauf.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.ledger.WorkedExample.NamedLeg;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class WorkedExampleTest {

    private final WorkedExample example = new WorkedExample();

    private List<NamedLeg> booked() {
        var legs = new ArrayList<NamedLeg>();
        for (var step : example.steps()) {
            for (var entry : PostingRules.entries(step.event())) {
                entry.legs().forEach(leg -> legs.add(example.named(step, leg)));
            }
        }
        legs.sort(null);
        return legs;
    }

    @Test
    void theEventsBookAll131LegsOfTheExample() {
        assertEquals(131, WorkedExample.expected().size());
        assertEquals(lines(WorkedExample.expected()), lines(booked()));
    }

    private static String lines(List<NamedLeg> legs) {
        return legs.stream().map(NamedLeg::toString).collect(Collectors.joining("\n"));
    }

    @Test
    void theClosingBalancesAreThoseOfTheExample() {
        var balances = booked().stream().collect(Collectors.groupingBy(
                leg -> leg.book() + " " + leg.commodity() + " " + leg.account(), TreeMap::new, Collectors.summingLong(NamedLeg::amount)));
        Map.of("D USD CASH", 974_000L, "D USD MEANS:tooling", 230_000L, "D USD COMMODITY:dataset:c", 45_000L, "D USD COMMODITY:dataset:v", 63_000L,
                        "A USD CASH", 785_000L, "A USD MEANS:licence", 210_000L, "A LABOUR COMMODITY:model", 258_750_000L,
                        "A LABOUR GIVEN:customers", 11_250_000L, "D LABOUR COMMODITY:dataset", 540_000_000L, "D USD WAGES_DUE:W", 0L)
                .forEach((account, amount) -> assertEquals(amount, balances.get(account), account));
        assertEquals(1_035_000, balances.get("A USD COMMODITY:model:c") + balances.get("A USD COMMODITY:model:v"));
    }
}
