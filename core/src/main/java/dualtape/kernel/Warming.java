package dualtape.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;

/**
 * Warms code on vectors until it allocates nothing and is faster than plain loops, on a thread of its own. One such thread works at a
 * time; between rounds others have their turn, so that one that never gets there holds up nobody.
 */
public final class Warming {
    /** After so long without success a task stays portable: there is no optimising compiler, or it does not know these vectors. */
    private static final long GIVE_UP_NANOS = 60_000_000_000L;
    private static final long PAUSE_MILLIS = 20;
    /** Rounds of calls that must be clean one after the other, and that are timed then. */
    private static final int ROUNDS = 5;
    /** What the counter itself may allocate. */
    private static final int COUNTER_BYTES = 96;

    private final Subject subject;

    private Warming(Subject subject) {
        this.subject = subject;
    }

    /** Code in two forms, with data to run it on. Calls have numbers, for data of several sizes. */
    public interface Subject {
        /** Makes ready, on the thread that warms. Whether there is anything to warm. */
        default boolean begin() {
            return true;
        }

        /** The calls of one round. */
        int calls();

        /** The bytes that one round may allocate. */
        long allowance();

        /** Runs the vectors, on little data: at first they are very slow. */
        void warm(int call);

        /** Runs the vectors. */
        void vectors(int call);

        /** Runs the plain loops. */
        void portable(int call);

        /** From now on the vectors serve. */
        void use();
    }

    /** Warms the vectors on a thread of its own. */
    public static void start(String what, Subject subject) {
        Thread thread = new Thread(new Warming(subject)::run, "dualtape warms " + what);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        boolean begun;
        synchronized (Warming.class) {
            begun = subject.begin();
        }
        if (begun && warm()) {
            subject.use();
        }
    }

    /** Whether it became free of garbage, and is then faster in the best of some rounds. */
    private boolean warm() {
        if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads)) {
            return false;
        }
        long start = System.nanoTime();
        int clean = 0;
        while (clean < ROUNDS) {
            boolean allocates;
            synchronized (Warming.class) {
                long before = threads.getCurrentThreadAllocatedBytes();
                round(subject::warm);
                // A vector that is an object costs 16 bytes or more for each 4 elements.
                allocates = threads.getCurrentThreadAllocatedBytes() - before > subject.allowance() + COUNTER_BYTES;
            }
            clean = allocates ? 0 : clean + 1;
            if (System.nanoTime() - start > GIVE_UP_NANOS || allocates && !pause()) {
                return false;
            }
        }
        synchronized (Warming.class) {
            return faster();
        }
    }

    private boolean faster() {
        long best = Long.MAX_VALUE;
        long plain = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            best = Math.min(best, round(subject::vectors));
            plain = Math.min(plain, round(subject::portable));
        }
        return best < plain;
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

    private long round(IntConsumer form) {
        long start = System.nanoTime();
        for (int call = 0; call < subject.calls(); call++) {
            form.accept(call);
        }
        return System.nanoTime() - start;
    }
}
