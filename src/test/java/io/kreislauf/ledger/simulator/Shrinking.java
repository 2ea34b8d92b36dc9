package io.kreislauf.ledger.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Leaves out of a history that fails what it fails without: halves, quarters ... single steps, until nothing can go. */
final class Shrinking {

    private static final Duration TIME_MAX = Duration.ofSeconds(60);

    /** @param failure what it fails with */
    record Shrunk<S>(List<S> history, Disagreement failure) {
    }

    private Shrinking() {
    }

    /** @param failing plays a history; what it fails with, if it does */
    static <S> Shrunk<S> shrink(List<S> history, Disagreement failure, Function<List<S>, Optional<Disagreement>> failing) {
        long end = System.nanoTime() + TIME_MAX.toNanos();
        Shrunk<S> shrunk = new Shrunk<>(history, failure);
        for (int size = Math.max(1, history.size() / 2); size >= 1; size = size == 1 ? 0 : size / 2) {
            boolean shorter;
            do {
                shorter = false;
                for (int from = 0; from < shrunk.history().size() && System.nanoTime() < end; ) {
                    List<S> rest = new ArrayList<>(shrunk.history().subList(0, from));
                    rest.addAll(shrunk.history().subList(Math.min(from + size, shrunk.history().size()), shrunk.history().size()));
                    Optional<Disagreement> still = failing.apply(rest);
                    if (still.isPresent()) {
                        shrunk = new Shrunk<>(rest, still.get());
                        shorter = true;
                    } else {
                        from += size;
                    }
                }
            } while (shorter && System.nanoTime() < end);
        }
        return shrunk;
    }
}
