package dualtape.ir;

import java.util.function.Supplier;

/**
 * Looks now and then at work on large graphs: while one is built, evaluated, or lowered. A watch ends what takes too much
 * by an exception. It belongs to the thread that works {@link #during} it; without one nothing is watched.
 */
public abstract class Watch {
    private static final int EVERY = 1 << 12;

    private static final Watch NONE = new Watch() {
        @Override
        public void check(long nodes) {}
    };

    private static final ThreadLocal<Watch> CURRENT = ThreadLocal.withInitial(() -> NONE);

    /** The watch of this thread. */
    public static Watch current() {
        return CURRENT.get();
    }

    /** Ends the work by an exception if it has taken too long, or if its graph has grown to too many nodes. */
    public abstract void check(long nodes);

    /** {@link #check}, once in a few thousand steps. */
    public final void tick(int step, long nodes) {
        if ((step & EVERY - 1) == EVERY - 1) {
            check(nodes);
        }
    }

    /** Does some work of this thread under this watch. */
    public final <T> T during(Supplier<T> work) {
        Watch before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.set(before);
        }
    }
}
