package io.kreislauf.ledger.audit;

/**
 * One invariant as a query for what breaks it. Whoever owns the tables contributes the check as a CDI bean; an
 * invariant can have several.
 */
public interface AuditCheck {

    /** The invariant's number in the ledger's specification, 1 to 14. */
    int invariant();

    /** What must hold, as a sentence. */
    String says();

    /**
     * A query that returns a row {@code (place text, detail text)} for each breach; none if the invariant holds. It can
     * select from {@code audit_range (from_tx bigint, to_tx bigint)}: entries with {@code from_tx <= tx < to_tx} are to
     * be looked at. A check that cannot look at a part looks at the whole.
     */
    String breaches();
}
