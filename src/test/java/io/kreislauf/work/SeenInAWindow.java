package io.kreislauf.work;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/** When a window was seen, by the rules of time alone (work.md, "Time"): it shares no code with the application, and looks at each window by itself. */
final class SeenInAWindow {

    private static final long IDLE_MILLIS = 30_000;
    private static final long OUTSIDE_IDLE_MILLIS = 60_000;
    private static final long BREAK_IDLE_MILLIS = 30 * 60_000;
    private static final long BESIDE_A_GAP_MILLIS = 15_000;
    private static final long UNNOTICED_MILLIS_MAX = 35_000;

    /**
     * As the database has it in the end.
     *
     * @param claimState  of the claim it names, in the end; null: it names none
     * @param endedInTime whether its annotator ended the claim before its time was over: the window is known to have been there until then
     */
    record Said(UUID tab, String kind, UUID claimId, UUID projectId, long at, long receivedAt, String claimState, long claimedAt, Long endedAt, boolean endedInTime) {

        boolean isVisible() {
            return !kind.equals("hidden") && !kind.equals("idle");
        }

        boolean isLeft() {
            return claimState != null && List.of("submitted", "returned", "skipped").contains(claimState);
        }

        boolean afterHandingIn() {
            return "submitted".equals(claimState) && at >= endedAt;
        }

        /** A page outside tasks, or one of which nothing more can be done. */
        boolean isOutside() {
            return claimId == null || afterHandingIn();
        }

        /** What it shows: a task, or a page outside of them. An input changes none of these. */
        String subject(String before) {
            return !isOutside() ? claimId.toString() : claimId == null && kind.equals("active") && before != null && before.startsWith("outside") ? before
                    : "outside %s %s".formatted(claimId == null && !kind.equals("active") ? kind : "search", projectId);
        }
    }

    record Stretch(long from, long to) {

        /** What of these is in none of those. */
        static List<Stretch> minus(List<Stretch> these, List<Stretch> those) {
            List<Stretch> left = new ArrayList<>();
            for (Stretch one : these) {
                long from = one.from;
                for (Stretch other : those.stream().sorted(Comparator.comparingLong(Stretch::from)).toList()) {
                    if (other.to > from && other.from < one.to) {
                        if (other.from > from + 1) {
                            left.add(new Stretch(from, other.from));
                        }
                        from = Math.max(from, other.to);
                    }
                }
                if (from + 1 < one.to) {
                    left.add(new Stretch(from, one.to));
                }
            }
            return left;
        }
    }

    private SeenInAWindow() {}

    /** When one window showed one thing, and when it was heard of. */
    private record Presence(boolean outside, long from, long to, TreeSet<Long> receipts) {

        List<Stretch> seen() {
            List<Stretch> seen = new ArrayList<>();
            Long before = null;
            for (Long receipt : receipts) {
                if (before == null) {
                    within(receipt - BESIDE_A_GAP_MILLIS, receipt, seen);
                } else if (receipt - before <= UNNOTICED_MILLIS_MAX) {
                    within(before, receipt, seen);
                } else {
                    within(before, before + BESIDE_A_GAP_MILLIS, seen);
                    within(receipt - BESIDE_A_GAP_MILLIS, receipt, seen);
                }
                before = receipt;
            }
            return seen;
        }

        private void within(long since, long until, List<Stretch> seen) {
            if (Math.max(since, from) < Math.min(until, to)) {
                seen.add(new Stretch(Math.max(since, from), Math.min(until, to)));
            }
        }
    }

    /**
     * When one window was seen. Who ends a claim in time is heard of then, in whatever window that was.
     *
     * @param certain else also what may have been seen, when a claim was ended after its deadline, or the window told later that it was away by then
     */
    static List<Stretch> of(List<Said> said, boolean certain) {
        return presences(said, certain).stream().flatMap(presence -> presence.seen().stream()).toList();
    }

    /** What one window alone knew of, with a task or outside of them. */
    static List<Stretch> keptAlone(List<Said> said, boolean outside) {
        return presences(said, true).stream().filter(presence -> presence.outside == outside && presence.from < presence.to)
                .flatMap(presence -> Stretch.minus(List.of(new Stretch(presence.from, presence.to)), presence.seen()).stream()).toList();
    }

    /** A project sets it for its tasks, reviews and tests. */
    private static long idleMillis(String subject) {
        return subject.startsWith("outside break") ? BREAK_IDLE_MILLIS
                : !subject.startsWith("outside") || subject.matches("outside (review|qualification) (?!null).*") ? IDLE_MILLIS : OUTSIDE_IDLE_MILLIS;
    }

    private static List<Presence> presences(List<Said> said, boolean certain) {
        TreeSet<Long> heard = new TreeSet<>();
        said.forEach(s -> heard.add(s.receivedAt));
        List<Presence> presences = new ArrayList<>();
        String before = null;
        long lastInput = 0;
        for (int i = 0; i < said.size(); i++) {
            Said one = said.get(i);
            Said next = i + 1 < said.size() ? said.get(i + 1) : null;
            if (!one.isVisible()) {
                before = null;
                continue;
            }
            String subject = one.subject(before);
            if (!subject.equals(before) || one.kind.equals("active")) {
                lastInput = one.at;
            }
            before = subject;
            long idleMillis = idleMillis(subject);
            TreeSet<Long> receipts = new TreeSet<>(heard);
            boolean left = one.isLeft() && one.at < one.endedAt && (next == null || (certain ? next.at : next.receivedAt) > one.endedAt);
            boolean stays = left && (one.receivedAt > one.endedAt || next != null && one.claimId.equals(next.claimId) && next.isVisible());
            long until = next == null ? receipts.last() : next.at;
            if (left && (one.endedInTime || !certain)) {
                receipts.add(one.endedAt);
            }
            long end = Math.min(left ? one.endedAt : until, receipts.last());
            presences.add(new Presence(one.isOutside(), one.isOutside() ? one.at : Math.max(one.at, one.claimedAt), Math.min(end, lastInput + idleMillis), receipts));
            if (stays && one.claimState.equals("submitted")) {
                lastInput = one.endedAt;
                before = "outside search " + one.projectId;
                presences.add(new Presence(true, one.endedAt, Math.min(until, lastInput + OUTSIDE_IDLE_MILLIS), heard));
            } else if (stays) {
                presences.add(new Presence(false, one.endedAt, Math.min(until, lastInput + idleMillis), heard));
            } else if (left) {
                before = null;
            }
        }
        return presences;
    }
}
