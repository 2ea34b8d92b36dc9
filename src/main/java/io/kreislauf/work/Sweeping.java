package io.kreislauf.work;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;

/** What time does: ends claims and sittings, decides by silence, tops up pay, measures the pace. In bounded batches. */
@ApplicationScoped
public class Sweeping {

    private static final int BATCH = 200;

    private final Expiring expiring;
    private final ApprovingWork approving;
    private final Declarations declarations;
    private final Appealing appealing;
    private final ToppingUp toppingUp;
    private final Pacing pacing;

    Sweeping(Expiring expiring, ApprovingWork approving, Declarations declarations, Appealing appealing, ToppingUp toppingUp, Pacing pacing) {
        this.expiring = expiring;
        this.approving = approving;
        this.declarations = declarations;
        this.appealing = appealing;
        this.toppingUp = toppingUp;
        this.pacing = pacing;
    }

    /** Ends claims and sittings whose time is over. */
    @Scheduled(every = "${kreislauf.work.expire-every:5s}", concurrentExecution = ConcurrentExecution.SKIP)
    public void endWhatIsOver() {
        List<UUID[]> due;
        do {
            due = expiring.due();
            due.forEach(claim -> expiring.expire(claim[0], claim[1]));
        } while (due.size() == Expiring.BATCH);
        List<UUID> sittings;
        do {
            sittings = expiring.sittingsOver();
            sittings.forEach(expiring::endSitting);
        } while (sittings.size() == Expiring.BATCH);
    }

    /** What silence decides: approvals, appeals won, rejections final, declared time. */
    @Scheduled(every = "${kreislauf.work.decide-every:20s}", concurrentExecution = ConcurrentExecution.SKIP)
    public void decideBySilence() {
        inBatches(() -> approving.bySilence(BATCH));
        inBatches(() -> declarations.bySilence(BATCH));
        inBatches(() -> appealing.winBySilence(BATCH));
        inBatches(() -> appealing.finish(BATCH));
    }

    /** Brings pay up to its floor. */
    @Scheduled(every = "${kreislauf.work.top-up-every:60s}", concurrentExecution = ConcurrentExecution.SKIP)
    public void topUp() {
        toppingUp.projectsWithFloor().forEach(projectId -> toppingUp.topUp(projectId, null));
    }

    /** Measures the projects in which something happened. */
    @Scheduled(every = "${kreislauf.work.pace-every:10s}", concurrentExecution = ConcurrentExecution.SKIP)
    public void measurePace() {
        pacing.stale().forEach(pacing::measure);
    }

    private static void inBatches(IntSupplier batch) {
        int done;
        do {
            done = batch.getAsInt();
        } while (done == BATCH);
    }
}
