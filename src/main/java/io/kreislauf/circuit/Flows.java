package io.kreislauf.circuit;

import io.kreislauf.circuit.Circuit.Flow;
import io.kreislauf.circuit.Circuit.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The figures of a circuit once more, as widths between its stages. Observed and declared hours run side by side and never join. */
final class Flows {

    private Flows() {}

    static List<Flow> of(List<Figure> figures) {
        Map<String, Figure> byKey = figures.stream().collect(Collectors.toMap(Figure::key, Function.identity(), (a, b) -> a));
        List<Flow> flows = new ArrayList<>();
        Node advanced = new Node("money.laidOut", "Laid out", "M");
        Node production = new Node("money.production", "Production", "P");
        Node product = new Node("money.product", "Product at cost", "C'");
        Node sold = new Node("money.sold", "Revenue", "M'");
        for (String part : List.of("c", "v")) {
            Node capital = new Node("money." + part, part.equals("c") ? "Means (c)" : "Wages (v)", "C");
            add(flows, "money", advanced, capital, byKey.get(part));
            add(flows, "money", capital, production, byKey.get(part));
        }
        add(flows, "money", production, product, byKey.get("cPrime"));
        add(flows, "money", product, sold, byKey.get("passedOn.cost"));
        add(flows, "money", new Node("money.serving", "Serving", "C"), sold, byKey.get("serving"));
        add(flows, "money", product, new Node("money.stock", "Not sold yet", "M'"), byKey.get("stock.cost"));
        add(flows, "money", new Node("money.surplus", "Surplus", "C'"), sold, byKey.get("surplusRealised"));
        hours(flows, figures, byKey, "hours", "");
        hours(flows, figures, byKey, "declared", " (declared)");
        return flows;
    }

    private static void hours(List<Flow> flows, List<Figure> figures, Map<String, Figure> byKey, String kind, String mark) {
        Node production = new Node(kind + ".production", "Labour given" + mark, "P");
        Node product = new Node(kind + ".product", "In the product" + mark, "C'");
        figures.stream().filter(f -> f.key().startsWith(kind + ".") && !f.key().endsWith(".total"))
                .forEach(f -> add(flows, "hours", new Node(f.key(), f.label(), "C"), production, f));
        add(flows, "hours", production, product, byKey.get("cPrime." + kind));
        add(flows, "hours", product, new Node(kind + ".passedOn", "Passed on" + mark, "M'"), byKey.get("passedOn." + kind));
        add(flows, "hours", product, new Node(kind + ".stock", "Not sold yet" + mark, "M'"), byKey.get("stock." + kind));
    }

    private static void add(List<Flow> flows, String side, Node from, Node to, Figure figure) {
        if (figure != null && figure.orZero() > 0) {
            flows.add(new Flow(side, from, to, figure.value(), figure.key()));
        }
    }
}
