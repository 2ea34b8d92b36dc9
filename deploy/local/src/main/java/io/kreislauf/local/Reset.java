package io.kreislauf.local;

import java.nio.file.Files;
import java.nio.file.Path;

/** Deletes a home, after asking. */
final class Reset {

    private Reset() {
    }

    static void delete(Path path, boolean unasked) {
        var directory = path.toAbsolutePath().normalize();
        if (!Files.exists(directory)) {
            return;
        }
        // Anything else with this name may be dear to somebody.
        if (!Files.exists(directory.resolve("launcher"))) {
            throw new StackException("%s was not made by deploy/run, so it is not deleted.".formatted(directory));
        }
        if (!unasked) {
            System.err.printf("Delete all data in %s? Labels, hours and books are gone then. Type yes: ", directory);
            var console = System.console();
            var answer = console == null ? "" : console.readLine();
            if (!"yes".equalsIgnoreCase(answer == null ? "" : answer.strip())) {
                throw new StackException("Nothing was deleted.");
            }
        }
        // Taking it shows that nobody is using it, and what an earlier run left behind has to end first.
        try (var home = Home.take(directory)) {
            Leftovers.end(home);
            Distribution.deleteTree(directory);
        }
        Progress.say("deleted " + directory);
    }
}
