package io.kreislauf.ledger.simulator;

import io.kreislauf.ledger.EconomicEvent;
import java.util.function.Function;

/** One thing that happens in a history. Made without ids, so that it can be played again, alone or without the others. */
sealed interface Step {

    /** Its place in the history as generated; other steps name it by that. */
    int number();

    /** What goes wrong on the way to the database. */
    enum Fault {
        NONE,
        /** Sent again after it was answered. */
        DUPLICATE,
        /** Sent twice at the same time. */
        TWICE_AT_ONCE,
        /** The transaction is rolled back, and nobody tries again. */
        ABORTED,
        /** The transaction is rolled back, and the event sent again. */
        ABORTED_AND_SENT_AGAIN,
        /** The connection is killed before the commit, and the event sent again. */
        KILLED_AND_SENT_AGAIN
    }

    /**
     * An event is posted.
     *
     * @param keyOf      the step whose key is used; its own number: its own key
     * @param minutesAgo when it happened; 0: now; less: in the future
     * @param unbookable why no such event can be made, or null
     */
    record Post(int number, Function<Names, EconomicEvent> event, int keyOf, int minutesAgo, String unbookable, Fault fault) implements Step {
    }

    /** Two events posted in two transactions, of which the second is committed first. */
    record Crossed(int number, Post first, Post second) implements Step {
    }

    /** The entry of a step is reversed. */
    record Reverse(int number, int of, String because) implements Step {
    }

    /** The period of a book is closed. */
    record Close(int number, String book, int daysAgo) implements Step {
    }

    /** What is settled is folded, and sealed. */
    record Seal(int number) implements Step {
    }

    /** For whoever reads a failure. */
    default String told(Names names) {
        return switch (this) {
            case Post post -> "%3d post %s%s%s%s".formatted(number(), post.unbookable == null ? names.readable(post.event.apply(names)) : "what cannot be made: " + post.unbookable,
                    post.keyOf == number() ? "" : " under the key of step " + post.keyOf, post.minutesAgo == 0 ? "" : ", %d minutes ago".formatted(post.minutesAgo),
                    post.fault == Fault.NONE ? "" : ", " + post.fault);
            case Crossed crossed -> "%3d at once, committed in the other order:%n%s%n%s".formatted(number(), crossed.first.told(names), crossed.second.told(names));
            case Reverse reverse -> "%3d reverse the entry of step %d because %s".formatted(number(), reverse.of, reverse.because);
            case Close close -> "%3d close %s through %d days ago".formatted(number(), close.book, close.daysAgo);
            case Seal seal -> "%3d fold and seal".formatted(number());
        };
    }
}
