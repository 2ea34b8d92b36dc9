package io.kreislauf.work;

import io.kreislauf.project.Closing;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** What time does: ends claims and sittings, decides by silence, tops up pay, measures the pace. In bounded batches. */
@ApplicationScoped
public class Sweeping {

    private static final Logger LOG = Logger.getLogger(Sweeping.class);
    private static final int BATCH = 200;
    private static final int ONE_BY_ONE = 1_000;
    private static final int PACE_REST = 10;

    private final Expiring expiring;
    private final ApprovingWork approving;
    private final Declarations declarations;
    private final Appealing appealing;
    private final EndingRejections rejections;
    private final ToppingUp toppingUp;
    private final Pacing pacing;
    private final ReleasingEstimates estimates;
    private final Closing closing;
    private volatile long paceRestsUntilNanos = System.nanoTime();

    Sweeping(Expiring expiring, ApprovingWork approving, Declarations declarations, Appealing appealing, EndingRejections rejections,
             ToppingUp toppingUp, Pacing pacing, ReleasingEstimates estimates, Closing closing) {
        this.expiring = expiring;
        this.approving = approving;
        this.declarations = declarations;
        this.appealing = appealing;
        this.rejections = rejections;
        this.toppingUp = toppingUp;
        this.pacing = pacing;
        this.estimates = estimates;
        this.closing = closing;
    }

    /** Ends claims and sittings whose time is over. */
    @Scheduled(every = "${kreislauf.work.expire-every:5s}", concurrentExecution = ConcurrentExecution.SKIP)
    public void endWhatIsOver() {
        inBatches(() -> endedOf(expiring.due(), claim -> expiring.expire(claim[0], claim[1])), Expiring.BATCH);
        inBatches(() -> endedOf(expiring.sittingsOver(), expiring::endSitting), Expiring.BATCH);
    }

    /** One that cannot be ended is told of and does not keep the others. */
    private static <T> int endedOf(List<T> over, Consumer<T> end) {
        int ended = 0;
        for (T one : over) {
            try {
                end.accept(one);
                ended++;
            } catch (RuntimeException failure) {
                LOG.warnf(failure, "A claim or sitting that is over could not be ended; it is tried again in the next round.");
            }
        }
        return ended;
    }

    /** What silence decides: approvals, appeals won, rejections final, declared time. */
    @Scheduled(every = "${kreislauf.work.decide-every:20s}", concurrentExecution = ConcurrentExecution.SKIP)
    public void decideBySilence() {
        eachBySilence(() -> approving.bySilence(BATCH), () -> approving.unreviewed(ONE_BY_ONE), approving::bySilence);
        eachBySilence(() -> declarations.bySilence(BATCH), () -> declarations.undecided(ONE_BY_ONE), declarations::bySilence);
        eachBySilence(() -> appealing.winBySilence(BATCH), () -> appealing.undecided(ONE_BY_ONE), appealing::winBySilence);
        inBatches(() -> rejections.finish(BATCH), BATCH);
    }

    /** Where a batch fails, each is decided by itself: what cannot be decided is told of and keeps no other one, nor what comes after them. */
    private static void eachBySilence(IntSupplier batch, Supplier<List<UUID>> undecided, Consumer<UUID> decide) {
        try {
            inBatches(batch, BATCH);
        } catch (RuntimeException failure) {
            for (UUID one : undecided.get()) {
                try {
                    decide.accept(one);
                } catch (RuntimeException reason) {
                    LOG.warnf(reason, "What nobody decided in time could not be decided by silence: %s. It is tried again in the next round.", one);
                }
            }
        }
    }

    /** Brings pay up to its floor, and gives back what projects that are over hold once nobody can earn it any more. */
    @Scheduled(every = "${kreislauf.work.top-up-every:60s}", concurrentExecution = ConcurrentExecution.SKIP)
    public void topUp() {
        toppingUp.projectsWithFloor().forEach(projectId -> toppingUp.topUp(projectId, null));
        closing.overAndHolding().forEach(projectId -> closing.settle(projectId, null));
    }

    /** Gives back what labels paid by the hour did not use of their estimates. */
    @Scheduled(every = "${kreislauf.work.release-estimates-every:60s}", concurrentExecution = ConcurrentExecution.SKIP)
    public void releaseEstimates() {
        estimates.projects().forEach(estimates::release);
    }

    /** However many projects there are: after a round that took long, none for {@value #PACE_REST} times as long. */
    @Scheduled(every = "${kreislauf.work.pace-every:10s}", concurrentExecution = ConcurrentExecution.SKIP)
    void measurePaceOrRest() {
        long begun = System.nanoTime();
        if (begun - paceRestsUntilNanos >= 0) {
            measurePace();
            paceRestsUntilNanos = begun + PACE_REST * (System.nanoTime() - begun);
        }
    }

    /** Measures the projects in which something happened. */
    public void measurePace() {
        pacing.stale().forEach(pacing::measure);
    }

    private static void inBatches(IntSupplier batch, int whole) {
        int done;
        do {
            done = batch.getAsInt();
        } while (done == whole);
    }
}
