package dualtape.lang;

import dualtape.engine.Limits;
import java.util.concurrent.Callable;

/** Runs what recurses over the nesting of a program on a stack that is deep enough for the limit of nesting. */
final class DeepStack {
    /** The most levels that a flag may allow: their stack is a gigabyte. */
    static final int MOST_LEVELS = 100_000;
    private static final long BYTES_PER_LEVEL = 10_000;

    private DeepStack() {}

    static <T> T call(Limits limits, Callable<T> task) {
        Object[] result = new Object[1];
        Throwable[] failure = new Throwable[1];
        long bytes = (16L << 20) + BYTES_PER_LEVEL * Math.min(limits.nesting(), MOST_LEVELS);
        Thread thread = new Thread(null, () -> {
            try {
                result[0] = task.call();
            } catch (Throwable e) {
                failure[0] = e;
            }
        }, "program", bytes);
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        if (failure[0] instanceof RuntimeException e) {
            throw e;
        } else if (failure[0] instanceof Error e) {
            throw e;
        } else if (failure[0] != null) {
            throw new IllegalStateException(failure[0]);
        }
        @SuppressWarnings("unchecked")
        T value = (T) result[0];
        return value;
    }
}
