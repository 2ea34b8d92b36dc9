package io.kreislauf.history;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kreislauf.history.Event.Got;
import io.kreislauf.history.Event.Operation;
import io.kreislauf.history.Event.Phase;
import io.kreislauf.testing.ApplicationProcesses;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * Many clients claim and submit at two application processes that pause, die and see leases end; then everything comes to
 * rest, and the history is checked. {@code deploy/chaos claims [--short] [--seed N]} runs it whole.
 */
public final class ClaimsUnderDisturbance {

    private static final Duration REST_MAX = Duration.ofMinutes(5);

    /** @param figures what happened, as JSON */
    record Result(List<Violation> violations, ObjectNode figures) {}

    private final Plan plan;

    ClaimsUnderDisturbance(Plan plan) {
        this.plan = plan;
    }

    public static void main(String[] args) throws Exception {
        List<String> options = Arrays.asList(args);
        Plan plan = options.contains("--short") ? Plan.SHORT : Plan.FULL;
        if (options.contains("--seed")) {
            plan = plan.withSeed(Long.parseLong(options.get(options.indexOf("--seed") + 1)));
        }
        Result result = new ClaimsUnderDisturbance(plan).run();
        result.violations.stream().limit(50).forEach(v -> System.err.println(v.rule() + ": " + v.what()));
        System.out.println(result.figures);
        System.exit(result.violations.isEmpty() ? 0 : 1);
    }

    Result run() throws Exception {
        System.err.println("seed " + plan.seed());
        try (ApplicationProcesses processes = new ApplicationProcesses(2)) {
            processes.start(0);
            processes.untilReady(0);
            processes.start(1);
            List<Front> fronts = List.of(new Front(processes.url(0)), new Front(processes.url(1)));
            Installed installed = Installed.on(processes, fronts.getFirst(), plan);
            processes.untilReady(1);
            Path file = processes.home().resolve("history.jsonl");
            System.err.printf("%d threads, %,d slots, %d s; the history goes to %s%n", plan.threads(), plan.slots(), plan.seconds(), file);
            try (Recorder recorder = new Recorder(file)) {
                Disturbing disturbing = new Disturbing(processes, recorder, installed, fronts);
                work(installed, fronts, recorder, disturbing);
                comeToRest(processes, installed, fronts.getFirst(), disturbing);
                recorder.close();
                return checked(Recorder.read(file), ReadingTheEnd.of(processes, installed, plan), ReadingTimes.of(processes, installed), disturbing, audited(installed, fronts.getFirst()));
            }
        }
    }

    private void work(Installed installed, List<Front> fronts, Recorder recorder, Disturbing disturbing) throws Exception {
        long until = System.nanoTime() + Duration.ofSeconds(plan.seconds()).toNanos();
        BooleanSupplier isOver = () -> System.nanoTime() > until;
        ConcurrentLinkedQueue<Got> everybodys = new ConcurrentLinkedQueue<>();
        try (var threads = Executors.newFixedThreadPool(plan.threads())) {
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < plan.threads(); i++) {
                clients.add(threads.submit(new Client(i, installed, fronts, recorder, plan, everybodys, isOver)));
            }
            disturbing.untilOver(isOver, Duration.ofMillis(900));
            for (Future<?> client : clients) {
                client.get();
            }
        }
    }

    /** Every claim still held ends, what nobody took is closed, and every label arrives. */
    private void comeToRest(ApplicationProcesses processes, Installed installed, Front front, Disturbing disturbing) throws Exception {
        disturbing.moveClock(Duration.ofHours(3));
        String id = "'" + installed.projectId() + "'";
        await("claims end").atMost(REST_MAX).until(() -> number(processes, "select count(*) from claim where state in ('claimed', 'shown') and project_id = " + id) == 0);
        await("sittings end").atMost(REST_MAX).until(() -> number(processes, "select count(*) from sitting where outside_since is not null or ended_since is not null") == 0);
        front.done(installed.requester(), "/api/projects/" + installed.projectId() + "/close", "application/json", "{}");
        await("labels arrive").atMost(REST_MAX).until(() -> number(processes, "select count(*) from outbox where topic = 'labels'") == 0
                && number(processes, "select count(*) from label") >= number(processes, "select count(*) from submission"));
    }

    private static long number(ApplicationProcesses processes, String sql) throws SQLException {
        try (var connection = processes.database(); var row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static boolean audited(Installed installed, Front front) throws Exception {
        return front.done(installed.operator(), "/api/ledger/audit?fromZero=true", "application/json", "{}").path("holds").asBoolean();
    }

    private Result checked(List<Event> history, Ending ending, Times times, Disturbing disturbing, boolean auditHolds) {
        List<Violation> violations = new ArrayList<>(WhatClientsSaw.check(history, plan.overlap()));
        violations.addAll(WhatIsThere.check(history, ending));
        WhatIsBooked.Found time = WhatIsBooked.check(history, times);
        violations.addAll(time.violations());
        if (!auditHolds) {
            violations.add(new Violation(Violation.Rule.ESCROW, "the audit of the ledger finds breaches"));
        }
        ObjectNode figures = Front.JSON.createObjectNode();
        figures.put("seed", plan.seed()).put("threads", plan.threads()).put("annotators", plan.annotators()).put("slots", plan.slots())
                .put("seconds", plan.seconds()).put("kills", disturbing.kills()).put("stops", disturbing.stops()).put("clockMoves", disturbing.expiries())
                .put("events", history.size()).put("claims", ending.claims().size()).put("labels", ending.submissions().size())
                .put("labelsLateKept", ending.submissions().stream().filter(Ending.Submission::lateKept).count())
                .put("claimsExpired", ending.claims().stream().filter(c -> c.state().equals("expired") || c.state().equals("lapsed")).count())
                .put("submitsAcknowledged", count(history, Phase.OK, Operation.SUBMIT)).put("submitsUnanswered", count(history, Phase.UNKNOWN, Operation.SUBMIT))
                .put("claimsUnanswered", count(history, Phase.UNKNOWN, Operation.CLAIM)).put("refusals", history.stream().filter(e -> e.phase() == Phase.REFUSED).count())
                .put("redeliveries", ending.submittedIds().size() - ending.submittedIds().stream().distinct().count())
                .put("slotsFilled", ending.slots().stream().filter(s -> s.state().equals("filled")).count())
                .put("slotsClosed", ending.slots().stream().filter(s -> s.state().equals("closed")).count())
                .put("heartbeatsAcknowledged", count(history, Phase.OK, Operation.OBSERVE)).put("heartbeatsUnanswered", count(history, Phase.UNKNOWN, Operation.OBSERVE))
                .put("observedMillis", time.observedMillis()).put("bookedMillis", time.bookedMillis())
                .put("auditHolds", auditHolds).put("violations", violations.size());
        return new Result(violations, figures);
    }

    private static long count(List<Event> history, Phase phase, Operation operation) {
        return history.stream().filter(e -> e.phase() == phase && e.operation() == operation).count();
    }
}
