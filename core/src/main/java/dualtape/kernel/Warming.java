package dualtape.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * Warms code on vectors until it allocates nothing, and lets it serve if it is faster than plain loops then. One thread in the background
 * does this for all that waits, in turn and a few milliseconds at a time, so that what never gets there holds up nobody.
 *
 * <p>The JVM's compiler counts calls and trips of loops. Before it has compiled vector code, each operation on vectors takes microseconds;
 * so the calls that are only to be counted are many and on very little data.
 */
public final class Warming {
    /** A turn of who is to have calls counted, and of who waits for the compiler. */
    private static final long TURN_NANOS = 3_000_000;
    private static final long LOOK_NANOS = 500_000;
    /** The time that the compiler has for its work then; it has had it so often, others have been warmed in between. */
    private static final long PATIENCE_NANOS = 1_000_000_000;
    private static final int COUNTS = 8;
    /** The calls that the compiler counts before it compiles anything thoroughly, and some more. */
    private static final long COUNTED = 6_000;
    /** The pause after a turn of who waits for the compiler. */
    private static final long PAUSE_MILLIS = 2;
    /** Turns that must be clean one after the other before it is compared with the plain loops. */
    private static final int CLEAN = 2;
    /** How often the two forms are timed in turn: the best of each counts. */
    private static final int ROUNDS = 7;
    /** How often it may be slower: something else may have run at that time, or the compiler may not be through. */
    private static final int TRIALS = 4;
    /** What the counter itself may allocate. */
    private static final int COUNTER_BYTES = 96;

    private static final List<Warming> WAITING = new ArrayList<>();
    private static boolean running;

    private final Subject subject;
    private long calls;
    /** When the calls were enough, and how often they have been counted from the first on. */
    private long counted;
    private int counts;
    private int clean;
    private int trials;

    private Warming(Subject subject) {
        this.subject = subject;
    }

    /** Code in two forms, with data to run it on. Calls have numbers, for data of several sizes. */
    public interface Subject {
        /** Makes ready, on the thread that warms. Whether there is anything to warm. */
        default boolean begin() {
            return true;
        }

        /** The calls of which one round of a comparison consists. */
        int calls();

        /** The bytes that one call may allocate. */
        long allowance();

        /** Nanoseconds that the plain loops have taken so far, very roughly: who has most is warmed first. */
        long demand();

        /** Runs the vectors, on very little data. */
        void warm(long call);

        /** Runs the vectors. */
        void vectors(int call);

        /** Runs the plain loops. */
        void portable(int call);

        /** From now on the vectors serve. */
        void use();

        /** They are slower: the plain loops stay. */
        default void stay() {}
    }

    /** Warms the vectors in the background. */
    public static void start(Subject subject) {
        synchronized (WAITING) {
            WAITING.add(new Warming(subject));
            if (!running) {
                running = true;
                Thread thread = new Thread(Warming::run, "dualtape warms vectors");
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    /** How many are being warmed, or wait for it. */
    public static int waiting() {
        synchronized (WAITING) {
            return WAITING.size();
        }
    }

    /** Gives turns until none is left. */
    private static void run() {
        for (Warming next = next(); next != null; next = next()) {
            boolean again = false;
            try {
                again = next.turn();
            } catch (RuntimeException | LinkageError e) { // the plain loops stay
                Thread current = Thread.currentThread();
                current.getUncaughtExceptionHandler().uncaughtException(current, e);
            }
            if (!again) {
                synchronized (WAITING) {
                    WAITING.remove(next);
                }
            }
        }
    }

    /**
     * Whose turn it is: the one whose plain loops have taken most time, which has the compiler for itself then; but those for which the
     * compiler has not done enough come after those that it has not seen yet. Null once there is none, after which this thread ends.
     */
    private static Warming next() {
        synchronized (WAITING) {
            running = !WAITING.isEmpty();
            Warming next = null;
            for (Warming each : WAITING) {
                if (next == null || each.counts < next.counts
                        || each.counts == next.counts && each.subject.demand() > next.subject.demand()) {
                    next = each;
                }
            }
            return next;
        }
    }

    /** Whether it needs another turn. */
    private boolean turn() {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)
                || counts == 0 && calls == 0 && !subject.begin()) {
            return false;
        }
        long now = System.nanoTime();
        boolean waits = calls >= COUNTED;
        if (waits && now - counted > PATIENCE_NANOS) {
            calls = 0;
            return ++counts < COUNTS || stay();
        }
        long end = now + (waits ? LOOK_NANOS : TURN_NANOS);
        long first = calls;
        long before = threads.getCurrentThreadAllocatedBytes();
        while (System.nanoTime() < end) {
            subject.warm(calls++);
        }
        clean = allocates(threads, before, calls - first) ? 0 : clean + 1;
        if (!waits) {
            counted = now;
        } else if (clean >= CLEAN) {
            clean = 0;
            return compare(threads) && pause();
        } else {
            return pause();
        }
        return true;
    }

    private boolean stay() {
        subject.stay();
        return false;
    }

    /** Whether more was allocated than so many calls may. A vector that is an object costs 16 bytes or more for each 4 elements. */
    private boolean allocates(ThreadMXBean threads, long before, long count) {
        return threads.getCurrentThreadAllocatedBytes() - before > count * subject.allowance() + COUNTER_BYTES;
    }

    /** Lets the vectors serve if they are faster. Whether it has to be tried again. */
    private boolean compare(ThreadMXBean threads) {
        long best = Long.MAX_VALUE;
        long plain = Long.MAX_VALUE;
        boolean allocates = false;
        for (int i = 0; i < ROUNDS; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            best = Math.min(best, round(true));
            allocates = allocates(threads, before, subject.calls());
            plain = Math.min(plain, round(false));
        }
        if (!allocates && best < plain) {
            subject.use();
            return false;
        }
        return allocates || ++trials < TRIALS || stay();
    }

    private long round(boolean vectors) {
        int count = subject.calls();
        long begun = System.nanoTime();
        for (int call = 0; call < count; call++) {
            if (vectors) {
                subject.vectors(call);
            } else {
                subject.portable(call);
            }
        }
        return System.nanoTime() - begun;
    }

    /** Leaves the processor to the compiler and to who waits for results. Whether to go on. */
    private static boolean pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }
}
