package io.kreislauf.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of the stack. Its standard input is the tether: closing it asks the process to end, and so does our own death. */
final class Child {

    private static final long LOG_BYTES_MAX = 10_000_000;

    private final String name;
    private final Process process;
    private final Path log;

    private Child(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /** Starts a Java program on the JDK that runs this one, tethered. */
    static Child java(Home home, String name, List<String> jvmOptions, List<Path> classPath, List<String> mainAndArguments, Map<String, String> environment) {
        var command = new ArrayList<String>();
        command.add(javaCommand());
        command.addAll(jvmOptions);
        // Tells our own orphans from other people's programs.
        command.add("-Dkreislauf.home=" + home.path(""));
        command.add("-cp");
        var all = new ArrayList<String>();
        classPath.forEach(path -> all.add(path.toString()));
        all.add(Distribution.ownClasses().toString());
        command.add(String.join(File.pathSeparator, all));
        command.add(Tethered.class.getName());
        command.addAll(mainAndArguments);
        return start(home, name, command, environment);
    }

    static String javaCommand() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static Child start(Home home, String name, List<String> command, Map<String, String> environment) {
        try {
            var log = home.directory("logs").resolve(name + ".log");
            if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
                Files.move(log, log.resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
            }
            var builder = new ProcessBuilder(command).directory(home.path("").toFile()).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            // Options meant for somebody else's JVM would enlarge ours.
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS", "MAVEN_OPTS"));
            builder.environment().putAll(environment);
            return new Child(name, builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    Path log() {
        return log;
    }

    long pid() {
        return process.pid();
    }

    Process process() {
        return process;
    }

    /** Waits until the condition holds; throws with the end of the log when the process ends or the time is up before. */
    void await(Duration atMost, Condition ready) {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (!ready.holds()) {
            if (!process.isAlive()) {
                throw new StackException("%s ended with exit code %d.%n%s".formatted(name, process.exitValue(), logEnd()));
            }
            if (System.nanoTime() > deadline) {
                throw new StackException("%s is not ready after %d s.%n%s".formatted(name, atMost.toSeconds(), logEnd()));
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StackException("interrupted while waiting for " + name, e);
            }
        }
    }

    private String logEnd() {
        try {
            var lines = Files.readAllLines(log);
            return "The end of %s:%n%s".formatted(log, String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
        } catch (IOException e) {
            return "Its log is " + log;
        }
    }

    /** Asks the process to end. */
    void askToStop() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            process.destroy();
        }
    }

    /** Asks the process to end, waits, and kills it with its descendants if it will not. */
    void stop(Duration atMost) {
        var descendants = process.descendants().toList();
        askToStop();
        try {
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Something that may come to hold. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }
}
