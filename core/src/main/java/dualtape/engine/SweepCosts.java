package dualtape.engine;

import dualtape.ir.Graph;
import dualtape.program.Program;
import dualtape.program.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What one sweep costs in primals, that is as a multiple of what the function itself costs.
 *
 * @param forward a Jacobian-vector product by forward accumulation
 * @param reverse a vector-Jacobian product by reverse accumulation
 * @param product a product with the Hessian, forward over reverse; NaN where the result is no scalar or it was not asked
 * @param measured whether the costs are times, measured in this process; else they are counts of operations
 */
public record SweepCosts(double forward, double reverse, double product, boolean measured) {
    private static final int ROUNDS = 9;
    private static final long MILLISECOND = 1_000_000;
    private static final long ENOUGH = 200 * MILLISECOND;
    private static final long MOST_RUNS = 1 << 20;

    /** Measures how long some things take. */
    @FunctionalInterface
    public interface Measure {
        /** Seconds of one run of each. */
        double[] seconds(List<Runnable> runs);

        /**
         * The medians of up to nine rounds of batches. All go in turn in every round, so that none is measured warmer than
         * another; before that they warm up in turn, and what is a batch of one follows: as many runs as take a
         * millisecond. Warming up and measuring end after a fifth of a second each, one round being the least.
         *
         * @param nanoseconds a clock
         */
        static Measure by(LongSupplier nanoseconds) {
            return runs -> {
                long[] sizes = new long[runs.size()];
                Arrays.fill(sizes, 1);
                double[][] times = new double[runs.size()][ROUNDS];
                long start = nanoseconds.getAsLong();
                boolean longEnough;
                do {
                    longEnough = true;
                    for (int i = 0; i < sizes.length; i++) {
                        long time = batch(runs.get(i), sizes[i], nanoseconds);
                        times[i][0] = (double) time / sizes[i];
                        if (time < MILLISECOND && sizes[i] < MOST_RUNS) {
                            sizes[i] *= 2;
                            longEnough = false;
                        }
                    }
                } while (nanoseconds.getAsLong() - start < ENOUGH && (!longEnough || sizes[0] > 1));
                int rounds = 0;
                start = nanoseconds.getAsLong();
                do {
                    for (int i = 0; i < sizes.length; i++) {
                        times[i][rounds] = (double) batch(runs.get(i), sizes[i], nanoseconds) / sizes[i];
                    }
                    rounds++;
                } while (rounds < ROUNDS && nanoseconds.getAsLong() - start < ENOUGH);
                double[] medians = new double[sizes.length];
                for (int i = 0; i < sizes.length; i++) {
                    Arrays.sort(times[i], 0, rounds);
                    medians[i] = times[i][rounds / 2] / 1e9;
                }
                return medians;
            };
        }

        private static long batch(Runnable run, long runs, LongSupplier nanoseconds) {
            long start = nanoseconds.getAsLong();
            for (long k = 0; k < runs; k++) {
                run.run();
            }
            return nanoseconds.getAsLong() - start;
        }
    }

    /** By a few sweeps of each mode at a point. */
    public static SweepCosts measured(Traced traced, Point at, List<String> wrt, Measure measure) {
        Layout inputs = Layout.of(traced.graph().inputs());
        double[] x = inputs.flatten(at);
        Workspace primal = Program.of(traced.rerolled()).workspace();
        for (int i = 0; i < inputs.names().size(); i++) {
            primal.bind(i, x, inputs.offset(i));
        }
        List<Runnable> runs = new ArrayList<>();
        runs.add(primal::run);
        runs.add(sweep(Engines.forward().prepare(traced, Request.of(Operator.JVP, wrt)), x));
        runs.add(sweep(Engines.reverse().prepare(traced, Request.of(Operator.VJP, wrt)), x));
        if (traced.graph().output().shape().size() == 1) {
            runs.add(sweep(Engines.reverse().prepare(traced, Request.of(Operator.HVP, wrt).with(Nesting.FR)), x));
        }
        double[] seconds = measure.seconds(runs);
        return new SweepCosts(seconds[1] / seconds[0], seconds[2] / seconds[0],
                runs.size() > 3 ? seconds[3] / seconds[0] : Double.NaN, true);
    }

    /** A sweep with a seed of ones. */
    private static Runnable sweep(Prepared prepared, double[] x) {
        double[] seed = new double[prepared.seeds().size()];
        Arrays.fill(seed, 1);
        prepared.seed(seed);
        double[] value = new double[prepared.rows()];
        double[] derivative = new double[prepared.derivativeSize()];
        return () -> prepared.run(x, value, derivative);
    }

    /** First order by the operations in the graph of one sweep of each mode: the same on every machine. */
    public static SweepCosts counted(Graph f, List<String> wrt) {
        double own = Math.max(1, f.work());
        return new SweepCosts(
                Engines.forward().plan(f, Request.of(Operator.JVP, wrt)).graph().work() / own,
                Engines.reverse().plan(f, Request.of(Operator.VJP, wrt)).graph().work() / own, Double.NaN, false);
    }
}
