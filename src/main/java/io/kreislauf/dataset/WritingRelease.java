package io.kreislauf.dataset;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.kreislauf.stream.Outbox;
import io.kreislauf.stream.Topic;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hibernate.StatelessSession;
import org.jboss.logging.Logger;

/**
 * The second half of a release: files, manifest and card of a frozen version. Can be done again after an interruption
 * at any point, and gives the same bytes.
 */
@ApplicationScoped
class WritingRelease {

    private static final Logger LOG = Logger.getLogger(WritingRelease.class);
    private static final int SECONDS_MAX = 3_600;
    static final String RELEASED = "io.kreislauf.dataset.released.v1";

    record Released(UUID versionId, UUID projectId, UUID organisationId, int number, long trainRows, long testRows) {}

    private final VersionRows versions;
    private final ReleaseTables tables;
    private final ReleasedFiles files;
    private final Outbox outbox;
    private final StatelessSession session;
    private final ObjectMapper json;

    WritingRelease(VersionRows versions, ReleaseTables tables, ReleasedFiles files, Outbox outbox, StatelessSession session, ObjectMapper json) {
        this.versions = versions;
        this.tables = tables;
        this.files = files;
        this.outbox = outbox;
        this.session = session;
        this.json = json;
    }

    void start(@Observes StartupEvent starting) {
        Thread.ofVirtual().name("unfinished-releases").start(this::finishInterrupted);
    }

    /** Each on its own: one that cannot be written stays, and is tried again at the next start. */
    void finishInterrupted() {
        for (UUID versionId : QuarkusTransaction.requiringNew().call(versions::unfinished)) {
            try {
                finish(versionId);
                LOG.infof("Finished the interrupted release of version %s", versionId);
            } catch (RuntimeException failure) {
                LOG.errorf(failure, "Version %s is still being released; its files could not be written", versionId);
            }
        }
    }

    /** Writes the files and opens the version, unless that is done; one at a time for each version, over all replicas. */
    void finish(UUID versionId) {
        QuarkusTransaction.requiringNew().timeout(SECONDS_MAX).run(() -> {
            session.createNativeQuery("select cast(pg_advisory_xact_lock(hashtextextended(:version, 8)) as text)", String.class)
                    .setParameter("version", versionId.toString()).getSingleResult();
            DatasetVersion version = versions.find(versionId).orElseThrow();
            if (!version.released()) {
                write(version);
            }
        });
    }

    private void write(DatasetVersion version) {
        try {
            ReleasedFiles.Draft draft = files.begin(version.versionId());
            List<VersionRows.File> written = new ArrayList<>(tables.write(version.versionId(), draft));
            written.add(text(draft, "README.md", "text/markdown", Card.of(version)));
            String manifest = json.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(Manifest.of(version, written));
            written.add(text(draft, "manifest.json", "application/json", manifest));
            versions.released(version.versionId(), written, manifest);
            outbox.add(Topic.DATASETS, RELEASED, version.projectId(), new Released(version.versionId(), version.projectId(),
                    version.organisationId(), version.number(), version.trainRows(), version.testRows()));
            draft.publish();
        } catch (IOException | SQLException failure) {
            throw new IllegalStateException("The files of version " + version.versionId() + " could not be written.", failure);
        }
    }

    private static VersionRows.File text(ReleasedFiles.Draft draft, String path, String mediaType, String text) throws IOException {
        try (OutputStream out = draft.create(path); MeasuredOutput measured = new MeasuredOutput(out)) {
            measured.write(text.getBytes(StandardCharsets.UTF_8));
            return new VersionRows.File(path, mediaType, measured.bytes(), null, measured.sha256());
        }
    }
}
