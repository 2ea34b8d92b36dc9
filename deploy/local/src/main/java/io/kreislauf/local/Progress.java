package io.kreislauf.local;

import java.util.Locale;

/** Tells on stderr what is going on and since how many seconds, so that stdout stays readable for programs. */
final class Progress {

    private static final long STARTED_NANOS = System.nanoTime();

    private Progress() {
    }

    static void say(String what) {
        System.err.println(String.format(Locale.ROOT, "%6.1f s  %s", secondsSinceStart(), what));
    }

    static double secondsSinceStart() {
        return (System.nanoTime() - STARTED_NANOS) / 1e9;
    }
}
