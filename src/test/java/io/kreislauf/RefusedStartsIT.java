package io.kreislauf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When {@code deploy/run} does not start: it says why and what to do, and nothing is deleted or left running. */
class RefusedStartsIT {

    private record Ended(int exitCode, String said) {}

    @TempDir
    Path home;

    @Test
    void aTakenPortIsNamedWithWhoHasIt() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended run = run(List.of("deploy/run"), Map.of("KREISLAUF_HTTP_PORT", String.valueOf(taken.getLocalPort())));
            assertEquals(1, run.exitCode());
            assertTrue(run.said().contains("Port %d is taken by process %d (".formatted(taken.getLocalPort(), ProcessHandle.current().pid())), run.said());
            assertTrue(run.said().contains("KREISLAUF_HTTP_PORT="), run.said());
        }
    }

    @Test
    void aFolderThatItDidNotMakeIsNotDeleted() throws Exception {
        Path dear = Files.writeString(home.resolve("dear"), "to somebody");
        Ended run = launcher(Map.of(), "--reset", "--yes");
        assertEquals(1, run.exitCode());
        assertTrue(run.said().contains("was not made by deploy/run"), run.said());
        assertTrue(Files.exists(dear));
    }

    @Test
    void nothingIsDeletedUnlessSomebodySaysYes() throws Exception {
        Path kept = made();
        Ended run = launcher(Map.of(), "--reset");
        assertEquals(1, run.exitCode());
        assertTrue(run.said().contains("Delete all data") && run.said().contains("Nothing was deleted."), run.said());
        assertTrue(Files.exists(kept));
    }

    @Test
    void nothingIsDeletedByAStartThatIsRefused() throws Exception {
        Path kept = made();
        Ended run = launcher(Map.of("KREISLAUF_HTTP_HOST", "0.0.0.0"), "--reset", "--yes");
        assertEquals(1, run.exitCode());
        assertTrue(run.said().contains("KREISLAUF_HTTP_HOST=0.0.0.0 is not this machine alone"), run.said());
        assertTrue(Files.exists(kept));
    }

    /** A home as an earlier start made it, with something in it. */
    private Path made() throws Exception {
        Files.createFile(home.resolve("launcher"));
        return Files.writeString(home.resolve("kept"), "this");
    }

    private Ended launcher(Map<String, String> environment, String... options) throws Exception {
        Path local = Path.of("deploy", "local", "target").toAbsolutePath();
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx48m",
                "-cp", local.resolve("kreislauf-local.jar") + File.pathSeparator + local.resolve("launcher") + "/*",
                "io.kreislauf.local.Run", Path.of("target", "quarkus-app").toAbsolutePath().toString()));
        command.addAll(List.of(options));
        return run(command, environment);
    }

    private Ended run(List<String> command, Map<String, String> environment) throws Exception {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectInput(new File("/dev/null"));
        builder.environment().put("KREISLAUF_HOME", home.toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        return new Ended(process.exitValue(), said);
    }
}
