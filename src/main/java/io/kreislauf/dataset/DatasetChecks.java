package io.kreislauf.dataset;

import io.kreislauf.ledger.audit.AuditCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** The invariant of the ledger that the rows of released versions answer. */
final class DatasetChecks {

    private record Check(int invariant, String says, String breaches) implements AuditCheck {}

    @Produces
    @ApplicationScoped
    AuditCheck noRejectedWorkIsReleased() {
        return new Check(14, "Labels whose work was rejected are in no release.", """
                select 'version ' || v.version_id, 'holds submission ' || s.submission_id || ', which is ' || case when s.late_kept then 'late' else s.state end
                  from version_submission v join submission s using (submission_id)
                 where s.state in ('rejected', 'rejection_final') or s.late_kept
                """);
    }
}
