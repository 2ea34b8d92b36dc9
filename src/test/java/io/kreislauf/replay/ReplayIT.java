package io.kreislauf.replay;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.testing.TestPeople;
import io.kreislauf.testing.TestPeople.TestPerson;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/replay} as a process of its own against the application under test, killed on the way and started again. */
@QuarkusTest
class ReplayIT {

    private static final int ITEMS = 30;
    private static final int WORKERS = 9;
    private static final int ITEMS_TIED = 3;

    @TestHTTPResource
    URL application;

    @TempDir
    Path directory;

    @Test
    void aLogThatIsKilledAndResumedArrivesWholeAndOnce() throws Exception {
        Path log = Files.createDirectory(directory.resolve("small-log"));
        writeLog(log);
        TestPerson operator = TestPeople.person("operator", null);
        Process killed = replay(log, operator).start();
        await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(20)).until(() -> !killed.isAlive() || submitted() >= 20);
        assertTrue(killed.isAlive(), "it was to be killed on the way");
        killed.destroyForcibly().waitFor();
        int before = submitted();
        assertTrue(before < ITEMS * (WORKERS - 1), "it was to be killed on the way, not after " + before);
        JsonNode result = finished(log, operator);
        int labels = ITEMS * (WORKERS - 1) + 1;
        for (String count : List.of("labels", "labelsInDatabase", "labelsInTopic", "labelsInRelease")) {
            assertEquals(labels, result.required(count).asInt(), count);
        }
        for (String told : List.of("dataset", "currency", "assumed", "elapsedSeconds", "labelsPerSecond", "hoursObserved", "problems")) {
            assertTrue(result.hasNonNull(told), told);
        }
        assertTrue(result.required("labelsPerSecond").asDouble() > 0);
        assertEquals(ITEMS, result.required("items").asInt());
        assertEquals(WORKERS, result.required("annotators").asInt());
        assertEquals(ITEMS, result.required("trainRows").asInt() + result.required("testRows").asInt());
        assertEquals((ITEMS - ITEMS_TIED / 2.0) / ITEMS, result.required("majorityAccuracy").asDouble(), 0.0001, "a tie of two counts a half");
        assertEquals((ITEMS * WORKERS) * 7 / 3600.0, result.required("hoursDeclared").asDouble(), 0.001, "also of answers that do not fit");
        assertEquals(labels * 3, result.required("wagesMinor").asInt());
        assertEquals(List.of(1, ITEMS - 1), result.required("problems").findValuesAsText("count").stream().map(Integer::valueOf).toList());
        JsonNode again = finished(log, operator);
        for (String figure : List.of("labelsInDatabase", "labelsInTopic", "labelsInRelease", "hoursDeclared", "wagesMinor", "projectId", "versionId")) {
            assertEquals(result.get(figure), again.get(figure), figure);
        }
    }

    /** The last worker's answers are empty but one; the first row comes twice; a few items tie. */
    private static void writeLog(Path folder) throws IOException {
        StringBuilder labels = new StringBuilder("task,worker,label,work_seconds\n");
        StringBuilder gold = new StringBuilder("task,label\n");
        for (int item = 0; item < ITEMS; item++) {
            gold.append("t%d,yes%n".formatted(item));
            for (int worker = 0; worker < WORKERS; worker++) {
                boolean no = item >= ITEMS - ITEMS_TIED && worker < (WORKERS - 1) / 2;
                String answer = worker == WORKERS - 1 && item > 0 ? "" : no ? "no" : "yes";
                labels.append("t%d,w%d,%s,7%n".formatted(item, worker, answer));
            }
        }
        labels.append("t0,w0,no,7\n");
        Files.writeString(folder.resolve("labels.csv"), labels);
        Files.writeString(folder.resolve("gold.csv"), gold);
    }

    private ProcessBuilder replay(Path log, TestPerson operator) {
        Path local = Path.of("deploy", "local", "target").toAbsolutePath();
        assertTrue(Files.exists(local.resolve("kreislauf-local.jar")), "mvn package in deploy/local first");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "-cp",
                String.join(File.pathSeparator, local.resolve("kreislauf-local.jar").toString(), local.resolve("launcher") + "/*", local.resolve("kafka") + "/*"),
                "io.kreislauf.replay.Replay", log.toString(), "--parallel", "2", "--reward", "3", "--time-per", "label",
                "--operator", operator.user().login());
        builder.environment().putAll(Map.of("KREISLAUF_HOME", directory.resolve("home").toString(), "KREISLAUF_URL", application.toString(),
                "KREISLAUF_OPERATOR_PASSWORD", operator.user().password(), "KREISLAUF_OIDC_URL", setting("quarkus.oidc.auth-server-url"),
                "KREISLAUF_OIDC_CLIENT_ID", setting("quarkus.oidc.client-id"), "KREISLAUF_OIDC_CLIENT_SECRET", setting("quarkus.oidc.credentials.secret"),
                "KREISLAUF_JDBC_URL", setting("quarkus.datasource.jdbc.url"), "KREISLAUF_DB_USER", setting("quarkus.datasource.username"),
                "KREISLAUF_DB_PASSWORD", setting("quarkus.datasource.password"), "KREISLAUF_KAFKA", setting("kafka.bootstrap.servers")));
        builder.environment().put("KREISLAUF_STREAM_PREFIX", setting("kreislauf.stream.prefix"));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Other tests break the ledger of this database on purpose, and the replay audits all of it: then it must not say that all is well. */
    private JsonNode finished(Path log, TestPerson operator) throws Exception {
        Process process = replay(log, operator).start();
        List<String> lines = process.inputReader().lines().toList();
        assertTrue(process.waitFor(4, TimeUnit.MINUTES));
        assertTrue(!lines.isEmpty(), "no result; the reason stands on stderr");
        JsonNode result = new ObjectMapper().readTree(lines.getLast());
        assertEquals("holds".equals(result.required("ledgerAudit").asText()), process.exitValue() == 0, result.toString());
        return result;
    }

    private int submitted() throws IOException {
        Path journal = directory.resolve("home/replay/small-log-1/journal");
        return Files.exists(journal) ? (int) Files.readAllLines(journal).stream().filter(line -> line.startsWith("submitted")).count() : 0;
    }

    private static String setting(String key) {
        return ConfigProvider.getConfig().getValue(key, String.class);
    }
}
