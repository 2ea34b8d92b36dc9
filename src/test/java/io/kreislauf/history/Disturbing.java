package io.kreislauf.history;

import io.kreislauf.history.Event.Operation;
import io.kreislauf.testing.ApplicationProcesses;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What happens to the application meanwhile, one thing after the other until it is over: processes pause and die, leases and
 * deadlines end by a moved clock, the requester pauses the project. While a process that was killed starts again, the rest
 * goes on, but the other one is left in peace. At the end everything goes on again.
 */
final class Disturbing {

    private interface Step {
        void happen() throws Exception;
    }

    private final ApplicationProcesses processes;
    private final Recorder recorder;
    private final Installed installed;
    private final List<Front> fronts;
    /** The process that starts again; -1: both answer. */
    private int starting = -1;
    private int kills;
    private int stops;
    private int expiries;

    Disturbing(ApplicationProcesses processes, Recorder recorder, Installed installed, List<Front> fronts) {
        this.processes = processes;
        this.recorder = recorder;
        this.installed = installed;
        this.fronts = fronts;
    }

    /** Returns when it is over and both processes answer. The rest between two disturbances is what clients get done in. */
    void untilOver(BooleanSupplier isOver, Duration rest) throws Exception {
        List<Step> steps = List.of(() -> stop(0), () -> kill(1), () -> moveClock(Duration.ofMinutes(11)), this::pauseProject, () -> moveClock(Duration.ofMinutes(61)),
                () -> stop(1), () -> kill(0), () -> moveClock(Duration.ofMinutes(11)), this::pauseProject, () -> moveClock(Duration.ofMinutes(61)));
        for (int i = 0; !isOver.getAsBoolean(); i++) {
            Thread.sleep(rest);
            if (!isOver.getAsBoolean()) {
                steps.get(i % steps.size()).happen();
            }
        }
        if (starting >= 0) {
            processes.untilReady(starting);
        }
    }

    /** Whether one of the two does not answer yet. */
    private boolean isOneAway() throws InterruptedException {
        if (starting >= 0 && processes.isReady(starting)) {
            starting = -1;
        }
        return starting >= 0;
    }

    /** Told before and after: what is asked for in between may meet the clock before it moved or after. */
    void moveClock(Duration ahead) throws Exception {
        recorder.invoked(Event.disturbed(Operation.CLOCK, ahead.toString()));
        expiries++;
        try (var connection = processes.database(); var move = connection.prepareStatement("select move_clock(make_interval(secs => ?))")) {
            move.setDouble(1, ahead.toSeconds());
            move.execute();
        }
        recorder.invoked(Event.disturbed(Operation.CLOCK, "moved"));
    }

    private void stop(int which) throws Exception {
        if (isOneAway()) {
            return;
        }
        recorder.invoked(Event.disturbed(Operation.STOP, "process " + which));
        stops++;
        processes.signal(which, "STOP");
        Thread.sleep(Duration.ofMillis(1_500));
        processes.signal(which, "CONT");
        recorder.invoked(Event.disturbed(Operation.CONTINUE, "process " + which));
    }

    private void kill(int which) throws Exception {
        if (isOneAway()) {
            return;
        }
        recorder.invoked(Event.disturbed(Operation.KILL, "process " + which));
        kills++;
        processes.kill(which);
        recorder.invoked(Event.disturbed(Operation.START, "process " + which));
        processes.start(which);
        starting = which;
    }

    private void pauseProject() throws Exception {
        recorder.invoked(Event.disturbed(Operation.PAUSE, "project"));
        Front front = fronts.get(isOneAway() ? 1 - starting : 0);
        front.done(installed.requester(), "/api/projects/" + installed.projectId() + "/pause", "application/json", "{}");
        Thread.sleep(Duration.ofMillis(700));
        recorder.invoked(Event.disturbed(Operation.CONTINUE, "project"));
        front.done(installed.requester(), "/api/projects/" + installed.projectId() + "/resume", "application/json", "{}");
    }

    int kills() {
        return kills;
    }

    int stops() {
        return stops;
    }

    int expiries() {
        return expiries;
    }
}
