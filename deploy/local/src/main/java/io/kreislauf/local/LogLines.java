package io.kreislauf.local;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Follows a growing log and picks what matches. */
final class LogLines {

    private final Path log;
    private final Pattern wanted;
    private long read;

    /** @param from how many bytes of the log to leave out; all of what is there if the log has become shorter since */
    LogLines(Path log, long from, Pattern wanted) {
        this.log = log;
        this.wanted = wanted;
        this.read = bytes(log) < from ? 0 : from;
    }

    static long bytes(Path log) {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What matches in the complete lines that are new since the last call. */
    List<String> next() {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(read);
            var bytes = new byte[(int) Math.min(file.length() - read, 1 << 20)];
            file.readFully(bytes);
            var text = new String(bytes, StandardCharsets.ISO_8859_1);
            var complete = text.substring(0, text.lastIndexOf('\n') + 1);
            read += complete.length();
            return wanted.matcher(new String(complete.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)).results()
                    .map(MatchResult::group).toList();
        } catch (IOException e) {
            return List.of();
        }
    }
}
