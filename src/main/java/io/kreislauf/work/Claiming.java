package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.people.Consent;
import io.kreislauf.project.Projects;
import io.kreislauf.project.Selection;
import io.kreislauf.work.ClaimRows.Standing;
import io.kreislauf.work.ClaimRows.Taken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Taking slots: the one door to a task. A claim checks in one statement whether the annotator may have the task, takes
 * open slots that nobody else is taking, and never an item twice by one person.
 *
 * <p>Slots have a random rank, in whose order they are taken, each process from a {@linkplain Walking place of its own} on.
 */
@ApplicationScoped
public class Claiming {

    static final int COUNT_MAX = 200;

    /** @param itemKeys null: any items, or those assigned; else these, all or none, where the project lets them be named */
    public record Wanted(UUID projectId, Integer count, List<String> itemKeys) {}

    /**
     * @param taskId        where the item is not told: the same for all claims of one item by this annotator, so that what was done for a claim that
     *                      lapsed goes with the next one; the id of the first of them
     * @param itemId        with {@code itemKey} left out where some answers are known: neither may tell which
     * @param content       of the item, JSON
     * @param draft         what was kept of an answer, JSON; null: nothing
     * @param draftPage     by which page load it was typed
     * @param draftStep     how far that page had come
     * @param draftsAside   what other pages typed that did not know of it, JSON: {page, step, savedAt, answer}, the latest first; null: nothing
     * @param deadlineAt    until when nobody else gets the slot once the task was shown
     * @param leaseUntil    until when a task not yet shown is kept
     * @param estimateMillis the requester's estimate, or the median of the real times once it exceeds it
     * @param advertisedMinorPerHour the wage at that estimate
     * @param asideAt       since when it is put aside for later; null: it is not
     * @param returnsAt     when a task put aside is to be done again, well before its deadline; null: it is not put aside, or its time was over before
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Claimed(UUID claimId, UUID projectId, long fencingVersion, UUID taskId, UUID itemId, String itemKey, @JsonRawValue String content,
                          Instant leaseUntil, Instant deadlineAt, long rewardMinor, String currency, long estimateMillis, int formVersion,
                          String state, Instant shownAt, @JsonRawValue String draft, UUID draftPage, Long draftStep, @JsonRawValue String draftsAside,
                          long advertisedMinorPerHour, Instant asideAt, Instant returnsAt) {}

    public record Claims(List<Claimed> claims) {}

    private final ClaimRows rows;
    private final BookingOutside outside;
    private final Walking walking = new Walking();
    private final Projects projects;

    Claiming(DataSource dataSource, BookingOutside outside, Projects projects) {
        this.projects = projects;
        this.rows = new ClaimRows(dataSource);
        this.outside = outside;
    }

    /**
     * Fewer than asked for, or none, if no more are open for this annotator.
     *
     * @throws Refusal what is lacking ({@link Lack}), NOT_OPEN, PREFETCH_LIMIT; for named items also
     *                 ITEMS_NOT_NAMED, NOT_FOUND, NOT_ASSIGNED, ALREADY_CLAIMED, NO_SLOT: none of them is claimed then
     */
    @Transactional
    public Claims claim(Caller caller, Wanted wanted) {
        if (wanted == null || wanted.projectId() == null) {
            throw Refusal.invalid("projectId", "A claim names its project.", "GET /api/tasks lists them.");
        }
        List<Taken> taken = wanted.itemKeys() == null ? any(caller, wanted) : named(caller, wanted);
        taken.stream().map(Taken::outsideSince).filter(since -> since != null).findFirst()
                .ifPresent(since -> {
                    rows.planAsUsual();
                    outside.withClaim(caller.personId(), wanted.projectId());
                });
        return new Claims(taken.stream().map(Claiming::shown).toList());
    }

    /**
     * What the annotator holds, the task shown first of all first; then, with {@code state} expired or lapsed, what timed out in the last
     * seven days after something was typed for it, or was put aside since: it can be handed in late, or returned to be let go.
     */
    @Transactional
    public Claims open(Caller caller) {
        return new Claims(Stream.concat(rows.open(caller.personId()).stream(), rows.timedOutWithDraft(caller.personId()).stream())
                .map(Claiming::shown).toList());
    }

    private List<Taken> any(Caller caller, Wanted wanted) {
        int count = wanted.count() == null ? 1 : wanted.count();
        if (count < 1 || count > COUNT_MAX) {
            throw Refusal.invalid("count", "A claim takes 1 to %d tasks.".formatted(COUNT_MAX), "Ask for a handful.");
        }
        UUID me = caller.personId();
        Selection selection = projects.selection(wanted.projectId());
        List<Taken> taken = take(me, wanted.projectId(), count, selection);
        if (taken.size() < count) {
            Standing standing = refuse(me, wanted.projectId(), count, taken.size(), taken.isEmpty());
            if (taken.isEmpty() && standing.selective() && !selection.selective()) {
                return take(me, wanted.projectId(), count, selection.withRules());
            }
        }
        return taken;
    }

    /** A statement that meets several slots of one item takes one of them: the next one finds other items. */
    private List<Taken> take(UUID me, UUID projectId, int count, Selection selection) {
        if (selection.assigned()) {
            return rows.takeAssigned(me, projectId, Consent.VERSION, count);
        }
        List<Taken> taken = new ArrayList<>();
        if (!selection.urgent()) {
            taken.addAll(take(me, projectId, count, selection, walking.from(projectId)));
        }
        int before = -1;
        while (taken.size() < count && taken.size() > before) {
            before = taken.size();
            taken.addAll(selection.urgent() ? rows.takeUrgent(me, projectId, Consent.VERSION, count - before)
                    : take(me, projectId, count - before, selection, Long.MIN_VALUE));
        }
        if (!taken.isEmpty() && !selection.urgent()) {
            walking.reached(projectId, taken.getLast().rank());
        }
        return taken;
    }

    private List<Taken> take(UUID me, UUID projectId, int count, Selection selection, long fromRank) {
        return selection.selective() ? rows.takeSelected(me, projectId, Consent.VERSION, count, fromRank)
                : rows.takeAny(me, projectId, Consent.VERSION, count, fromRank);
    }

    private List<Taken> named(Caller caller, Wanted wanted) {
        String[] keys = wanted.itemKeys().stream().distinct().toArray(String[]::new);
        if (keys.length < 1 || keys.length > COUNT_MAX || Arrays.asList(keys).contains(null)) {
            throw Refusal.invalid("itemKeys", "A claim names 1 to %d items.".formatted(COUNT_MAX), "Leave it out to take any.");
        }
        UUID me = caller.personId();
        Selection selection = projects.selection(wanted.projectId());
        List<Taken> taken = selection.namedBy().equals("nobody") ? List.of() : rows.takeNamed(me, wanted.projectId(), Consent.VERSION, keys, selection);
        if (taken.size() == keys.length) {
            return taken;
        }
        List<String> missing = new ArrayList<>(Arrays.asList(keys));
        taken.forEach(t -> missing.remove(t.itemKey()));
        String[] left = missing.toArray(String[]::new);
        refuse(me, wanted.projectId(), keys.length, taken.size(), true);
        if (selection.namedBy().equals("nobody")) {
            throw Refusal.conflict("ITEMS_NOT_NAMED", "The project gives out its items itself.", "Leave itemKeys out, and say how many.");
        }
        List<String> unknown = new ArrayList<>(missing);
        unknown.removeAll(rows.known(wanted.projectId(), left));
        if (!unknown.isEmpty()) {
            throw Refusal.missing("item", unknown.getFirst());
        }
        List<String> others = new ArrayList<>(missing);
        others.removeAll(selection.assigned() ? rows.assigned(me, wanted.projectId(), left) : missing);
        if (!others.isEmpty()) {
            throw Refusal.conflict("NOT_ASSIGNED", "The item %s is not assigned to you.".formatted(others.getFirst()),
                    "Leave itemKeys out to get those that are.");
        }
        List<String> own = rows.own(me, wanted.projectId(), left);
        if (!own.isEmpty()) {
            throw Refusal.conflict("ALREADY_CLAIMED", "You have or had the item %s already.".formatted(own.getFirst()),
                    "GET /api/claims lists what you hold; leave out what you have done.");
        }
        throw Refusal.conflict("NO_SLOT", "No label of the item %s is open.".formatted(left[0]), "Leave it out; it may open again.");
    }

    /** Returns if there is nothing in the way but that too few slots were open. */
    private Standing refuse(UUID me, UUID projectId, int asked, int taken, boolean lackingMatters) {
        Standing may = rows.standing(me, projectId, Consent.VERSION).orElseThrow(() -> Refusal.missing("project", projectId));
        if (may.state().equals("draft") || !may.ownLog()) {
            throw Refusal.missing("project", projectId);
        }
        List<Lack> lacks = lackingMatters ? may.eligibility().lacks() : List.of();
        if (!may.state().equals("published") && may.eligibility().consented()) {
            throw Refusal.conflict("NOT_OPEN", "The project is %s.".formatted(may.state()), "Choose another one; what you hold can still be submitted.");
        }
        if (!lacks.isEmpty()) {
            throw lacks.getFirst().refusal();
        }
        long held = may.held() - taken;
        if (held + asked > may.prefetchLimit()) {
            throw Refusal.conflict("PREFETCH_LIMIT", "You hold %d of at most %d tasks of this project and ask for %d."
                    .formatted(held, may.prefetchLimit(), asked), "Ask for fewer, or submit or return one first.");
        }
        return may;
    }

    private static Claimed shown(Taken t) {
        return new Claimed(t.claimId(), t.projectId(), t.fencingVersion(), t.taskId(), t.itemId(), t.itemKey(), t.content(), t.leaseUntil(), t.deadlineAt(),
                t.rewardMinor(), t.currency(), t.estimateMillis(), t.formVersion(), t.state(), t.shownAt(), t.draft(), t.draftPage(), t.draftStep(), t.draftsAside(), t.advertisedMinorPerHour(),
                t.asideAt(), t.returnsAt());
    }
}
