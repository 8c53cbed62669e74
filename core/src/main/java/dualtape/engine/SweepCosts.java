package dualtape.engine;

import dualtape.ir.Graph;
import dualtape.program.Program;
import dualtape.program.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleBiFunction;

/**
 * What one sweep costs in primals, that is as a multiple of what the function itself costs.
 *
 * @param forward a Jacobian-vector product by forward accumulation
 * @param reverse a vector-Jacobian product by reverse accumulation
 * @param product a product with the Hessian, forward over reverse; NaN where the result is no scalar
 * @param measured whether the costs are times, measured in this process; else they are counts of operations
 */
public record SweepCosts(double forward, double reverse, double product, boolean measured) {
    /** Measures how long something takes. */
    @FunctionalInterface
    public interface Measure {
        /** Batches that are timed, at the most. */
        int BATCHES = 9;

        /** Seconds of one run. */
        double seconds(Runnable run);

        /**
         * The median of up to nine batches of runs. A batch is as many runs as take a millisecond, found by doubling, which
         * warms up as well; no further batch begins after a fifth of a second.
         *
         * @param nanoseconds a clock
         */
        static Measure by(LongSupplier nanoseconds) {
            return run -> {
                long start = nanoseconds.getAsLong();
                long runs = 1;
                long last = batch(run, runs, nanoseconds);
                while (last < 1_000_000 && runs < 1 << 20) {
                    runs *= 2;
                    last = batch(run, runs, nanoseconds);
                }
                double[] times = new double[BATCHES];
                int count = 0;
                times[count++] = last;
                while (count < BATCHES && nanoseconds.getAsLong() - start < 200_000_000) {
                    times[count++] = batch(run, runs, nanoseconds);
                }
                Arrays.sort(times, 0, count);
                return times[count / 2] / runs / 1e9;
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
        double[] x = Layout.of(traced.graph().inputs()).flatten(at);
        Workspace primal = Program.of(traced.graph()).workspace();
        Layout inputs = Layout.of(traced.graph().inputs());
        for (int i = 0; i < inputs.names().size(); i++) {
            primal.bind(i, x, inputs.offset(i));
        }
        double own = measure.seconds(primal::run);
        return of(traced.graph(), wrt, true, (engine, request) -> {
            Prepared prepared = engine.prepare(traced, request);
            double[] seed = new double[prepared.seeds().size()];
            Arrays.fill(seed, 1);
            prepared.seed(seed);
            double[] value = new double[prepared.rows()];
            double[] derivative = new double[prepared.derivativeSize()];
            return measure.seconds(() -> prepared.run(x, value, derivative)) / own;
        });
    }

    /** By the operations in the graph of one sweep of each mode: the same on every machine. */
    public static SweepCosts counted(Graph f, List<String> wrt) {
        double own = Math.max(1, f.work());
        return of(f, wrt, false, (engine, request) -> engine.plan(f, request).graph().work() / own);
    }

    private static SweepCosts of(Graph f, List<String> wrt, boolean measured,
            ToDoubleBiFunction<DerivingEngine, Request> cost) {
        double forward = cost.applyAsDouble(Engines.forward(), Request.of(Operator.JVP, wrt));
        double reverse = cost.applyAsDouble(Engines.reverse(), Request.of(Operator.VJP, wrt));
        boolean scalar = f.output().shape().size() == 1;
        Request product = Request.of(Operator.HVP, wrt).with(Nesting.FR);
        return new SweepCosts(forward, reverse,
                measured && scalar ? cost.applyAsDouble(Engines.reverse(), product) : Double.NaN, measured);
    }
}
