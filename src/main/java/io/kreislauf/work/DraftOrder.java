package io.kreislauf.work;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Which draft knew of which, whenever they arrive.
 *
 * @param page  by which it was typed
 * @param step  how far that page had come
 * @param holds what it was made from, or decided against: by page, up to which step
 */
record DraftOrder(UUID page, long step, Map<UUID, Long> holds) {

    /** Whether all that was typed there is in this one, or was seen by whoever made it. */
    boolean holds(DraftOrder other) {
        return page.equals(other.page) ? step >= other.step : holds.getOrDefault(other.page, -1L) >= other.step;
    }

    boolean comesAfter(DraftOrder other) {
        return holds(other) && !other.holds(this);
    }

    /** This one with all that the other one knew: it takes its place, or has the same text. */
    DraftOrder over(DraftOrder other) {
        Map<UUID, Long> all = new LinkedHashMap<>(holds);
        learn(all, other.page, other.step);
        other.holds.forEach((each, upTo) -> learn(all, each, upTo));
        all.remove(page);
        return new DraftOrder(page, step, all);
    }

    /** Of very many pages the first are remembered: those of who typed last. */
    private static void learn(Map<UUID, Long> all, UUID each, long upTo) {
        if (all.containsKey(each) || all.size() < KeepingDrafts.HOLDS_MAX) {
            all.merge(each, upTo, Math::max);
        }
    }
}
