package io.kreislauf.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Freezing: one statement, hence one snapshot, copies the rows and says whether they may be released. */
@ApplicationScoped
class ReleaseRows {

    record Asked(UUID projectId, String title, String state, String currency, String origin) {}

    /**
     * @param unreviewed submissions that nobody has decided on
     * @param behind     labels and items whose latest state has not reached the working version yet
     */
    record Readiness(long unreviewed, long behind) {

        boolean ready() {
            return unreviewed == 0 && behind == 0;
        }
    }

    record Frozen(long unreviewed, long behind, long trainRows, long testRows, int annotators) {}

    /** Late work that was kept counts to nothing and is in no release. A rejected label is in none, appealed or not. */
    private static final String READY = """
            unreviewed as materialized (
                select count(*) as n from submission s where s.project_id = :project and s.state = 'submitted' and not s.late_kept
            ), given as materialized (
                select count(*) as n from submission s where s.project_id = :project and s.state = 'approved' and not s.late_kept
            ), taken as materialized (
                select count(*) as n from label l where l.project_id = :project and l.counts and not l.rejected
            ), narrowing as materialized (
                select (select count(*) from submission s where s.project_id = :project and s.accepted is not null)
                       - (select count(*) from label l where l.project_id = :project and l.accepted is not null) as n
            ), differing as materialized (
                select count(*) as n from (select * from item_label where project_id = :project) l
                  full join (select * from working_row where project_id = :project) w using (item_id)
                 where coalesce(l.resolved, false) <> (w.item_id is not null) or (l.resolved and w.item_version <> l.version)
            ), ready as materialized (
                select unreviewed.n as unreviewed,
                       case when unreviewed.n = 0 then abs(given.n - taken.n) + abs(narrowing.n) + differing.n
                            else differing.n end as behind
                  from unreviewed, given, taken, narrowing, differing
            )
            """;

    private final StatelessSession session;

    ReleaseRows(StatelessSession session) {
        this.session = session;
    }

    Optional<Asked> project(UUID projectId, UUID organisationId) {
        return session.createNativeQuery("""
                        select project_id, title, state, currency, origin from project
                         where project_id = :project and organisation_id = :organisation
                        """, Asked.class)
                .setParameter("project", projectId).setParameter("organisation", organisationId).uniqueResultOptional();
    }

    /** One release of a project at a time, and no booking of its time beside it, until the end of the transaction. */
    void lock(UUID projectId) {
        session.createNativeMutationQuery("insert into dataset (project_id) values (:project) on conflict do nothing")
                .setParameter("project", projectId).executeUpdate();
        session.createNativeQuery("select 1 from dataset where project_id = :project for update", Integer.class)
                .setParameter("project", projectId).getSingleResult();
        session.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(cast(:project as text), 12)) as text)", String.class)
                .setParameter("project", projectId).getSingleResult();
    }

    Readiness readiness(UUID projectId) {
        return session.createNativeQuery("with " + READY + " select unreviewed, behind from ready", Readiness.class)
                .setParameter("project", projectId).getSingleResult();
    }

    Optional<UUID> latestVersion(UUID projectId) {
        return session.createNativeQuery("select version_id from dataset_version where project_id = :project order by number desc limit 1", UUID.class)
                .setParameter("project", projectId).uniqueResultOptional();
    }

    UUID insert(Asked project, UUID organisationId, NewRelease asked, Instant releasedAt, String stock, String hours, String watermark) {
        return session.createNativeQuery("""
                        insert into dataset_version (project_id, organisation_id, number, name, description, licence_text, licences_declared,
                                                     released_at, currency, stock, hours, annotators, train_rows, test_rows, watermark)
                        select :project, :organisation, coalesce(max(number), 0) + 1, :name, :description, :licence, :licences, :at, :currency,
                               cast(:stock as jsonb), cast(:hours as jsonb), 0, 0, 0, cast(:watermark as jsonb)
                          from dataset_version where project_id = :project
                        returning version_id
                        """, UUID.class)
                .setParameter("project", project.projectId()).setParameter("organisation", organisationId).setParameter("name", asked.name())
                .setParameter("description", asked.description()).setParameter("licence", asked.licenceText())
                .setParameter("licences", asked.licences()).setParameter("at", releasedAt).setParameter("currency", project.currency())
                .setParameter("stock", stock).setParameter("hours", hours).setParameter("watermark", watermark)
                .getSingleResult();
    }

    /** Copies nothing unless all is reviewed and has arrived. */
    Frozen freeze(UUID projectId, UUID versionId) {
        Frozen frozen = session.createNativeQuery("with " + READY + """
                        , good as materialized (select unreviewed = 0 and behind = 0 as yes from ready
                        ), names as materialized (
                            select annotator_id, gen_random_uuid() as pseudonym
                              from (select distinct annotator_id from submission where project_id = :project and state = 'approved' and not late_kept) a
                        ), frozen as (
                            insert into version_row (version_id, item_id, split, answer, tied, agreement, labels)
                            select :version, w.item_id, s.split, w.answer, w.tied, w.agreement, w.labels
                              from working_row w join item_split s using (item_id)
                             where w.project_id = :project and (select yes from good)
                            returning split
                        ), labels as (
                            insert into version_submission (version_id, submission_id, item_id, pseudonym)
                            select :version, s.submission_id, s.item_id, n.pseudonym
                              from submission s join names n using (annotator_id)
                             where s.project_id = :project and s.state = 'approved' and not s.late_kept and (select yes from good)
                        )
                        select ready.unreviewed, ready.behind, (select count(*) from frozen where split = 'train'),
                               (select count(*) from frozen where split = 'test'), cast((select count(*) from names) as int)
                          from ready
                        """, Frozen.class)
                .setParameter("project", projectId).setParameter("version", versionId).getSingleResult();
        session.createNativeMutationQuery("update dataset_version set train_rows = :train, test_rows = :test, annotators = :annotators where version_id = :version")
                .setParameter("train", frozen.trainRows()).setParameter("test", frozen.testRows()).setParameter("annotators", frozen.annotators())
                .setParameter("version", versionId).executeUpdate();
        return frozen;
    }

    /** Tells work that a later change of class of these hours is the annotator's book alone: the release keeps its classes. */
    void hoursTaken(UUID projectId, UUID versionId) {
        session.createNativeMutationQuery("insert into hours_taken (project_id, version_id) values (:project, :version)")
                .setParameter("version", versionId).setParameter("project", projectId).executeUpdate();
    }

    void replaced(UUID versionId, UUID by) {
        session.createNativeMutationQuery("update dataset_version set replaced_by = :by where version_id = :version")
                .setParameter("by", by).setParameter("version", versionId).executeUpdate();
    }

    /** Who says that the hours nobody observed were worked. */
    List<String> declaredSources(UUID projectId) {
        return session.createNativeQuery("""
                        select source from worked_interval where project_id = :project and source <> 'observed'
                        union select source from declaration where project_id = :project and booked_millis > 0 order by source
                        """, String.class)
                .setParameter("project", projectId).getResultList();
    }

    String watermark() {
        return session.createNativeQuery("""
                        select cast(jsonb_build_object('tx', ledger_settled_tx(), 'postedAt', clock_now()) as text)
                        """, String.class).getSingleResult();
    }
}
