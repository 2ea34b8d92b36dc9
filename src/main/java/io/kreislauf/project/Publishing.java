package io.kreislauf.project;

import io.kreislauf.Refusal;
import io.kreislauf.ledger.Book;
import io.kreislauf.ledger.ProductEvent.TasksPublished;
import io.kreislauf.ledger.book.Ledger;
import io.kreislauf.people.Caller;
import io.kreislauf.stream.DatabaseClock;
import io.kreislauf.stream.RepeatedRequests;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Opening a project to annotators: its rewards and reserve go into escrow, its slots appear. */
@ApplicationScoped
public class Publishing {

    /** More of a published project: null means as before. {@code reserveMinor} is added to the reserve. */
    public record Extension(Integer labelsWanted, Integer labelsMax, Long reserveMinor, Instant effectiveAt) {}

    private final ProjectRows rows;
    private final ItemRows items;
    private final SlotRows slots;
    private final Costing costing;
    private final Ledger ledger;
    private final DatabaseClock clock;
    private final RepeatedRequests repeated;

    Publishing(ProjectRows rows, ItemRows items, SlotRows slots, Costing costing, Ledger ledger, DatabaseClock clock, RepeatedRequests repeated) {
        this.rows = rows;
        this.items = items;
        this.slots = slots;
        this.costing = costing;
        this.ledger = ledger;
        this.clock = clock;
        this.repeated = repeated;
    }

    /**
     * Funds and opens every slot.
     *
     * @param key         of the request, or null
     * @param effectiveAt when it happened; null: now
     * @throws Refusal NO_FUNDS with what is missing, NO_ITEMS, NO_GOLD, WRONG_STATE
     */
    @Transactional
    public Project publish(Caller caller, String key, UUID projectId, Instant effectiveAt) {
        return repeated.once(caller.organisation(), key, List.of("publish", projectId, String.valueOf(effectiveAt)), Project.class, () -> {
            Project project = locked(caller, projectId);
            project.state().requireOneOf(ProjectState.DRAFT);
            Instant at = clock.effective(effectiveAt);
            ItemRows.Count count = items.count(projectId);
            if (count.items() == count.gold()) {
                throw Refusal.conflict("NO_ITEMS", "The project has no items%s.".formatted(count.gold() == 0 ? "" : " but those with a known answer"),
                        "Import items first.");
            }
            if (project.goldPercent() != null && count.gold() == 0) {
                throw Refusal.conflict("NO_GOLD", "The project has gold slots, but no item with a known answer.",
                        "Import items with the column gold, or leave goldPercent out.");
            }
            fund(project, project.reserveMinor(), at);
            rows.become(projectId, ProjectState.PUBLISHED, at);
            return rows.find(projectId).orElseThrow();
        });
    }

    /**
     * Funds and opens slots for items imported since, or for more labels of each item.
     *
     * @throws Refusal NO_FUNDS with what is missing, WRONG_STATE, or naming the field at fault
     */
    @Transactional
    public Project extend(Caller caller, String key, UUID projectId, Extension more) {
        return repeated.once(caller.organisation(), key, List.of("extend", projectId, more), Project.class, () -> {
            Project project = locked(caller, projectId);
            project.state().requireOneOf(ProjectState.PUBLISHED, ProjectState.PAUSED);
            int wanted = more.labelsWanted() == null ? project.labelsWanted() : more.labelsWanted();
            Integer max = more.labelsMax() == null ? project.labelsMax() : more.labelsMax();
            if (max != null && max < wanted) {
                max = wanted;
            }
            if (wanted < project.labelsWanted() || wanted > 1000 || max != null && (max > 1000 || project.labelsMax() != null && max < project.labelsMax())) {
                throw Refusal.invalid("labelsWanted", "Labels can be extended up to 1000 an item, not taken back.", "Close the project to take back what is not claimed.");
            }
            long reserve = more.reserveMinor() == null ? 0 : more.reserveMinor();
            if (reserve < 0) {
                throw Refusal.invalid("reserveMinor", "The reserve can be raised, not lowered.", "Send 0 or more.");
            }
            rows.extend(projectId, wanted, max, reserve);
            Project extended = rows.find(projectId).orElseThrow();
            fund(extended, reserve, clock.effective(more.effectiveAt()));
            slots.openWanted(projectId);
            return extended;
        });
    }

    private void fund(Project project, long reserveMinor, Instant at) {
        Cost cost = costing.of(project, items.count(project.projectId()), reserveMinor);
        if (cost.missingMinor() > 0) {
            throw Refusal.conflict("NO_FUNDS", "%d %s (minor units) are needed and %d are there: %d are missing."
                    .formatted(cost.totalMinor(), cost.currency(), cost.cashMinor(), cost.missingMinor()), "Deposit the missing amount, or ask for less.");
        }
        long made = slots.makeMissing(project.projectId());
        rows.slotsMade(project.projectId(), made);
        long rewards = Math.multiplyExact(project.heldPerLabelMinor(), made);
        if (rewards + reserveMinor > 0) {
            ledger.post(new TasksPublished(UUID.randomUUID(), project.projectId(), new Book(project.organisationId()), project.currency(),
                    rewards, reserveMinor), at);
        }
    }

    /** @throws Refusal WRONG_STATE unless it is published */
    @Transactional
    public Project pause(Caller caller, UUID projectId) {
        return become(caller, projectId, ProjectState.PAUSED);
    }

    /** @throws Refusal WRONG_STATE unless it is paused */
    @Transactional
    public Project resume(Caller caller, UUID projectId) {
        locked(caller, projectId).state().requireOneOf(ProjectState.PAUSED);
        return become(caller, projectId, ProjectState.PUBLISHED);
    }

    private Project become(Caller caller, UUID projectId, ProjectState state) {
        locked(caller, projectId).state().requireBefore(state);
        rows.become(projectId, state, clock.now());
        return rows.find(projectId).orElseThrow();
    }

    private Project locked(Caller caller, UUID projectId) {
        return rows.findLocked(caller.organisation(), projectId).orElseThrow(() -> Refusal.missing("project", projectId));
    }
}
