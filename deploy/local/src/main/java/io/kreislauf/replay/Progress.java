package io.kreislauf.replay;

/** Tells on stderr how far we are. */
final class Progress {

    private static final long BEGAN = System.nanoTime();

    private Progress() {}

    static void say(String format, Object... values) {
        System.err.printf("%6.1f s  %s%n", (System.nanoTime() - BEGAN) / 1e9, format.formatted(values));
    }
}
