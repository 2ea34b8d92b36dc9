package io.kreislauf.ledger.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One thing that is done in a workshop.
 *
 * @param seed of what is left open in it: whose task, which label. Its own, so that it stays the same when others are left out
 */
record Act(What what, long seed) {

    private static final int LABELS_FIRST = 4;
    private static final int BEFORE_RELEASE = 40;
    private static final int AFTER_RELEASE = 20;

    enum What { SUBMIT, CLAIM, WORK, GIVE_BACK, APPROVE, REJECT, APPEAL, DECIDE, PAY, A_MINUTE, THREE_DAYS, OVERLAP, RELEASE, END }

    /** A project from beginning to end. */
    static List<Act> history(long seed) {
        var random = new Random(seed);
        var acts = new ArrayList<Act>();
        for (int i = 0; i < LABELS_FIRST; i++) {
            acts.add(new Act(What.SUBMIT, random.nextLong()));
        }
        acts.add(new Act(What.REJECT, random.nextLong()));
        acts.add(new Act(What.APPROVE, random.nextLong()));
        for (int i = 0; i < BEFORE_RELEASE; i++) {
            acts.add(new Act(any(random, 24), random.nextLong()));
        }
        acts.add(new Act(What.RELEASE, random.nextLong()));
        for (int i = 0; i < AFTER_RELEASE; i++) {
            acts.add(new Act(any(random, 12), random.nextLong()));
        }
        acts.add(new Act(What.END, random.nextLong()));
        return acts;
    }

    /** The first twelve need no open task. */
    private static What any(Random random, int of) {
        return switch (random.nextInt(of)) {
            case 0, 1 -> What.REJECT;
            case 2, 3 -> What.APPEAL;
            case 4, 5 -> What.DECIDE;
            case 6, 7 -> What.APPROVE;
            case 8 -> What.PAY;
            case 9 -> What.GIVE_BACK;
            case 10 -> random.nextInt(3) == 0 ? What.THREE_DAYS : What.A_MINUTE;
            case 11 -> What.OVERLAP;
            case 12, 13, 14 -> What.CLAIM;
            case 15, 16 -> What.WORK;
            default -> What.SUBMIT;
        };
    }

    Random random() {
        return new Random(seed);
    }
}
