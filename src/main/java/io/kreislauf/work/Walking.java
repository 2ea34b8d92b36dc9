package io.kreislauf.work;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How far this process has come in the open slots of each project, by rank. It begins at a random place and goes on from the
 * slot taken last: slots are stored in the order of their rank, so those taken next are in memory already however many there
 * are, and what claims before have left behind is never read again. Several processes walk apart from each other; concurrent
 * claims of one process skip the few slots that others of it are taking.
 *
 * <p>Nothing depends on it but speed: who comes to the end looks from the lowest rank on.
 */
final class Walking {

    /** Beyond so many projects the places are forgotten, and chosen anew. */
    private static final int PROJECTS_MAX = 10_000;

    private final ConcurrentHashMap<UUID, Long> places = new ConcurrentHashMap<>();

    long from(UUID projectId) {
        Long place = places.get(projectId);
        return place == null ? ThreadLocalRandom.current().nextLong() : place;
    }

    void reached(UUID projectId, long rank) {
        if (places.size() >= PROJECTS_MAX) {
            places.clear();
        }
        places.put(projectId, rank);
    }
}
