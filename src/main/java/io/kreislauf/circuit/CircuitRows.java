package io.kreislauf.circuit;

import io.kreislauf.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** What is not in the ledger of a circuit: names, and who is linked to what. */
@ApplicationScoped
class CircuitRows {

    record ProjectRow(UUID projectId, String title, UUID organisationId, String organisationName, String currency, String payRule, long rewardMinor,
                      long hazardMinor, long estimateMillis) {

        long advertisedMinorPerHour() {
            return Project.advertisedMinorPerHour(payRule, rewardMinor, hazardMinor, estimateMillis);
        }
    }

    record Contributor(UUID pseudonym, long labels) {}

    record RunUse(UUID runId, Instant runAt, UUID licenceId, int ordinal, int runsTotal) {}

    record MonthRow(UUID saleId, int month) {}

    record OwnPart(UUID versionId, UUID projectId, String name, long number, long labels) {}

    record OwnModel(UUID modelId, String name, String organisationName, UUID versionId) {}

    private final StatelessSession session;

    CircuitRows(StatelessSession session) {
        this.session = session;
    }

    Optional<ProjectRow> project(UUID projectId) {
        return session.createNativeQuery("""
                        select p.project_id, p.title, p.organisation_id, o.name, p.currency, p.pay_rule, p.reward_minor, p.hazard_minor, p.estimate_millis
                          from project p join organisation o using (organisation_id) where p.project_id = :project
                        """, ProjectRow.class)
                .setParameter("project", projectId).uniqueResultOptional();
    }

    /** The projects that somebody's own time went into, by title. */
    List<ProjectRow> projectsOf(UUID annotatorId) {
        return session.createNativeQuery("""
                        select p.project_id, p.title, p.organisation_id, o.name, p.currency, p.pay_rule, p.reward_minor, p.hazard_minor, p.estimate_millis
                          from project p join organisation o using (organisation_id)
                         where p.project_id in (select project_id from claim where annotator_id = :person)
                         order by p.title, p.project_id
                        """, ProjectRow.class)
                .setParameter("person", annotatorId).getResultList();
    }

    List<String> declaredSources(UUID projectId) {
        return session.createNativeQuery("""
                        select source from worked_interval where project_id = :project and source <> 'observed'
                        union select source from declaration where project_id = :project and booked_millis > 0 order by source
                        """, String.class)
                .setParameter("project", projectId).getResultList();
    }

    List<String> declaredSourcesOf(UUID annotatorId) {
        return session.createNativeQuery("""
                        select source from worked_interval where annotator_id = :person and source <> 'observed'
                        union select source from declaration where annotator_id = :person and booked_millis > 0 order by source
                        """, String.class)
                .setParameter("person", annotatorId).getResultList();
    }

    List<String> modelLabourSources(UUID modelId) {
        return session.createNativeQuery("select distinct source from model_labour where model_id = :model order by source", String.class)
                .setParameter("model", modelId).getResultList();
    }

    /** Whose labels are in a version, under the release's own pseudonyms, most labels first. */
    List<Contributor> contributors(UUID versionId, int rows) {
        return session.createNativeQuery("""
                        select pseudonym, count(*) from version_submission where version_id = :version
                         group by pseudonym order by count(*) desc, pseudonym limit :rows
                        """, Contributor.class)
                .setParameter("version", versionId).setParameter("rows", rows).getResultList();
    }

    List<RunUse> runs(UUID modelId) {
        return session.createNativeQuery("""
                        select r.run_id, r.run_at, u.licence_id, coalesce(u.ordinal, 0), coalesce(l.runs_total, 0)
                          from training_run r left join training_run_licence u using (run_id) left join licence l using (licence_id)
                         where r.model_id = :model order by r.run_at, r.run_id, u.licence_id
                        """, RunUse.class)
                .setParameter("model", modelId).getResultList();
    }

    List<MonthRow> months(UUID modelId) {
        return session.createNativeQuery("select sale_id, month from model_month where model_id = :model order by month", MonthRow.class)
                .setParameter("model", modelId).getResultList();
    }

    /** The versions that somebody's own labels are in. */
    List<OwnPart> versionsWith(UUID annotatorId) {
        return session.createNativeQuery("""
                        select v.version_id, v.project_id, v.name, cast(v.number as bigint), count(*)
                          from submission s join version_submission vs using (submission_id) join dataset_version v using (version_id)
                         where s.annotator_id = :person and v.state = 'released'
                         group by v.version_id, v.project_id, v.name, v.number order by v.version_id
                        """, OwnPart.class)
                .setParameter("person", annotatorId).getResultList();
    }

    /** The models that were trained with any of these versions. */
    List<OwnModel> modelsTrainedWith(Collection<UUID> versionIds) {
        return session.createNativeQuery("""
                        select distinct m.model_id, m.name, o.name as organisation_name, l.version_id
                          from licence l join training_run_licence u using (licence_id) join training_run r using (run_id)
                          join model m using (model_id) join organisation o on o.organisation_id = m.organisation_id
                         where l.version_id = any (cast(:versions as uuid[])) order by m.name, m.model_id
                        """, OwnModel.class)
                .setParameter("versions", versionIds.toArray(UUID[]::new)).getResultList();
    }

    List<UUID> people(Collection<UUID> bookIds) {
        return session.createNativeQuery("select book_id from ledger_book where kind = 'person' and book_id = any (cast(:books as uuid[]))", UUID.class)
                .setParameter("books", bookIds.toArray(UUID[]::new)).getResultList();
    }

    void looked(UUID personId, String subject, UUID subjectId) {
        session.createNativeMutationQuery("insert into look (person_id, subject, subject_id) values (:person, :subject, :id)")
                .setParameter("person", personId).setParameter("subject", subject).setParameter("id", subjectId).executeUpdate();
    }
}
