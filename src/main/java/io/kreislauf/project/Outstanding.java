package io.kreislauf.project;

import java.util.UUID;

/** Answered by whoever keeps what is done: whether a closed project may still owe something to an annotator. */
public interface Outstanding {

    /** True while work is claimed, undecided, appealable or unpaid, or a top-up is not computed. */
    boolean isOutstanding(UUID projectId);
}
