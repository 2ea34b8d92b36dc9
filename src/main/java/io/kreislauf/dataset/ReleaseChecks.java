package io.kreislauf.dataset;

import io.kreislauf.ledger.audit.AuditCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** What the audit asks of releases. */
final class ReleaseChecks {

    private record Check(int invariant, String says, String breaches) implements AuditCheck {}

    /** Every version, or those that were released since the last audit: a version does not change, and approved work stays so. */
    private static final String ASKED = """
            with asked as (
                select v.version_id from audit_range r join version_submission v on r.from_tx = 0
                union
                select w.version_id from audit_range r join version_row w on r.from_tx = 0
                union
                select e.source_id from audit_range r join ledger_entry e on e.tx >= r.from_tx and e.tx < r.to_tx where r.from_tx > 0 and e.event = 'DatasetReleased'
            )
            """;

    @Produces
    @ApplicationScoped
    AuditCheck noRejectedLabelIsReleased() {
        return new Check(14, "Labels whose work was rejected are in no release.", ASKED + """
                select 'version ' || v.version_id, 'submission ' || v.submission_id || ' is ' || coalesce(s.state, 'unknown')
                       || case when s.late_kept then ', kept late' else '' end
                  from asked join version_submission v using (version_id) left join submission s using (submission_id)
                 where s.state is distinct from 'approved' or s.late_kept
                """);
    }

    @Produces
    @ApplicationScoped
    AuditCheck agreedAnswersRestOnReleasedLabelsOnly() {
        return new Check(14, "Each released answer rests on exactly the labels that are released with it.", ASKED + """
                select 'version ' || r.version_id, 'item ' || r.item_id || ' rests on ' || r.labels || ' labels, ' || count(s.submission_id) || ' are released'
                  from asked join version_row r using (version_id) left join version_submission s using (version_id, item_id)
                 group by r.version_id, r.item_id, r.labels having r.labels <> count(s.submission_id)
                """);
    }
}
