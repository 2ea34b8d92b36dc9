package io.kreislauf.dataset;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.project.Project;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.StatelessSession;

/** Versions and their files. */
@ApplicationScoped
class VersionRows {

    record File(String path, String mediaType, long bytes, Long rows, String sha256) {}

    private record Row(UUID versionId, UUID projectId, UUID organisationId, String organisationName, int number, String name, String description,
                       String licenceText, String state, int licencesDeclared, UUID replacedBy, Instant releasedAt, String currency, String stock,
                       String hours, int annotators, long trainRows, long testRows, String payRule, long rewardMinor,
                       long hazardMinor, long estimateMillis) {}

    private static final String SELECT = """
            select v.version_id, v.project_id, v.organisation_id, o.name as organisation_name, v.number, v.name, v.description, v.licence_text,
                   v.state, v.licences_declared, v.replaced_by, v.released_at, v.currency, cast(v.stock as text) as stock,
                   cast(v.hours as text) as hours, v.annotators, v.train_rows, v.test_rows,
                   p.pay_rule, p.reward_minor, p.hazard_minor, p.estimate_millis
              from dataset_version v join organisation o using (organisation_id) join project p using (project_id)
            """;

    private final StatelessSession session;
    private final ObjectMapper json;

    VersionRows(StatelessSession session, ObjectMapper json) {
        this.session = session;
        this.json = json;
    }

    Optional<DatasetVersion> find(UUID versionId) {
        return session.createNativeQuery(SELECT + " where v.version_id = :version", Row.class).setParameter("version", versionId)
                .uniqueResultOptional().map(this::version);
    }

    List<DatasetVersion> ofProject(UUID projectId) {
        return session.createNativeQuery(SELECT + " where v.project_id = :project order by v.number", Row.class).setParameter("project", projectId)
                .getResultList().stream().map(this::version).toList();
    }

    /** What is on the market, and what the organisation itself is releasing; newest first. */
    List<DatasetVersion> page(UUID organisationId, UUID before, int rows) {
        return session.createNativeQuery(SELECT + """
                         where (v.state = 'released' or v.organisation_id = :organisation)
                           and (cast(:before as uuid) is null or v.version_id < :before)
                         order by v.version_id desc limit :rows
                        """, Row.class)
                .setParameter("organisation", organisationId, UUID.class).setParameter("before", before, UUID.class).setParameter("rows", rows)
                .getResultList().stream().map(this::version).toList();
    }

    List<UUID> unfinished() {
        return session.createNativeQuery("select version_id from dataset_version where state = 'releasing' order by version_id", UUID.class).getResultList();
    }

    List<File> files(UUID versionId) {
        return session.createNativeQuery("select path, media_type, bytes, rows, sha256 from version_file where version_id = :version order by path", File.class)
                .setParameter("version", versionId).getResultList();
    }

    Optional<File> file(UUID versionId, String path) {
        return session.createNativeQuery("select path, media_type, bytes, rows, sha256 from version_file where version_id = :version and path = :path", File.class)
                .setParameter("version", versionId).setParameter("path", path).uniqueResultOptional();
    }

    /** Notes the files and opens the version, in one transaction with the caller's. */
    void released(UUID versionId, List<File> files, String manifest) {
        files.forEach(file -> session.createNativeMutationQuery("""
                        insert into version_file (version_id, path, media_type, bytes, rows, sha256)
                        values (:version, :path, :type, :bytes, :rows, :sha)
                        """)
                .setParameter("version", versionId).setParameter("path", file.path()).setParameter("type", file.mediaType())
                .setParameter("bytes", file.bytes()).setParameter("rows", file.rows(), Long.class).setParameter("sha", file.sha256())
                .executeUpdate());
        session.createNativeMutationQuery("update dataset_version set state = 'released', manifest = cast(:manifest as jsonb) where version_id = :version")
                .setParameter("manifest", manifest).setParameter("version", versionId).executeUpdate();
    }

    private DatasetVersion version(Row row) {
        try {
            return new DatasetVersion(row.versionId, row.projectId, row.organisationId, row.organisationName, row.number, row.name, row.description,
                    row.licenceText, row.state.equals("released"), row.licencesDeclared, row.replacedBy, row.releasedAt, row.currency,
                    StockText.read(row.stock), json.readValue(row.hours, Hours.class), row.annotators, row.trainRows, row.testRows,
                    Project.advertisedMinorPerHour(row.payRule, row.rewardMinor, row.hazardMinor, row.estimateMillis));
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException("The hours of version " + row.versionId + " cannot be read.", malformed);
        }
    }
}
