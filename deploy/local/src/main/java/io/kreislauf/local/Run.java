package io.kreislauf.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What {@code deploy/run} is once everything is built: starts the servers that are not configured elsewhere, then the application, and keeps
 * them together until it is told to stop or one of them ends.
 *
 * <p>Arguments: the directory of the packaged application; {@code --reset} to delete the home first, {@code --yes} to do so unasked.
 */
final class Run {

    private static final int HTTP_PORT_DEFAULT = 8080;

    private static volatile boolean stopping;

    private Run() {
    }

    public static void main(String[] args) {
        try {
            var homePath = Path.of(setting("KREISLAUF_HOME", ".kreislauf"));
            // What would be refused afterwards is refused before anything is deleted.
            new External(System.getenv()).refuseBeyondLoopback();
            if (Arrays.asList(args).contains("--reset")) {
                Reset.delete(homePath, Arrays.asList(args).contains("--yes"));
            }
            run(homePath, Path.of(args[0]));
        } catch (StackException e) {
            // Once we are stopping, a part that ends while somebody waits for it is no news.
            if (!stopping) {
                System.err.println(e.getMessage());
            }
            System.exit(1);
        }
    }

    private static void run(Path homePath, Path packaged) {
        var external = new External(System.getenv());
        var port = Integer.parseInt(setting("KREISLAUF_HTTP_PORT", String.valueOf(HTTP_PORT_DEFAULT)));
        try (var home = Home.take(homePath); var stack = new LocalStack(home, external.partsToStart(), true)) {
            var ended = new CountDownLatch(1);
            var culprit = new AtomicReference<Child>();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                stopping = true;
                home.delete("url");
                Progress.say("stopping");
                stack.close();
                Progress.say("stopped; the data stays in " + home.path(""));
            }, "stop"));
            stack.onUnexpectedEnd(child -> {
                culprit.compareAndSet(null, child);
                ended.countDown();
            });
            home.delete("url");
            stack.start();
            Progress.say(external.demo() && !home.isDone("first-start") ? "starting the application, which creates the demo" : "starting the application");
            var application = new Application(home, ownCopy(home, packaged), port);
            application.start(stack.properties(), external.demo(), stack::started);
            application.await();
            home.done("first-start");
            home.write("stack.properties", stack.properties());
            home.write("url", application.url() + "\n");
            Progress.say("ready");
            System.out.println(welcome(external.demo() ? "/welcome-demo.txt" : "/welcome.txt", application.url()));
            ended.await();
            System.err.printf("%s ended (exit code %d), so everything ends. Its log: %s%n", culprit.get().name(),
                    culprit.get().process().exitValue(), home.path("logs").resolve(culprit.get().name() + ".log"));
            System.exit(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The application runs from a copy, so that building anew beside it does not take classes from under its feet. */
    private static Path ownCopy(Home home, Path packaged) {
        var copy = home.path("application");
        try {
            var built = Files.getLastModifiedTime(packaged.resolve("quarkus-run.jar"));
            var stamp = copy.resolve("copied-from-build-of");
            if (!Files.exists(stamp) || !Files.readString(stamp).equals(built.toString())) {
                Distribution.deleteTree(copy);
                try (var tree = Files.walk(packaged)) {
                    for (var from : tree.toList()) {
                        var to = copy.resolve(packaged.relativize(from).toString());
                        if (Files.isDirectory(from)) {
                            Files.createDirectories(to);
                        } else {
                            Files.copy(from, to);
                        }
                    }
                }
                Files.writeString(stamp, built.toString());
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String welcome(String resource, String url) {
        try (var in = Run.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("${url}", url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String setting(String name, String otherwise) {
        var value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }
}
