package dualtape.bench;

import dualtape.kernel.Warming;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * The time before the steady state: tasks are run in turn until no vector form is being warmed any more and none is started either.
 *
 * @param seconds until then, or in all where the time was too short
 * @param settled whether that state was reached
 */
public record Settling(double seconds, boolean settled) {
    private static final long TURN_NANOS = 20_000_000;
    /** Rounds without anything being warmed after which nothing is expected any more. */
    private static final int QUIET = 4;

    /** Runs tasks until they are settled, so many seconds at the most. */
    static Settling of(List<Runnable> tasks, double seconds) {
        return of(tasks, seconds, Warming::waiting);
    }

    /** {@code waiting}: how many forms are being warmed now. */
    static Settling of(List<Runnable> tasks, double seconds, IntSupplier waiting) {
        long start = System.nanoTime();
        double quietSince = 0;
        int quiet = 0;
        while (quiet < QUIET) {
            if (since(start) >= seconds) {
                return new Settling(since(start), false);
            }
            quietSince = quiet == 0 ? since(start) : quietSince;
            for (Runnable task : tasks) {
                long begun = System.nanoTime();
                do {
                    task.run();
                } while (System.nanoTime() - begun < TURN_NANOS);
            }
            quiet = waiting.getAsInt() == 0 ? quiet + 1 : 0;
        }
        return new Settling(quietSince, true);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
