package io.kreislauf.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.kreislauf.bench.BenchPeople.Annotator;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * Annotators who claim and submit over HTTP, each on a connection of its own. Every heartbeat interval one of the cycles of
 * each is watched as the task page does it, so that time is observed and booked: it is said to be shown before it is submitted.
 */
final class OverHttp implements AutoCloseable {

    private static final long HEARTBEAT_NANOS = 15_000_000_000L;

    private final List<Line> lines = new ArrayList<>();

    OverHttp(URI url, List<Annotator> annotators) throws Exception {
        for (Annotator annotator : annotators) {
            lines.add(new Line(new AnnotatorLine(url, annotator.token())));
        }
    }

    Cycles run(UUID projectId, double seconds, long countMax) throws Exception {
        return run(projectId, seconds, countMax, new LongAdder());
    }

    /** @param done counts up while it runs */
    Cycles run(UUID projectId, double seconds, long countMax, LongAdder done) throws Exception {
        String wanted = "{\"projectId\": \"%s\", \"count\": 1}".formatted(projectId);
        List<Cycles.Turn> turns = new ArrayList<>();
        lines.forEach(line -> turns.add(() -> line.cycle(wanted)));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Cycles cycles = Cycles.run(threads, turns, seconds, countMax, done);
            ClaimsBench.say("over HTTP, %d annotators: %s", lines.size(), cycles);
            return cycles;
        }
    }

    private static final class Line {

        private final AnnotatorLine http;
        private final UUID tab = UUID.randomUUID();
        private long heartbeatAt = System.nanoTime() + (long) (Math.random() * HEARTBEAT_NANOS);

        Line(AnnotatorLine http) {
            this.http = http;
        }

        /** Heartbeats are outside the two times, as they are outside the way of a label. */
        long[] cycle(String wanted) throws Exception {
            long began = System.nanoTime();
            JsonNode claim = http.post("/api/claims", wanted).required("claims").path(0);
            if (claim.isMissingNode()) {
                return null;
            }
            long claimed = System.nanoTime();
            String claimId = claim.required("claimId").asText();
            if (claimed >= heartbeatAt) {
                heartbeatAt = claimed + HEARTBEAT_NANOS;
                http.post("/api/observations", "{\"tab\": \"%s\", \"claimId\": \"%s\", \"states\": [{\"kind\": \"shown\", \"agoMillis\": 0}]}".formatted(tab, claimId));
            }
            long between = System.nanoTime();
            http.post("/api/claims/" + claimId + "/submit",
                    "{\"fencingVersion\": %d, \"formVersion\": 1, \"answer\": {\"q\": \"a\"}}".formatted(claim.required("fencingVersion").asLong()));
            return new long[] {claimed - began, System.nanoTime() - between};
        }
    }

    @Override
    public void close() throws Exception {
        for (Line line : lines) {
            line.http.close();
        }
    }
}
