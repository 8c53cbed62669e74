package dualtape.bench;

import dualtape.engine.Prepared;
import java.util.SplittableRandom;

/**
 * What is run of one engine in a comparison: its whole derivative, or a seeded sample of its columns where the whole would
 * take too long. Times of a sample are extrapolated to all columns.
 */
final class Trial {
    private static final int SAMPLED = 64;
    private static final long SEED = 7;

    private final Prepared prepared;
    private final int[] sampled;
    private final double[] derivative;

    private Trial(Prepared prepared, int[] sampled) {
        this.prepared = prepared;
        this.sampled = sampled;
        this.derivative = new double[prepared.rows() * (sampled == null ? prepared.derivatives().size()
                : sampled.length)];
    }

    /**
     * The trial of a derivative at a point.
     *
     * @param seconds how long one run may take; it is sampled if a column's time, tried here, says that it would take longer
     */
    static Trial of(Prepared prepared, double[] x, double seconds) {
        int n = prepared.derivatives().size();
        if (n <= SAMPLED || prepared.cost().sweeps() < n || column(prepared, x) * n <= seconds) {
            return new Trial(prepared, null);
        }
        return new Trial(prepared, new SplittableRandom(SEED).ints(0, n).distinct().limit(SAMPLED).sorted().toArray());
    }

    /** Seconds of one column, the second time. */
    private static double column(Prepared prepared, double[] x) {
        double[] column = new double[prepared.rows()];
        prepared.runColumns(x, new int[] {0}, column);
        long start = System.nanoTime();
        prepared.runColumns(x, new int[] {0}, column);
        return (System.nanoTime() - start) / 1e9;
    }

    void run(double[] x, double[] value) {
        if (sampled == null) {
            prepared.run(x, value, derivative);
        } else {
            prepared.runColumns(x, sampled, derivative);
        }
    }

    Prepared prepared() {
        return prepared;
    }

    /** The columns that were run, or null for all. */
    int[] sampled() {
        return sampled;
    }

    /** m rows of the columns that were run. */
    double[] derivative() {
        return derivative;
    }

    /** The columns of this trial in another's derivative, which has all of them or the same. */
    double[] same(Trial other) {
        if (sampled == null || other.sampled != null) {
            return other.derivative;
        }
        int n = prepared.derivatives().size();
        double[] same = new double[derivative.length];
        for (int i = 0; i < same.length; i++) {
            same[i] = other.derivative[i / sampled.length * n + sampled[i % sampled.length]];
        }
        return same;
    }

    /** The time of all columns. */
    Sampler.Timing whole(Sampler.Timing timing) {
        return sampled == null ? timing : timing.times((double) prepared.derivatives().size() / sampled.length);
    }
}
