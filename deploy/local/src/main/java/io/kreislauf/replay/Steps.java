package io.kreislauf.replay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Supplier;

/** What has been done, kept in a file after each step, so that a replay that was stopped goes on where it was. */
final class Steps {

    private final Path file;
    private final ObjectNode done;

    private Steps(Path file, ObjectNode done) {
        this.file = file;
        this.done = done;
    }

    static Steps in(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("steps.json");
        return new Steps(file, Files.exists(file) ? (ObjectNode) Api.JSON.readTree(file.toFile()) : Api.JSON.createObjectNode());
    }

    boolean has(String step) {
        return done.has(step);
    }

    /** What the step gave when it was done; does it first if it was not. It may be done again if we are stopped within it. */
    String once(String step, Supplier<String> work) {
        if (!done.has(step)) {
            String result = work.get();
            done.put(step, result);
            write();
        }
        return done.get(step).asText();
    }

    void once(String step, Runnable work) {
        once(step, () -> {
            work.run();
            return "done";
        });
    }

    private void write() {
        try {
            Path fresh = file.resolveSibling("steps.json.new");
            Api.JSON.writerWithDefaultPrettyPrinter().writeValue(fresh.toFile(), done);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
