package io.kreislauf.local;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Runs another main class, and ends with whoever started it: when standard input closes, which it does even if the starter is killed.
 *
 * <p>Ctrl-C in a terminal reaches every process of the group at once. It is ignored here, because the starter stops its parts in order.
 */
final class Tethered {

    private static final long ORDERLY_MILLIS_MAX = 15_000;

    private Tethered() {
    }

    /** @param args the main class, then its own arguments */
    public static void main(String[] args) throws ReflectiveOperationException {
        Signal.handle(new Signal("INT"), SignalHandler.SIG_IGN);
        Thread.ofPlatform().daemon().name("tether").start(Tethered::endWithInput);
        var main = Class.forName(args[0]).getMethod("main", String[].class);
        try {
            main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
        } catch (InvocationTargetException e) {
            e.getCause().printStackTrace();
            System.exit(1);
        }
    }

    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // Nobody writes; only the end of the input means something.
            }
        } catch (IOException e) {
            System.err.println("tether lost: " + e.getMessage());
        }
        Thread.ofPlatform().daemon().name("impatience").start(Tethered::haltIfStillThere);
        System.exit(0);
    }

    private static void haltIfStillThere() {
        try {
            Thread.sleep(ORDERLY_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }
}
