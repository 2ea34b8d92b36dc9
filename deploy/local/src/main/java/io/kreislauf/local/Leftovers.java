package io.kreislauf.local;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.ExecutionException;

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
        ProcessHandle.of(pid).filter(process -> commandLine(process).contains(ours)).ifPresent(process -> {
            Progress.say("waiting for process %d of an earlier run to end".formatted(pid));
            try {
                process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                process.onExit().join();
            } catch (ExecutionException | InterruptedException e) {
                throw new StackException("cannot end process " + pid, e);
            }
        });
    }

    private static String commandLine(ProcessHandle process) {
        return process.info().commandLine().orElseGet(() -> process.info().command().orElse(""));
    }
}
