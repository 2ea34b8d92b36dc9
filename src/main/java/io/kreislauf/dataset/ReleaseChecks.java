package io.kreislauf.dataset;

import io.kreislauf.ledger.audit.AuditCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** What the audit asks of releases. */
final class ReleaseChecks {

    private record Check(int invariant, String says, String breaches) implements AuditCheck {}

    @Produces
    @ApplicationScoped
    AuditCheck noRejectedLabelIsReleased() {
        return new Check(14, "Labels whose work was rejected are in no release.", """
                select 'version ' || v.version_id, 'submission ' || v.submission_id || ' is ' || coalesce(s.state, 'unknown')
                       || case when s.late_kept then ', kept late' else '' end
                  from version_submission v left join submission s using (submission_id)
                 where s.state is distinct from 'approved' or s.late_kept
                """);
    }

    @Produces
    @ApplicationScoped
    AuditCheck agreedAnswersRestOnReleasedLabelsOnly() {
        return new Check(14, "Each released answer rests on exactly the labels that are released with it.", """
                select 'version ' || r.version_id, 'item ' || r.item_id || ' rests on ' || r.labels || ' labels, ' || count(s.submission_id) || ' are released'
                  from version_row r left join version_submission s using (version_id, item_id)
                 group by r.version_id, r.item_id, r.labels having r.labels <> count(s.submission_id)
                """);
    }
}
