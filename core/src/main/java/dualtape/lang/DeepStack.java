package dualtape.lang;

import dualtape.engine.Limits;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** Runs what recurses over the nesting of a program on a stack that is deep enough for it. */
final class DeepStack {
    /** The most levels that a flag may allow: their stack is a gigabyte. */
    static final int MOST_LEVELS = 100_000;
    private static final long BYTES_PER_LEVEL = 10_000;
    /** Levels for which any stack is deep enough. */
    private static final int FEW = 40;

    private DeepStack() {}

    /** The levels that a program of so many tokens can have: defs do not call themselves, so calls add none. */
    static int levels(int tokens, Limits limits) {
        return Math.min(tokens, Math.min(limits.nesting(), MOST_LEVELS));
    }

    static <T> T call(int levels, Supplier<T> task) {
        if (levels <= FEW) {
            return task.get();
        }
        AtomicReference<T> result = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        long bytes = (16L << 20) + BYTES_PER_LEVEL * levels;
        Thread thread = new Thread(null, () -> {
            try {
                result.set(task.get());
            } catch (Throwable e) {
                failure.set(e);
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
        if (failure.get() instanceof RuntimeException e) {
            throw e;
        } else if (failure.get() instanceof Error e) {
            throw e;
        }
        return result.get();
    }
}
