package io.kreislauf.local;

import java.time.Duration;
import java.util.Optional;

/** Processes of an earlier launcher that was killed. They are ending by themselves; we wait for that, and insist in the end. */
final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Leftovers() {
    }

    /** Ends what earlier launchers of this home noted in {@code pids.properties}. */
    static void end(Home home) {
        home.properties("pids.properties").forEach((_, pid) -> end(Long.parseLong(pid.toString()), home.path("").toString()));
    }

    /** Ends the process if it is still there and, by its command line, ours: the id may have been given to somebody else since. */
    static void end(long pid, String ours) {
        if (!isOurs(pid, ours)) {
            return;
        }
        Progress.say("waiting for process %d to end".formatted(pid));
        if (!ends(pid, ours, PATIENCE)) {
            ours(pid, ours).ifPresent(process -> {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            });
            if (!ends(pid, ours, PATIENCE)) {
                throw new StackException("cannot end process " + pid);
            }
        }
    }

    /** Asks again and again, because nobody tells us of the end of a process that is not our child; one that is dead but not collected has no command line. */
    private static boolean ends(long pid, String ours, Duration atMost) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (isOurs(pid, ours)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("interrupted while waiting for process " + pid, e);
            }
        }
        return true;
    }

    /** Whether the process is there and, by its command line, ours. */
    static boolean isOurs(long pid, String ours) {
        return ours(pid, ours).isPresent();
    }

    private static Optional<ProcessHandle> ours(long pid, String ours) {
        return ProcessHandle.of(pid).filter(process -> commandLine(process).contains(ours));
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElseGet(() -> process.info().command().orElse(""));
    }
}
