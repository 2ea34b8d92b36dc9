package io.kreislauf.history;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a history, one JSON object a line, in the order of time. */
final class Recorder implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter WRITER = JSON.writerFor(Event.class);
    private static final ObjectReader READER = JSON.readerFor(Event.class);

    private final BufferedWriter file;
    private final long began = System.nanoTime();
    private long calls;

    Recorder(Path path) throws IOException {
        file = Files.newBufferedWriter(path);
    }

    /** An invocation, before it is sent; gives it back with its number. A disturbance is an invocation without an answer. */
    synchronized Event invoked(Event event) {
        Event numbered = event.at(micros(), ++calls);
        write(numbered);
        return numbered;
    }

    /** The answer to an invocation, after it came. */
    synchronized void answered(Event event) {
        write(event.at(micros(), event.call()));
    }

    private long micros() {
        return (System.nanoTime() - began) / 1_000;
    }

    private void write(Event event) {
        try {
            file.write(WRITER.writeValueAsString(event));
            file.newLine();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static List<Event> read(Path path) throws IOException {
        try (var lines = Files.lines(path)) {
            return lines.map(Recorder::parsed).toList();
        }
    }

    private static Event parsed(String line) {
        try {
            return READER.readValue(line);
        } catch (IOException malformed) {
            throw new UncheckedIOException(malformed);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
