package io.kreislauf.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kreislauf.testing.ApplicationProcesses;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code deploy/bench claims} in miniature: the statements that it sends bare are still those of the application, and it tells what it should. */
class ClaimsBenchIT {

    private static final List<String> RATES = List.of("cyclesPerSecond", "bareCyclesPerSecond", "claimMillisP50", "claimMillisP99", "submitMillisP50", "submitMillisP99",
            "cyclesPerSecond10k", "cyclesPerSecond100k", "cyclesPerSecond1m", "bareCyclesPerSecond10k", "bareCyclesPerSecond1m", "cyclesPerSecondWithReport");

    @Test
    void eachPartRunsAndTheLastLineTellsIt() throws Exception {
        try (ApplicationProcesses processes = new ApplicationProcesses(1)) {
            processes.start(0);
            processes.untilReady(0);
            var stack = processes.stack();
            String operator = processes.operatorLogin();
            stack.setProperty("operator.login", operator);
            stack.setProperty("operator.password", operator);
            try (var file = Files.newBufferedWriter(processes.home().resolve("stack.properties"))) {
                stack.store(file, null);
            }
            Process bench = benching(processes);
            List<String> lines = bench.inputReader().lines().toList();
            assertTrue(bench.waitFor(4, TimeUnit.MINUTES));
            assertEquals(0, bench.exitValue());
            JsonNode figures = new ObjectMapper().readTree(lines.getLast());
            RATES.forEach(rate -> assertTrue(figures.required(rate).asDouble() > 0, rate + " in " + figures));
            assertEquals(0, figures.required("overlapViolations").asInt());
            assertEquals(0, figures.required("lostSlots").asInt());
        }
    }

    private static Process benching(ApplicationProcesses processes) throws Exception {
        Path local = Path.of("deploy", "local", "target").toAbsolutePath();
        assertTrue(Files.exists(local.resolve("kreislauf-local.jar")), "mvn package in deploy/local first");
        Path application = Path.of("target", "quarkus-app").toAbsolutePath();
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m", "--enable-native-access=ALL-UNNAMED", "-cp",
                String.join(File.pathSeparator, local.resolve("kreislauf-local.jar").toString(), local.resolve("launcher") + "/*", local.resolve("kafka") + "/*",
                        application.resolve("app") + "/*", application.resolve("lib/main") + "/*"),
                "io.kreislauf.bench.ClaimsBench", processes.home().toString(), processes.url(0), "--trial")
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
