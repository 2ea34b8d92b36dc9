package io.kreislauf.ledger.audit;

/** A check of the audit as a statement of its own, over everything. */
public final class FromZero {

    private FromZero() {
    }

    public static String of(AuditCheck check) {
        return "with audit_range as not materialized (select cast(0 as bigint) as from_tx, ledger_folded_tx() as to_tx) select * from (%s) found".formatted(check.breaches());
    }
}
