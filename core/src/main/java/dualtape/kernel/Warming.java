package dualtape.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Warms the vector form of a task until it allocates nothing and is faster than plain loops, on one thread of its own at a time. */
final class Warming {
    /** After so long without success a task stays portable: there is no optimising compiler, or it does not know these vectors. */
    private static final long GIVE_UP_NANOS = 60_000_000_000L;
    private static final long PAUSE_MILLIS = 20;
    private static final int CALLS = 100;
    /** Rounds of {@link #CALLS} that must be clean one after the other, and that are timed then. */
    private static final int ROUNDS = 5;
    /** What a sample may allocate itself. */
    private static final int SAMPLE_BYTES = 96;
    /** Whole vectors, rests, and less than one vector. */
    private static final int[] SIZES = {1024, 1000, 1023, 991, 64, 37, 5, 3};

    private final Task task;
    private final TensorKernels portable;
    private final TensorKernels vector;
    private final Task.Data data = Task.Data.of(samples());

    private Warming(Task task, TensorKernels portable, TensorKernels vector) {
        this.task = task;
        this.portable = portable;
        this.vector = vector;
    }

    static void start(Task task, TensorKernels portable, TensorKernels vector) {
        Thread thread = new Thread(new Warming(task, portable, vector)::run, "dualtape warms " + task);
        thread.setDaemon(true);
        thread.start();
    }

    /** Numbers of usual size, and here and there one for which a function goes its long way. */
    private static double[] samples() {
        SplittableRandom random = new SplittableRandom(1);
        double[] x = new double[1040];
        Arrays.setAll(x, k -> k % 97 == 0 ? Math.scalb(random.nextDouble() - 0.5, random.nextInt(2000) - 1000)
                : random.nextDouble() * 4);
        return x;
    }

    private void run() {
        synchronized (Warming.class) {
            if (warm()) {
                Forms.use(task, vector);
            }
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
            long before = threads.getCurrentThreadAllocatedBytes();
            round(vector);
            // The counter itself may cost a little; a vector that is an object costs 16 bytes or more for each 4 elements.
            boolean allocates = threads.getCurrentThreadAllocatedBytes() - before > CALLS * SAMPLE_BYTES;
            clean = allocates ? 0 : clean + 1;
            if (System.nanoTime() - start > GIVE_UP_NANOS || allocates && !pause()) {
                return false;
            }
        }
        long best = Long.MAX_VALUE;
        long plain = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            best = Math.min(best, round(vector));
            plain = Math.min(plain, round(portable));
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

    private long round(TensorKernels form) {
        long start = System.nanoTime();
        for (int call = 0; call < CALLS; call++) {
            task.run(form, data, SIZES[call % SIZES.length]);
        }
        return System.nanoTime() - start;
    }
}
