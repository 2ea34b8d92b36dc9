package io.kreislauf.ledger;

/** Labour time in milliseconds, the observed and the declared kept apart. Neither is negative. */
public record LabourMillis(long observedMillis, long declaredMillis) {

    public static final LabourMillis NONE = new LabourMillis(0, 0);

    public LabourMillis {
        Amounts.notNegative("observedMillis", observedMillis);
        Amounts.notNegative("declaredMillis", declaredMillis);
    }

    public static LabourMillis observed(long millis) {
        return new LabourMillis(millis, 0);
    }

    public static LabourMillis declared(long millis) {
        return new LabourMillis(0, millis);
    }

    public boolean isNone() {
        return observedMillis == 0 && declaredMillis == 0;
    }

    public LabourMillis plus(LabourMillis other) {
        return new LabourMillis(Math.addExact(observedMillis, other.observedMillis), Math.addExact(declaredMillis, other.declaredMillis));
    }

    /** Part k of n of both, each by cumulative floor. */
    public LabourMillis part(int k, int n) {
        return new LabourMillis(Shares.part(observedMillis, k, n), Shares.part(declaredMillis, k, n));
    }
}
