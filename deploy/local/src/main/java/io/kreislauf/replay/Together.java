package io.kreislauf.replay;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Runs tasks in order, several at a time; the first failure ends all. */
final class Together {

    private static final long TELL_EVERY_NANOS = 2_000_000_000L;

    interface Progressed {
        void told(int done, int all);
    }

    private Together() {}

    static void run(Collection<? extends Runnable> tasks, int atATime, Progressed progressed) {
        Queue<Runnable> waiting = new ConcurrentLinkedQueue<>(tasks);
        AtomicInteger done = new AtomicInteger();
        AtomicLong told = new AtomicLong(System.nanoTime());
        AtomicBoolean failed = new AtomicBoolean();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var runs = IntStream.range(0, atATime).<Future<?>>mapToObj(i -> threads.submit(() -> {
                for (Runnable task = waiting.poll(); task != null && !failed.get(); task = waiting.poll()) {
                    try {
                        task.run();
                    } catch (RuntimeException failure) {
                        failed.set(true);
                        throw failure;
                    }
                    int count = done.incrementAndGet();
                    long last = told.get();
                    if (System.nanoTime() - last > TELL_EVERY_NANOS && told.compareAndSet(last, System.nanoTime())) {
                        progressed.told(count, tasks.size());
                    }
                }
            })).toList();
            for (Future<?> run : runs) {
                run.get();
            }
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ReplayFailure("stopped; started again it resumes");
        }
        progressed.told(done.get(), tasks.size());
    }
}
