package dualtape.engine;

import dualtape.ir.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Items of work spread over threads: whoever is free takes the next. An item does the same whoever takes it, and writes to
 * places of its own, so the number of threads changes no bit.
 *
 * <p>Threads are lent for a stretch of work and end when nobody has wanted them for a second; none keeps a process alive.
 */
public final class Spread {
    private static final ThreadPoolExecutor THREADS = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS,
            new SynchronousQueue<>(), Spread::thread);

    private final int items;
    private final Work work;
    /** The calling thread does the first item, so that what it does is there afterwards. */
    private final AtomicInteger next = new AtomicInteger(1);
    private volatile int failed = Integer.MAX_VALUE;
    private Throwable failure;

    /** What is spread. */
    @FunctionalInterface
    public interface Work {
        /**
         * Does one item.
         *
         * @param worker who does it: 0 for the calling thread, which does item 0 among others; each is one thread
         */
        void item(int worker, int item);
    }

    private Spread(int items, Work work) {
        this.items = items;
        this.work = work;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "dualtape spreads");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Does items 0 to {@code items} − 1, the calling thread among others, under its {@link Watch}; returns when all are done. If
     * some fail no more are begun, and what the first of them threw is thrown: what one thread alone would have thrown. An
     * interrupt changes nothing, as with one thread, and is kept.
     *
     * @param threads how many at the most, 1 at least
     */
    public static void over(int threads, int items, Work work) {
        if (threads < 2 || items < 2) {
            for (int item = 0; item < items; item++) {
                work.item(0, item);
            }
            return;
        }
        new Spread(items, work).run(Math.min(threads, items));
    }

    private void run(int workers) {
        Watch watch = Watch.current();
        List<Future<?>> others = new ArrayList<>();
        for (int i = 1; i < workers; i++) {
            int worker = i;
            try {
                others.add(THREADS.submit(() -> watch.during(() -> {
                    rest(worker);
                    return null;
                })));
            } catch (OutOfMemoryError e) {
                break; // no thread more: those that there are do it
            }
        }
        attempt(0, 0);
        rest(0);
        boolean interrupted = false;
        for (Future<?> other : others) {
            interrupted |= await(other);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw Spread.<RuntimeException>same(failure);
        }
    }

    private void rest(int worker) {
        while (failed == Integer.MAX_VALUE) {
            int item = next.getAndIncrement();
            if (item < 0 || item >= items) {
                return;
            }
            attempt(worker, item);
        }
    }

    private void attempt(int worker, int item) {
        try {
            work.item(worker, item);
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                if (item < failed) { // all items before it were begun
                    failed = item;
                    failure = e;
                }
            }
        }
    }

    /** Whether it was interrupted meanwhile. */
    private static boolean await(Future<?> other) {
        boolean interrupted = false;
        while (true) {
            try {
                other.get();
                return interrupted;
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause()); // an item's failure never comes this way
            }
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T same(Throwable failure) throws T {
        throw (T) failure;
    }
}
