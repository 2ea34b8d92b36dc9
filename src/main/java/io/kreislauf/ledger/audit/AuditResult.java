package io.kreislauf.ledger.audit;

import java.time.Instant;
import java.util.List;

/**
 * What an audit found.
 *
 * @param fromTx  entries from this transaction on were looked at; 0: all
 * @param toTx    the watermark up to which
 * @param entries how many entries that were
 */
public record AuditResult(boolean holds, Instant auditedAt, long fromTx, long toTx, long entries, List<Finding> invariants, long elapsedMillis) {

    /** @param breaches the first of them; empty if the invariant holds */
    public record Finding(int invariant, String says, boolean holds, List<Breach> breaches) {}
}
