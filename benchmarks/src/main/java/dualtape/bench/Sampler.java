package dualtape.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Times several tasks in one process, in turn, round by round, so that a change of the machine's speed meets all of
 * them. A sample repeats its task until it is long enough to time.
 */
public final class Sampler {
    private static final double SHORTEST_SAMPLE = 200e-6;
    /** How often the budget may be spent again before there are three rounds. */
    private static final int OVERDRAWN = 10;

    private final double seconds;
    private final int rounds;

    /**
     * With a budget.
     *
     * @param seconds for all tasks of one call together, warm-up included
     * @param rounds samples of each task at the most
     */
    public Sampler(double seconds, int rounds) {
        this.seconds = seconds;
        this.rounds = rounds;
    }

    /**
     * Times of one task.
     *
     * @param first seconds of the first run, cold
     * @param median seconds a run, after warm-up
     * @param low the lower quartile
     * @param high the upper quartile
     * @param samples the number of samples
     */
    public record Timing(double first, double median, double low, double high, int samples) {
        /** The same times a factor. */
        Timing times(double factor) {
            return new Timing(factor * first, factor * median, factor * low, factor * high, samples);
        }
    }

    /** The budget, in seconds. */
    public double seconds() {
        return seconds;
    }

    /** Times the tasks, interleaved. */
    public List<Timing> time(List<Runnable> tasks) {
        int count = tasks.size();
        long[] repeats = new long[count];
        double[] first = new double[count];
        double[][] samples = new double[count][rounds];
        int[] taken = new int[count];
        long end = System.nanoTime() + (long) (seconds * 1e9);
        for (int i = 0; i < count; i++) {
            first[i] = run(tasks.get(i), 1);
            repeats[i] = warm(tasks.get(i), seconds / (3.0 * count));
        }
        long late = end + (long) (OVERDRAWN * seconds * 1e9);
        for (int round = 0; round < rounds
                && (round < 1 || round < 3 && System.nanoTime() < late || System.nanoTime() < end); round++) {
            for (int i = 0; i < count; i++) {
                samples[i][round] = run(tasks.get(i), repeats[i]) / repeats[i];
                taken[i]++;
            }
        }
        List<Timing> timings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double[] sorted = Arrays.copyOf(samples[i], taken[i]);
            Arrays.sort(sorted);
            timings.add(new Timing(first[i], quantile(sorted, 0.5), quantile(sorted, 0.25), quantile(sorted, 0.75),
                    taken[i]));
        }
        return timings;
    }

    /** Runs for a while; how often a sample must repeat the task. */
    private static long warm(Runnable task, double budget) {
        long repeats = 1;
        double spent = 0;
        while (spent < budget) {
            double took = run(task, repeats);
            spent += took;
            if (took < SHORTEST_SAMPLE) {
                repeats *= 2;
            }
        }
        return repeats;
    }

    private static double run(Runnable task, long repeats) {
        long start = System.nanoTime();
        for (long i = 0; i < repeats; i++) {
            task.run();
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double quantile(double[] sorted, double p) {
        double at = p * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
