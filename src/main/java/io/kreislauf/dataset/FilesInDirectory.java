package io.kreislauf.dataset;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Released files in a directory: written aside, forced to disk, then moved to their place in one step. */
@ApplicationScoped
class FilesInDirectory implements ReleasedFiles {

    private final Path directory;

    FilesInDirectory(@ConfigProperty(name = "kreislauf.files.directory") String directory) {
        this.directory = Path.of(directory).toAbsolutePath();
    }

    @Override
    public Draft begin(UUID versionId) throws IOException {
        Path aside = directory.resolve(".writing").resolve(versionId.toString());
        delete(aside);
        Files.createDirectories(aside);
        return new DraftDirectory(aside, directory.resolve(versionId.toString()));
    }

    @Override
    public InputStream open(UUID versionId, String path, long from) throws IOException {
        FileChannel channel = FileChannel.open(within(directory.resolve(versionId.toString()), path), StandardOpenOption.READ);
        return Channels.newInputStream(channel.position(from));
    }

    private record DraftDirectory(Path aside, Path place) implements Draft {

        @Override
        public OutputStream create(String path) throws IOException {
            Path file = within(aside, path);
            Files.createDirectories(file.getParent());
            return new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16);
        }

        @Override
        public void publish() throws IOException {
            for (Path file : tree(aside)) {
                if (Files.isRegularFile(file)) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                }
            }
            delete(place);
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static Path within(Path root, String path) {
        Path file = root.resolve(path).normalize();
        if (!file.startsWith(root) || file.equals(root)) {
            throw new IllegalArgumentException("A path outside of its version: " + path);
        }
        return file;
    }

    private static List<Path> tree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (var walk = Files.walk(root)) {
            return new ArrayList<>(walk.sorted(Comparator.reverseOrder()).toList());
        }
    }

    private static void delete(Path root) throws IOException {
        for (Path path : tree(root)) {
            Files.delete(path);
        }
    }
}
