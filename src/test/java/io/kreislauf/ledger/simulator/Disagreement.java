package io.kreislauf.ledger.simulator;

/** The database and the model, or the database and an invariant, say different things. */
final class Disagreement extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Disagreement(String what) {
        super(what);
    }

    static void unless(boolean agreed, String what, Object... arguments) {
        if (!agreed) {
            throw new Disagreement(what.formatted(arguments));
        }
    }

    static void unlessSame(Object expected, Object found, String where, Names names) {
        unless(expected.equals(found), "%s:%n  expected %s%n  found    %s", where, names.readable(expected), names.readable(found));
    }
}
