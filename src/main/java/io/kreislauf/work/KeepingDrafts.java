package io.kreislauf.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.Refusal;
import io.kreislauf.people.Caller;
import io.kreislauf.work.DraftRows.Stored;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * Keeping an unfinished answer, so that it is there again on any device. Messages of pages that go away, or of a connection that was lost, come late;
 * so each says by which page it was typed, how far that page had come, and what of other pages it holds already. What holds the draft that is there
 * takes its place; what is held by it is known; anything else is kept beside it, and its author decides.
 */
@ApplicationScoped
public class KeepingDrafts {

    static final int DRAFT_BYTES_MAX = 65_536;
    static final int HOLDS_MAX = 50;

    /**
     * @param page  a random id of the page load; null: of who tells no order, so that the latest that is heard takes the place of what is there
     * @param step  how far the page has come, rising with each change; null: 0
     * @param holds what this was made from, or its author has decided against: by page, up to which step; null: nothing
     */
    public record Draft(JsonNode answer, UUID page, Long step, Map<UUID, Long> holds) {}

    /** @param savedAt by the server's clock */
    public record Other(UUID page, long step, Instant savedAt, @JsonRawValue String answer) {}

    /** @param other the draft that is there, typed without knowledge of this one, which was kept beside it; null: this one is the draft, or part of it */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Kept(Other other) {}

    private final DraftRows rows;

    KeepingDrafts(DataSource dataSource) {
        this.rows = new DraftRows(dataSource);
    }

    /**
     * The same message again changes nothing.
     *
     * @throws Refusal TOO_LARGE; NOT_FOUND unless the caller holds the claim, or did until its time was over; naming the field at fault
     */
    @Transactional
    public Kept keep(Caller caller, UUID claimId, Draft draft) {
        if (draft == null || draft.answer == null || !draft.answer.isObject()) {
            throw Refusal.invalid("answer", "A draft is an object with values by question.", "Send {\"answer\": {}}.");
        }
        String answer = draft.answer.toString();
        if (answer.getBytes(StandardCharsets.UTF_8).length > DRAFT_BYTES_MAX) {
            throw Refusal.tooLarge("answer", "A draft has at most %d bytes.".formatted(DRAFT_BYTES_MAX), "Shorten it; what was kept before stays.");
        }
        DraftOrder order = order(draft);
        Stored there = rows.lock(caller.personId(), claimId, answer).orElseThrow(() -> Refusal.missing("claim", claimId));
        if (there.page() == null) {
            rows.keep(claimId, answer, order);
            return new Kept(null);
        }
        DraftOrder before = there.order();
        if (draft.page == null || order.comesAfter(before)) {
            rows.keep(claimId, answer, order.over(before));
        } else if (there.same()) {
            rows.know(claimId, before.over(order));
        } else if (!before.holds(order)) {
            rows.keepAside(claimId, answer, order);
            return new Kept(new Other(there.page(), there.step(), there.savedAt(), there.answer()));
        }
        return new Kept(null);
    }

    private static DraftOrder order(Draft draft) {
        Map<UUID, Long> holds = draft.holds == null ? Map.of() : draft.holds;
        if (holds.size() > HOLDS_MAX || holds.values().stream().anyMatch(step -> step == null || step < 0)) {
            throw Refusal.invalid("holds", "A draft holds steps of at most %d pages.".formatted(HOLDS_MAX), "Send the latest: page to step, 0 or more.");
        }
        if (draft.step != null && draft.step < 0) {
            throw Refusal.invalid("step", "A step is 0 or more.", "Count the changes of the page.");
        }
        return new DraftOrder(draft.page == null ? UUID.randomUUID() : draft.page, draft.step == null ? 0 : draft.step, holds);
    }
}
