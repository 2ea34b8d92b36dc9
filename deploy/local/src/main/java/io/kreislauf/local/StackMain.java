package io.kreislauf.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;

/**
 * Starts the stack for another program: prints {@code key=value} lines and {@code READY} on stdout, and ends everything when its input closes.
 *
 * <p>Arguments: the home directory, and {@code --volatile} for a PostgreSQL that need not survive a loss of power.
 */
final class StackMain {

    private StackMain() {
    }

    public static void main(String[] args) throws IOException {
        if (args.length == 0) {
            System.err.println("usage: StackMain HOME [--volatile]");
            System.exit(2);
        }
        try (var home = Home.take(Path.of(args[0])); var stack = new LocalStack(home, EnumSet.allOf(Part.class), !Arrays.asList(args).contains("--volatile"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(stack::close, "stop"));
            stack.onUnexpectedEnd(StackMain::endBecauseOf);
            stack.start();
            stack.properties().forEach((key, value) -> System.out.println(key + "=" + value));
            System.out.println("READY");
            System.out.flush();
            while (System.in.read() >= 0) {
                // Only the end of the input means something.
            }
        } catch (StackException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    /** A stack with a part missing is of no use to anybody, and its starter sees our end at once. */
    private static void endBecauseOf(Child child) {
        System.err.println("%s ended (exit code %d), so the stack ends.".formatted(child.name(), child.process().exitValue()));
        System.exit(1);
    }
}
