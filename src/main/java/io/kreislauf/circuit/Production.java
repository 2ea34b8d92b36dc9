package io.kreislauf.circuit;

import io.kreislauf.ledger.Commodity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The figures of a project's production: c, v, outside means, hours by time class, as they came in or as a release took them out. */
final class Production {

    private static final String OUT = "DatasetReleased";
    private static final String SETTLED = "LateCostsSettled";

    private final Booked booked;
    private final String account;
    private final UnaryOperator<LegQuery> scope;
    private final String side;
    private final List<String> declaredSources;

    private Production(Booked booked, UUID projectId, UnaryOperator<LegQuery> scope, String side, List<String> declaredSources) {
        this.booked = booked;
        this.account = "PRODUCTION:" + projectId;
        this.scope = scope;
        this.side = side;
        this.declaredSources = declaredSources;
    }

    /** All that ever went in, whichever version took it out. */
    static Production of(Booked booked, UUID projectId, List<String> declaredSources) {
        return new Production(booked, projectId, q -> q.without(OUT, SETTLED), LegQuery.DEBIT, declaredSources);
    }

    /** What one version took out when it was released. */
    static Production taken(Booked booked, UUID projectId, UUID versionId, List<String> declaredSources) {
        return new Production(booked, projectId, q -> q.from(versionId).only(OUT), LegQuery.CREDIT, declaredSources);
    }

    List<Figure> figures(String currency) {
        List<Figure> figures = new ArrayList<>();
        figures.add(figure("c", "Means of production used (c)", query(Commodity.money(currency), account + ":c")).in("C"));
        figures.add(figure("v", "Wages (v)", query(Commodity.money(currency), account + ":v")).in("C"));
        figures.add(figure("outside", "Paid outside for means", query(Commodity.outside(currency), account)).in("C"));
        figures.addAll(hours());
        return figures;
    }

    private List<Figure> hours() {
        List<Figure> hours = new ArrayList<>();
        for (Commodity commodity : List.of(Commodity.LABOUR, Commodity.LABOUR_DECLARED)) {
            boolean declared = commodity.equals(Commodity.LABOUR_DECLARED);
            String prefix = declared ? "declared." : "hours.";
            LegQuery all = query(commodity, account, account + ":*");
            Map<String, Long> sums = booked.byAccount(all);
            sums.forEach((name, sum) -> {
                String part = name.length() == account.length() ? "passedOn" : name.substring(account.length() + 1);
                hours.add(labour(booked.figure(prefix + part, label(part, declared), query(commodity, name), side, sum), declared));
            });
            if (!sums.isEmpty() || !declared) {
                hours.add(labour(booked.figure(prefix + "total", declared ? "All declared hours" : "All observed hours", all, side,
                        sums.values().stream().mapToLong(Long::longValue).sum()), declared));
            }
        }
        return hours;
    }

    private Figure labour(Figure figure, boolean declared) {
        return (declared ? figure.declaredBy(declaredSources) : figure).in("P");
    }

    static String label(String part, boolean declared) {
        String label = switch (part) {
            case "direct" -> "Labelling";
            case "rejected" -> "Rejected work";
            case "returned" -> "Returned work";
            case "qualification" -> "Qualification";
            case "search" -> "Searching";
            case "watching" -> "Waiting for work";
            case "administration" -> "Administration";
            case "break" -> "Breaks";
            case "review" -> "Review";
            case "takenOver" -> "Taken over from the version before";
            default -> "Passed on by means";
        };
        return declared ? label + " (declared)" : label;
    }

    private LegQuery query(Commodity commodity, String... accounts) {
        return scope.apply(booked.query(commodity, accounts));
    }

    private Figure figure(String key, String label, LegQuery query) {
        return side.equals(LegQuery.DEBIT) ? booked.debit(key, label, query) : booked.credit(key, label, query);
    }
}
