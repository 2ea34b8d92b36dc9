package io.kreislauf.history;

/**
 * How much is to happen.
 *
 * @param threads    clients at work at once; some share an annotator, as two devices of one person do
 * @param hotItems   items that clients ask for by name, so that many want the same ones
 * @param seed       decides what clients and disturbances choose
 */
record Plan(int threads, int annotators, int items, int overlap, int hotItems, int seconds, long seed) {

    static final Plan SHORT = new Plan(16, 12, 600, 5, 40, 20, System.nanoTime());

    static final Plan FULL = new Plan(64, 48, 40_000, 5, 400, 60, System.nanoTime());

    Plan withSeed(long other) {
        return new Plan(threads, annotators, items, overlap, hotItems, seconds, other);
    }

    int slots() {
        return items * overlap;
    }
}
