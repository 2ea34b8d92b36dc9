package io.kreislauf.replay;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which row of the log was claimed, submitted or given back, a line for each; the line of a row names it. */
final class Journal implements AutoCloseable {

    /** @param formVersion that the claim showed */
    record Claim(String claimId, long fencingVersion, int formVersion) {}

    private final Map<Long, Claim> claims = new ConcurrentHashMap<>();
    private final Map<Long, String> submissions = new ConcurrentHashMap<>();
    private final Map<Long, String> returned = new ConcurrentHashMap<>();
    private final BufferedWriter writer;

    Journal(Path directory) throws IOException {
        Path file = directory.resolve("journal");
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            for (String line : lines) {
                String[] words = line.split(" ");
                // Being killed can leave a last line half written.
                if (words.length == 5 && words[0].equals("claimed")) {
                    claims.put(Long.valueOf(words[1]), new Claim(words[2], Long.parseLong(words[3]), Integer.parseInt(words[4])));
                } else if (words.length == 4 && words[0].equals("submitted")) {
                    submissions.put(Long.valueOf(words[1]), words[2]);
                } else if (words.length == 4 && words[0].equals("returned")) {
                    returned.put(Long.valueOf(words[1]), words[2]);
                }
            }
        }
        writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        writer.write("\n");
    }

    void claimed(long row, Claim claim) {
        claims.put(row, claim);
        write("claimed %d %s %d %d".formatted(row, claim.claimId(), claim.fencingVersion(), claim.formVersion()));
    }

    void submitted(long row, String submissionId) {
        submissions.put(row, submissionId);
        write("submitted %d %s .".formatted(row, submissionId));
    }

    void returned(long row, String claimId) {
        returned.put(row, claimId);
        write("returned %d %s .".formatted(row, claimId));
    }

    Claim claim(long row) {
        return claims.get(row);
    }

    String submission(long row) {
        return submissions.get(row);
    }

    String returnedClaim(long row) {
        return returned.get(row);
    }

    int submissions() {
        return submissions.size();
    }

    private synchronized void write(String line) {
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
