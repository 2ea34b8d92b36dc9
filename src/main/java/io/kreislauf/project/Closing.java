package io.kreislauf.project;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Account;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.Commodity;
import io.kreislauf.ledger.ProductEvent;
import io.kreislauf.ledger.ProductEvent.ProjectCancelled;
import io.kreislauf.ledger.ProductEvent.ProjectClosed;
import io.kreislauf.ledger.book.Balances;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * Ending a project. What nobody has claimed goes back at once; a claimed task may still be submitted, is paid, and what
 * becomes free later goes back then. The reserve goes back when nothing can be owed any more.
 */
@ApplicationScoped
public class Closing {

    private final ProjectRows rows;
    private final SlotRows slots;
    private final Ledger ledger;
    private final Balances balances;
    private final Instance<Outstanding> outstanding;
    private final Event<ProjectEnded> endings;
    private final DatabaseClock clock;
    private final RepeatedRequests repeated;

    Closing(ProjectRows rows, SlotRows slots, Ledger ledger, Balances balances, @Any Instance<Outstanding> outstanding, Event<ProjectEnded> endings,
            DatabaseClock clock, RepeatedRequests repeated) {
        this.rows = rows;
        this.slots = slots;
        this.ledger = ledger;
        this.balances = balances;
        this.outstanding = outstanding;
        this.endings = endings;
        this.clock = clock;
        this.repeated = repeated;
    }

    /**
     * Closes a project that got what it wanted.
     *
     * @param key         of the request, or null
     * @param effectiveAt when it happened; null: now
     * @throws Refusal WRONG_STATE
     */
    @Transactional
    public Project close(Caller caller, String key, UUID projectId, Instant effectiveAt) {
        return end(caller, key, projectId, ProjectState.CLOSED, effectiveAt);
    }

    /**
     * Ends a project early; what is claimed, submitted or owed is untouched.
     *
     * @throws Refusal WRONG_STATE
     */
    @Transactional
    public Project cancel(Caller caller, String key, UUID projectId, Instant effectiveAt) {
        return end(caller, key, projectId, ProjectState.CANCELLED, effectiveAt);
    }

    private Project end(Caller caller, String key, UUID projectId, ProjectState state, Instant effectiveAt) {
        return repeated.once(caller.organisation(), key, List.of(state, projectId, String.valueOf(effectiveAt)), Project.class, () -> {
            Project project = rows.findLocked(caller.organisation(), projectId).orElseThrow(() -> Refusal.missing("project", projectId));
            project.state().requireBefore(state);
            Instant at = clock.effective(effectiveAt);
            rows.become(projectId, state, at);
            Project ended = rows.find(projectId).orElseThrow();
            if (project.state() != ProjectState.DRAFT) {
                giveBack(ended, slots.closeUnclaimed(projectId), at);
                settle(ended, at);
                endings.fire(new ProjectEnded(projectId));
            }
            return ended;
        });
    }

    /**
     * Keeps the state of projects as it is until the transaction ends. Whoever takes something from their escrow and then settles
     * them calls it first: always the project before the account, so that nobody waits for each other.
     */
    @Transactional
    public void hold(Collection<UUID> projectIds) {
        projectIds.stream().distinct().sorted().forEach(rows::lockOver);
    }

    /**
     * Takes slots that became free (returned, expired) out of a project that is over, gives their rewards back to the requester and
     * settles it. Call it in the transaction that opened them, whatever was known of the project before: it looks again, and a
     * project that goes on does so until the transaction ends.
     *
     * @param effectiveAt null: now
     */
    @Transactional
    public void slotsFreed(UUID projectId, Collection<UUID> slotIds, Instant effectiveAt) {
        if (rows.lockOver(projectId)) {
            Project project = rows.find(projectId).orElseThrow();
            giveBack(project, slots.closeOpen(projectId, slotIds), effectiveAt);
            settle(project, effectiveAt);
        }
    }

    /**
     * Gives the reserve of a project back that is over and can owe nothing any more; else does nothing. Call it whenever
     * something outstanding may have been the last.
     *
     * @param effectiveAt null: now
     */
    @Transactional
    public void settle(UUID projectId, Instant effectiveAt) {
        Project project = rows.findLocked(projectId).orElseThrow();
        if (project.state().isOver()) {
            settle(project, effectiveAt);
        }
    }

    /** Projects that are over and have not given everything back: each may be settled once nothing of it is outstanding. */
    @Transactional
    public List<UUID> overAndHolding() {
        return rows.overAndHolding();
    }

    private void settle(Project project, Instant at) {
        UUID projectId = project.projectId();
        if (slots.anyClaimed(projectId) || outstanding.stream().anyMatch(o -> o.isOutstanding(projectId))) {
            return;
        }
        long reserve = balances.of(new Book(project.organisationId()), Commodity.money(project.currency()), Account.reserve(projectId));
        long unspent = project.payRule().equals("hour") ? unspentEstimates(project) : 0;
        if (reserve + unspent > 0) {
            ledger.post(ended(project, unspent, reserve), at);
        }
    }

    /** Paid by the hour, a label may take less than the estimate that was held for it. */
    private long unspentEstimates(Project project) {
        return balances.of(new Book(project.organisationId()), Commodity.money(project.currency()), Account.escrow(project.projectId()));
    }

    private void giveBack(Project project, long slotsClosed, Instant at) {
        long rewards = Math.multiplyExact(project.heldPerLabelMinor(), slotsClosed);
        if (rewards > 0) {
            ledger.post(ended(project, rewards, 0), at);
        }
    }

    private static ProductEvent ended(Project project, long rewardsMinor, long reserveMinor) {
        Book book = new Book(project.organisationId());
        return project.state() == ProjectState.CANCELLED
                ? new ProjectCancelled(UUID.randomUUID(), project.projectId(), book, project.currency(), rewardsMinor, reserveMinor)
                : new ProjectClosed(UUID.randomUUID(), project.projectId(), book, project.currency(), rewardsMinor, reserveMinor);
    }
}
