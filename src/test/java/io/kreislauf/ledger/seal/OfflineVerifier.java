package io.kreislauf.ledger.seal;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** {@code deploy/verify} on proofs that are written to files first. */
record OfflineVerifier(Path files) {

    record Verdict(int exit, String says) {}

    Verdict verify(String proof, String... more) throws Exception {
        var file = Files.writeString(files.resolve(UUID.randomUUID() + ".json"), proof);
        var command = new ArrayList<>(List.of("deploy/verify", file.toString()));
        command.addAll(List.of(more));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var says = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return new Verdict(process.exitValue(), says);
    }
}
