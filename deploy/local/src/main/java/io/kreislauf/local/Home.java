package io.kreislauf.local;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * The directory (KREISLAUF_HOME) that keeps everything of one installation: data, generated secrets, chosen ports, logs.
 *
 * <p>Only one launcher at a time holds it. Each small file is replaced as a whole, so that a kill leaves the old one or the new one.
 */
final class Home implements AutoCloseable {

    /** Below the range from which Linux gives ports to outgoing connections, which could otherwise take a remembered one. */
    private static final int PORT_MIN = 20_000;
    private static final int PORT_MAX = 30_000;

    private final Path directory;
    private final FileChannel lock;
    private final SecureRandom random = new SecureRandom();

    private Home(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    /** Makes the directory if need be and takes it for this process; refuses when another process has it. */
    static Home take(Path path) {
        try {
            var directory = path.toAbsolutePath().normalize();
            Files.createDirectories(directory);
            var channel = FileChannel.open(directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                var holder = read(directory.resolve("launcher")).getProperty("pid", "unknown");
                throw new StackException("%s is in use by process %s. Stop that one, or name another directory with KREISLAUF_HOME.".formatted(directory, holder));
            }
            var home = new Home(directory, channel);
            // A first operator's one-time password is in a log.
            Files.setPosixFilePermissions(home.directory("logs"), PosixFilePermissions.fromString("rwx------"));
            home.write("launcher", Map.of("pid", String.valueOf(ProcessHandle.current().pid())));
            return home;
        } catch (IOException e) {
            throw new StackException("Cannot use the directory %s: %s".formatted(path, e.getMessage()), e);
        }
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /** A directory inside this one, made if need be. */
    Path directory(String name) {
        try {
            return Files.createDirectories(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The secret of this name, made at the first call and kept in an owner-only file. */
    String secret(String name) {
        var secrets = read(path("secrets.properties"));
        if (secrets.getProperty(name) == null) {
            var bytes = new byte[24];
            random.nextBytes(bytes);
            secrets.setProperty(name, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
            write("secrets.properties", secrets);
        }
        return secrets.getProperty(name);
    }

    /** The loopback port of this name: the remembered one while it is free, otherwise a new one, which is then remembered. */
    int port(String name) {
        var ports = read(path("ports.properties"));
        var remembered = ports.getProperty(name);
        if (remembered != null && isFree(Integer.parseInt(remembered))) {
            return Integer.parseInt(remembered);
        }
        int port;
        do {
            port = random.nextInt(PORT_MIN, PORT_MAX);
        } while (ports.containsValue(String.valueOf(port)) || !isFree(port));
        if (remembered != null) {
            Progress.say("port %s of %s is taken by another program, using %d from now on".formatted(remembered, name, port));
        }
        ports.setProperty(name, String.valueOf(port));
        write("ports.properties", ports);
        return port;
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    boolean isDone(String step) {
        return Files.exists(directory("done").resolve(step));
    }

    /** Notes that a step of the first start is finished, so that the next start does not repeat it. */
    void done(String step) {
        try {
            Files.writeString(directory("done").resolve(step), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a properties file by these entries in alphabetical order, readable by its owner only. */
    void write(String name, Map<?, ?> entries) {
        var text = new StringBuilder();
        new TreeMap<>(entries).forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        write(name, text.toString());
    }

    void write(String name, String text) {
        try {
            var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
            var next = Files.createTempFile(directory, name, ".next", ownerOnly);
            Files.writeString(next, text);
            Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Properties properties(String name) {
        return read(path(name));
    }

    private static Properties read(Path file) {
        var properties = new Properties();
        try {
            if (Files.exists(file)) {
                properties.load(new StringReader(Files.readString(file)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
