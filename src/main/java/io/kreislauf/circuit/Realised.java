package io.kreislauf.circuit;

import io.kreislauf.ledger.Commodity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The figures of products once they are commodities: C', what was sold of it, M', the surplus realised, and what is in stock. */
final class Realised {

    private Realised() {}

    /**
     * @param released the event that made them commodities: DatasetReleased, ModelReleased
     * @param becoming which of the legs of such events made these products
     */
    static List<Figure> figures(Booked booked, String currency, String released, List<UUID> products, UnaryOperator<LegQuery> becoming) {
        List<Figure> figures = new ArrayList<>();
        if (products.isEmpty()) {
            return figures;
        }
        Commodity money = Commodity.money(currency);
        String[] cost = accounts(products, "COMMODITY:", ":c", ":v");
        String[] substance = accounts(products, "COMMODITY:", "");
        figures.add(booked.debit("cPrime", "Product at cost (C')", becoming.apply(booked.query(money, cost).only(released))).in("C'"));
        figures.add(booked.debit("cPrime.c", "of it means of production", becoming.apply(booked.query(money, accounts(products, "COMMODITY:", ":c")).only(released))).in("C'"));
        figures.add(booked.debit("cPrime.v", "of it wages", becoming.apply(booked.query(money, accounts(products, "COMMODITY:", ":v")).only(released))).in("C'"));
        figures.add(booked.debit("cPrime.hours", "Observed hours in the product", becoming.apply(booked.query(Commodity.LABOUR, substance).only(released))).in("C'"));
        figures.add(booked.debit("cPrime.declared", "Declared hours in the product", becoming.apply(booked.query(Commodity.LABOUR_DECLARED, substance).only(released))).in("C'"));
        figures.add(booked.debit("cPrime.outside", "Paid outside, in the product", becoming.apply(booked.query(Commodity.outside(currency), substance).only(released))).in("C'"));
        figures.add(booked.credit("mPrime", "Revenue (M')", booked.query(money, accounts(products, "REVENUE:", ""))).in("M'"));
        figures.add(booked.debit("costOfSales.c", "Cost of what was sold, means", booked.query(money, accounts(products, "COST_OF_SALES:", ":c"))).in("M'"));
        figures.add(booked.debit("costOfSales.v", "Cost of what was sold, wages", booked.query(money, accounts(products, "COST_OF_SALES:", ":v"))).in("M'"));
        figures.add(booked.credit("surplusRealised", "Surplus realised",
                booked.query(money, both(accounts(products, "REVENUE:", ""), accounts(products, "COST_OF_SALES:", ":c", ":v")))).in("M'"));
        figures.add(booked.credit("passedOn.cost", "Cost passed on with what was sold", booked.query(money, cost).without(released).credits()).in("M'"));
        figures.add(booked.credit("passedOn.hours", "Observed hours passed on", booked.query(Commodity.LABOUR, substance).without(released).credits()).in("M'"));
        figures.add(booked.credit("passedOn.declared", "Declared hours passed on",
                booked.query(Commodity.LABOUR_DECLARED, substance).without(released).credits()).in("M'"));
        figures.add(booked.debit("stock.cost", "Not sold yet, at cost", booked.query(money, cost)).in("M'"));
        figures.add(booked.debit("stock.hours", "Observed hours not sold yet", booked.query(Commodity.LABOUR, substance)).in("M'"));
        figures.add(booked.debit("stock.declared", "Declared hours not sold yet", booked.query(Commodity.LABOUR_DECLARED, substance)).in("M'"));
        return figures;
    }

    /** What will never be realised of these, where there is any: hours and costs of a version withdrawn, of a model retired, or that came after a last version. */
    static List<Figure> lost(Booked booked, String currency, List<UUID> subjects) {
        String[] unrealised = accounts(subjects, "UNREALISED:", "");
        return Stream.of(
                booked.debit("unrealised.cost", "Cost never realised", booked.query(Commodity.money(currency), unrealised)).in("M'"),
                booked.debit("unrealised.hours", "Observed hours never realised", booked.query(Commodity.LABOUR, unrealised)).in("M'"),
                booked.debit("unrealised.declared", "Declared hours never realised", booked.query(Commodity.LABOUR_DECLARED, unrealised)).in("M'"))
                .filter(figure -> !figure.isZero()).toList();
    }

    private static String[] accounts(List<UUID> products, String kind, String... ends) {
        return products.stream().flatMap(product -> Arrays.stream(ends).map(end -> kind + product + end)).toArray(String[]::new);
    }

    private static String[] both(String[] some, String[] others) {
        List<String> all = new ArrayList<>(Arrays.asList(some));
        all.addAll(Arrays.asList(others));
        return all.toArray(String[]::new);
    }
}
