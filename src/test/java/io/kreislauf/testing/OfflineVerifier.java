package io.kreislauf.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;

/**
 * {@code deploy/verify} on proofs that are written to files first. The command compiles its program at each call; here the first proof of a run goes through
 * the command itself, and the others to the same program, compiled once.
 */
public record OfflineVerifier(Path files) {

    private static final Path SOURCE = Path.of("deploy", "local", "verify", "Verify.java");
    private static final Path COMPILED = Path.of("target", "verify");

    private static boolean isCompiled;

    /** What it says on either stream, and its exit code. */
    public record Verdict(int exit, String says) {}

    public Verdict verify(String proof, String... more) throws IOException, InterruptedException {
        var file = Files.writeString(files.resolve(UUID.randomUUID() + ".json"), proof);
        var command = new ArrayList<>(program());
        command.add(file.toString());
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var says = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Verdict(process.exitValue(), says);
    }

    private static synchronized List<String> program() throws IOException {
        if (!isCompiled) {
            Files.createDirectories(COMPILED);
            assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", COMPILED.toString(), SOURCE.toString()));
            isCompiled = true;
            return List.of("deploy/verify");
        }
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", COMPILED.toString(), "Verify");
    }
}
