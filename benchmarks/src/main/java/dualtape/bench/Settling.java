package dualtape.bench;

import dualtape.kernel.Warming;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The time before the steady state: tasks are run in turn until no vector form is being warmed any more, none is started either, and no
 * task becomes quicker.
 *
 * @param seconds until then, or in all where the time was too short
 * @param settled whether that state was reached
 */
public record Settling(double seconds, boolean settled) {
    private static final long TURN_NANOS = 20_000_000;
    /** Rounds without anything being warmed or becoming quicker after which nothing is expected any more: the compiler is slow. */
    private static final int QUIET = 12;
    /** Of its best time so far, what a task takes at the most if it has become quicker. */
    private static final double QUICKER = 0.9;

    /** Runs tasks until they are settled, so many seconds at the most. */
    static Settling of(List<Runnable> tasks, double seconds) {
        return of(tasks, seconds, Warming::waiting);
    }

    /** {@code waiting}: how many forms are being warmed now. */
    static Settling of(List<Runnable> tasks, double seconds, IntSupplier waiting) {
        long start = System.nanoTime();
        double quietSince = 0;
        int quiet = 0;
        double[] best = new double[tasks.size()];
        Arrays.fill(best, Double.MAX_VALUE);
        while (quiet < QUIET) {
            if (since(start) >= seconds) {
                return new Settling(since(start), false);
            }
            quietSince = quiet == 0 ? since(start) : quietSince;
            boolean quicker = false;
            for (int i = 0; i < best.length; i++) {
                double time = turn(tasks.get(i));
                quicker |= time < QUICKER * best[i];
                best[i] = Math.min(time, best[i]);
            }
            quiet = waiting.getAsInt() == 0 && !quicker ? quiet + 1 : 0;
        }
        return new Settling(quietSince, true);
    }

    /** Nanoseconds of a run. */
    private static double turn(Runnable task) {
        long begun = System.nanoTime();
        long runs = 0;
        long spent;
        do {
            task.run();
            runs++;
            spent = System.nanoTime() - begun;
        } while (spent < TURN_NANOS);
        return (double) spent / runs;
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
