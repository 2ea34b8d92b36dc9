package io.kreislauf.dataset;

import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Releases a frozen version of a project's data set: first its rows and what they cost, in one transaction, then the
 * files. Interrupted in between, it is finished on the next start.
 */
@ApplicationScoped
public class ReleasingDataset {

    private static final long POLL_MILLIS = 100;

    private final Freezing freezing;
    private final WritingRelease writing;
    private final Datasets datasets;
    private final long waitMillisMax;

    ReleasingDataset(Freezing freezing, WritingRelease writing, Datasets datasets,
                     @ConfigProperty(name = "kreislauf.release.wait-millis", defaultValue = "15000") long waitMillisMax) {
        this.freezing = freezing;
        this.writing = writing;
        this.datasets = datasets;
        this.waitMillisMax = waitMillisMax;
    }

    /**
     * Waits a while for labels that are on their way to the working version.
     *
     * @param key the request's Idempotency-Key, or null
     * @throws Refusal UNREVIEWED_WORK while submissions wait for a decision; LABELS_ON_THEIR_WAY if they have not arrived in
     *                 time; NOTHING_TO_RELEASE without a row; 404 if the project is not the caller's
     */
    public DatasetVersion release(Caller caller, UUID projectId, NewRelease asked, String key) {
        NewRelease release = asked.checked();
        awaitLabels(caller, projectId);
        UUID versionId = freezing.freeze(caller, projectId, release, key).versionId();
        writing.finish(versionId);
        return datasets.version(versionId);
    }

    private void awaitLabels(Caller caller, UUID projectId) {
        long giveUpAt = System.nanoTime() + waitMillisMax * 1_000_000;
        while (!freezing.arrived(caller, projectId) && System.nanoTime() < giveUpAt) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Stopped while labels were awaited.", stopping);
            }
        }
    }
}
