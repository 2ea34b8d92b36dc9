package io.kreislauf.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A short program that is run to its end. */
final class Command {

    private Command() {
    }

    /** Runs it and returns what it said; a failure shows that too. */
    static String run(Path directory, Map<String, String> environment, List<String> command) {
        try {
            var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            var process = builder.start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exit = process.waitFor();
            if (exit != 0) {
                throw new StackException("%s failed with exit code %d:%n%s".formatted(command.getFirst(), exit, output));
            }
            return output;
        } catch (IOException e) {
            throw new StackException("Cannot run %s: %s".formatted(command.getFirst(), e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while running " + command.getFirst(), e);
        }
    }

    static boolean succeeds(Path directory, List<String> command) {
        try {
            run(directory, Map.of(), command);
            return true;
        } catch (StackException e) {
            return false;
        }
    }
}
