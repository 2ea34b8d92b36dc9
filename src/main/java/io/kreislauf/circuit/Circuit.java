package io.kreislauf.circuit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/**
 * A circuit as shown: the figures in the order M - C ... P ... C' - M', the same as flows to be drawn, and the chain down to
 * the people.
 */
record Circuit(Subject subject, String currency, List<Figure> figures, List<Flow> flows, List<Link> chain) {

    record Organisation(UUID id, String name) {}

    record Subject(String kind, UUID id, String name, Organisation organisation) {}

    /** @param stage M, C, P, C' or M' */
    record Node(String key, String label, String stage) {}

    /**
     * @param side   money, hours or outside
     * @param value  more than zero
     * @param figure the key of the figure that it shows
     */
    record Flow(String side, Node from, Node to, long value, String figure) {}

    /**
     * One thing of the chain.
     *
     * @param kind    model, month, run, licence, version, project, annotator
     * @param parents in what of the chain it went in
     * @param href    its own circuit, if there is one to be seen
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Link(String kind, String id, String name, List<String> parents, List<Figure> figures, String href) {}

    /** Says of every declared hour, in the table and in the chain, who declared it, where that is not said yet. */
    Circuit declaredBy(List<String> sources) {
        return new Circuit(subject, currency, figures.stream().map(f -> f.whoDeclared(sources)).toList(), flows, whoDeclared(chain, sources));
    }

    static List<Link> whoDeclared(List<Link> chain, List<String> sources) {
        return chain.stream().map(l -> new Link(l.kind(), l.id(), l.name(), l.parents(), l.figures().stream().map(f -> f.whoDeclared(sources)).toList(),
                l.href())).toList();
    }
}
