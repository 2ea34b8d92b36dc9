package io.kreislauf.circuit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;

/**
 * One number of a circuit, and what is behind it. It either opens the legs whose sum it is ({@code legsHref}: the value is
 * their sum, or for {@code side} credit the negative of their sum), or gives its {@code formula} over {@code parts}, or
 * says {@code whose} book it stands in.
 *
 * @param value           null where it is undefined or suppressed; {@code undefined} says why then
 * @param unit            minor (of the currency), millis, minorPerHour, permille, count
 * @param group           M, C, P, C' or M'
 * @param source          observed or declared, for labour
 * @param declaredSources who says that the hours were worked: demo, log, offline, correction, organisation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Figure(String key, String label, @JsonInclude(JsonInclude.Include.ALWAYS) Long value, String unit, String group, String commodity, UUID book,
              String bookName, @JsonInclude(JsonInclude.Include.ALWAYS) String legsHref, String side, String whose, String formula,
              List<Figure> parts, String source, List<String> declaredSources, String undefined) {

    static final String MINOR = "minor";
    static final String MILLIS = "millis";
    static final String MINOR_PER_HOUR = "minorPerHour";
    static final String PERMILLE = "permille";
    static final String COUNT = "count";

    /** A figure that stands in no book: a term that somebody declared, or what a release publishes. */
    static Figure stated(String key, String label, Long value, String unit, String whose) {
        return new Figure(key, label, value, unit, null, null, null, null, null, null, whose, null, null, null, null, value == null ? "NOT_VISIBLE" : null);
    }

    /** A share, ratio or sum of other figures. {@code value} null: undefined for the reason given. */
    static Figure computed(String key, String label, Long value, String unit, String formula, List<Figure> parts, String undefined) {
        return new Figure(key, label, value, unit, null, null, null, null, null, null, null, formula, List.copyOf(parts), null, null,
                value == null ? undefined : null);
    }

    Figure in(String group) {
        return new Figure(key, label, value, unit, group, commodity, book, bookName, legsHref, side, whose, formula, parts, source, declaredSources, undefined);
    }

    /** Labour that somebody declared, and who. */
    Figure declaredBy(List<String> sources) {
        return new Figure(key, label, value, unit, group, commodity, book, bookName, legsHref, side, whose, formula, parts, "declared", sources, undefined);
    }

    /** The same; if it is declared labour and nobody is named yet, by these. */
    Figure whoDeclared(List<String> sources) {
        return "declared".equals(source) && declaredSources == null && !isZero() ? declaredBy(sources) : this;
    }

    Figure observed() {
        return new Figure(key, label, value, unit, group, commodity, book, bookName, legsHref, side, whose, formula, parts, "observed", declaredSources, undefined);
    }

    /** The same without its value: too few people stand behind it. */
    Figure suppressed() {
        return new Figure(key, label, null, unit, group, commodity, book, bookName, null, null, whose, formula, null, source, declaredSources, "TOO_FEW_WORKERS");
    }

    Figure withParts(List<Figure> others) {
        return new Figure(key, label, value, unit, group, commodity, book, bookName, legsHref, side, whose, formula, List.copyOf(others), source,
                declaredSources, undefined);
    }

    boolean isZero() {
        return value != null && value == 0;
    }

    long orZero() {
        return value == null ? 0 : value;
    }
}
