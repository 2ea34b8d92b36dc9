package io.kreislauf.work;

import static io.kreislauf.work.WorkFixture.heartbeat;
import static io.kreislauf.work.WorkFixture.state;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What the heartbeats of 2,000 annotators cost, callers on the same cores. Prints what it measured. */
@QuarkusTest
class HeartbeatLoadIT {

    private static final int ANNOTATORS = 16;
    private static final Duration SPAN = Duration.ofSeconds(10);

    /** A visible page sends every 15 s. */
    private static final int OF_TWO_THOUSAND_A_SECOND = 2_000 / 15 + 1;

    @TestHTTPResource("/api/observations")
    URI observations;

    @Test
    void theHeartbeatsOfTwoThousandAnnotatorsAreTakenWithoutEffort() throws Exception {
        var work = new WorkFixture(ANNOTATORS, "\"labelsWanted\": 1");
        List<HttpRequest> requests = new ArrayList<>();
        for (int i = 0; i < ANNOTATORS; i++) {
            TestPerson annotator = TestPeople.annotator("KE");
            String claimId = work.claimed(annotator, 1).getString("claims[0].claimId");
            UUID tab = UUID.randomUUID();
            heartbeat(annotator, tab, state("shown", claimId, 0)).statusCode(200);
            requests.add(HttpRequest.newBuilder(observations).header("Authorization", "Bearer " + annotator.token()).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"tab\": \"%s\", \"states\": [%s]}".formatted(tab, state("active", claimId, 0)))).build());
        }
        run(requests, Duration.ofSeconds(3));
        var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long busyBefore = machine.getProcessCpuTime();
        List<Long> micros = run(requests, SPAN);
        double busyMillis = (machine.getProcessCpuTime() - busyBefore) / 1e6 / micros.size();
        long[] sorted = micros.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf("Heartbeats: %.0f/s, p50 %.1f ms, p99 %.1f ms, %.2f ms of processor each with its caller, without the database%n",
                sorted.length / (double) SPAN.toSeconds(), sorted[sorted.length / 2] / 1000.0, sorted[sorted.length * 99 / 100] / 1000.0, busyMillis);
        assertEquals(OF_TWO_THOUSAND_A_SECOND * SPAN.toSeconds(), sorted.length, OF_TWO_THOUSAND_A_SECOND, "all that were sent were taken, in time");
    }

    /** Sends as 2,000 do, one after the other of the callers; the times of those that were taken. */
    private static List<Long> run(List<HttpRequest> requests, Duration span) {
        HttpClient client = HttpClient.newHttpClient();
        List<CompletableFuture<Long>> sent = new ArrayList<>();
        long begun = System.nanoTime();
        long between = 1_000_000_000L / OF_TWO_THOUSAND_A_SECOND;
        for (int i = 0; i * between < span.toNanos(); i++) {
            LockSupport.parkNanos(begun + i * between - System.nanoTime());
            long at = System.nanoTime();
            sent.add(client.sendAsync(requests.get(i % requests.size()), HttpResponse.BodyHandlers.discarding())
                    .thenApply(answer -> answer.statusCode() == 200 ? (System.nanoTime() - at) / 1000 : -1));
        }
        return sent.stream().map(CompletableFuture::join).filter(micros -> micros >= 0).toList();
    }
}
