/** The most heap in use, garbage included, and what is left of it whenever everything was settled and collected. */
final class HeapSampler implements AutoCloseable {

    private final Thread thread = Thread.ofPlatform().daemon().start(this::sample);
    private volatile long max;

    long maxMb() {
        return max;
    }

    void settled() {
        System.err.println("heap in use after a collection: " + used() + " MB");
    }

    private void sample() {
        try {
            while (true) {
                max = Math.max(max, used());
                Thread.sleep(50);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    private static long used() {
        var runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
