package io.kreislauf.circuit;

import io.kreislauf.circuit.Circuit.Link;
import java.util.List;
import java.util.Set;

/** The figures of a circuit as a researcher is shown them: hours of a class that few gave are not, nor what would tell them. */
final class Shown {

    private final Set<String> hidden;

    /** @param hidden keys of figures that are not shown; {@code hours.total}: no hours of this kind are */
    Shown(Set<String> hidden) {
        this.hidden = hidden;
    }

    List<Figure> of(List<Figure> figures) {
        return hidden.isEmpty() ? figures : figures.stream().map(this::of).toList();
    }

    /** The links of a chain with their figures as they are shown. */
    List<Link> links(List<Link> chain) {
        return chain.stream().map(l -> new Link(l.kind(), l.id(), l.name(), l.parents(), of(l.figures()), l.href())).toList();
    }

    private Figure of(Figure figure) {
        if (hides(figure)) {
            return figure.suppressed();
        }
        if (figure.parts() == null || figure.parts().stream().noneMatch(this::tells)) {
            return figure;
        }
        if (figure.unit().equals(Figure.MILLIS)) {
            return figure.withParts(List.of());
        }
        return figure.key().equals("wage.effective") && hidden.stream().noneMatch(key -> key.endsWith(".review") || key.endsWith(".total"))
                ? figure.withParts(of(figure.parts())) : figure.suppressed();
    }

    /** Whether the figure, or what it is made of, is not shown: sums up to a class tell the class beside it. */
    private boolean tells(Figure part) {
        return hides(part) || part.key().equals("before") || part.key().equals("upTo")
                || part.parts() != null && part.parts().stream().anyMatch(this::tells);
    }

    private boolean hides(Figure figure) {
        return hidden.contains(figure.key()) || hidesAll("hours", figure) || hidesAll("declared", figure);
    }

    private boolean hidesAll(String kind, Figure figure) {
        return hidden.contains(kind + ".total")
                && (figure.key().equals(kind) || figure.key().startsWith(kind + ".") || figure.key().endsWith("." + kind));
    }
}
