package dualtape.sparse;

import dualtape.engine.Cost;
import dualtape.engine.Layout;
import dualtape.engine.Prepared;
import dualtape.engine.Spread;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * A sparse matrix of derivatives that comes out of a few sweeps: a sweep's seed is the sum of the unit vectors of one colour,
 * and each element of the pattern is read from one place in one sweep. Made once, run often; belongs to one thread at a time,
 * which may have the sweeps spread over several {@link #threads}.
 */
public abstract sealed class Compressed permits SparseJacobian, SparseHessian {
    private final Prepared sweep;
    private final Recovery recovery;
    private final Pattern pattern;
    private final Colouring colouring;
    private final int[][] groups;
    private final int[][] positions;
    private final int[][] sources;
    /** Those of other threads, as many as were needed so far. */
    private Recovery[] others = new Recovery[0];
    private int threads = 1;

    /**
     * Plans the recovery.
     *
     * @param sweep gives one sweep for a given seed
     * @param colourOf by row and column: in which sweep the element is read
     * @param sourceOf by row and column: at which index of the sweep's result
     */
    Compressed(Prepared sweep, Pattern pattern, Colouring colouring, IntBinaryOperator colourOf,
            IntBinaryOperator sourceOf) {
        this.sweep = sweep;
        this.pattern = pattern;
        this.colouring = colouring;
        this.groups = colouring.groups();
        this.recovery = new Recovery(sweep);
        int[] sizes = new int[colouring.count()];
        int[] rows = pattern.rowIndices();
        for (int k = 0; k < rows.length; k++) {
            sizes[colourOf.applyAsInt(rows[k], pattern.column(k))]++;
        }
        this.positions = new int[sizes.length][];
        this.sources = new int[sizes.length][];
        for (int colour = 0; colour < sizes.length; colour++) {
            positions[colour] = new int[sizes[colour]];
            sources[colour] = new int[sizes[colour]];
        }
        for (int k = rows.length - 1; k >= 0; k--) {
            int colour = colourOf.applyAsInt(rows[k], pattern.column(k));
            int at = --sizes[colour];
            positions[colour][at] = k;
            sources[colour][at] = sourceOf.applyAsInt(rows[k], pattern.column(k));
        }
    }

    /** Which elements may differ from zero, and in which order their values come. */
    public final Pattern pattern() {
        return pattern;
    }

    /** Which columns, or rows, share a sweep. */
    public final Colouring colouring() {
        return colouring;
    }

    /** How the inputs lie in the flat point. */
    public final Layout inputs() {
        return sweep.inputs();
    }

    /** How the columns lie: those of one input after the other. */
    public final Layout columns() {
        return sweep.derivatives();
    }

    /**
     * The value and the elements at a point. Allocates nothing, unless an operation lacks a kernel.
     *
     * @param x the inputs, laid out by {@link #inputs}. Not modified.
     * @param value receives the function's result
     * @param values receives the elements in the pattern's order, {@link Pattern#size} doubles
     */
    public final void run(double[] x, double[] value, double[] values) {
        if (groups.length == 0) {
            recovery.value(x, value);
            return;
        }
        int workers = Math.min(threads, groups.length);
        if (workers == 1) {
            for (int colour = 0; colour < groups.length; colour++) {
                recovery.sweep(colour, x, value, values);
            }
            return;
        }
        sweep.own();
        int made = others.length;
        others = workers - 1 > made ? Arrays.copyOf(others, workers - 1) : others;
        for (int worker = 0; worker < workers - 1; worker++) {
            if (worker >= made) {
                others[worker] = new Recovery(sweep.forAnotherThread());
            }
            others[worker].sweep.transfer(); // another thread may come this time
        }
        Spread.over(workers, groups.length, (worker, colour) -> {
            if (worker == 0) {
                recovery.sweep(colour, x, value, values);
            } else {
                others[worker - 1].sweep(colour, x, null, values);
            }
        });
    }

    /**
     * From now on a run spreads its sweeps over so many threads, as {@link Prepared#threads}: the bits are the same.
     *
     * @param most the calling thread among them; 1 is the default
     * @throws IllegalArgumentException if it is less than 1
     */
    public final void threads(int most) {
        Prepared.checkThreads(most);
        threads = most;
    }

    /** A sweep in the memory of one thread. */
    private final class Recovery {
        private final Prepared sweep;
        private final double[] seed;
        private final double[] result;
        private final double[] unread;

        Recovery(Prepared sweep) {
            this.sweep = sweep;
            this.seed = new double[sweep.seeds().size()];
            this.result = new double[sweep.derivativeSize()];
            this.unread = new double[sweep.rows()];
        }

        void value(double[] x, double[] value) {
            sweep.seed(seed);
            sweep.run(x, value, result);
        }

        /** Reads the elements of one colour. */
        void sweep(int colour, double[] x, double[] value, double[] values) {
            set(groups[colour], 1);
            sweep.seed(seed);
            set(groups[colour], 0);
            sweep.run(x, value == null ? unread : value, result);
            int[] to = positions[colour];
            int[] from = sources[colour];
            for (int e = 0; e < to.length; e++) {
                values[to[e]] = result[from[e]];
            }
        }

        private void set(int[] group, double value) {
            for (int index : group) {
                seed[index] = value;
            }
        }

        long bytes() {
            return 8L * (seed.length + result.length);
        }
    }

    /** What one run costs, all sweeps together. */
    public final Cost cost() {
        Cost one = sweep.cost();
        long sweeps = Math.multiplyExact(one.sweeps(), Math.max(1L, groups.length));
        long workers = Math.max(1, Math.min(threads, groups.length));
        long places = 8L * pattern.size() + 4L * colouring.size();
        return new Cost(one.primalOperations(), Math.multiplyExact(one.operations(), Math.max(1L, groups.length)),
                sweeps,
                workers * (one.workspaceBytes() + recovery.bytes()), workers * one.storedBytes(),
                one.graphBytes() + places + 4L * (pattern.size() + pattern.rows()));
    }

    /** The matrix with its zeros, from values in the pattern's order. */
    public final Tensor dense(double[] values) {
        Shape shape = Shape.of(pattern.rows(), pattern.columns());
        double[] matrix = new double[shape.size()];
        for (int i = 0; i < pattern.rows(); i++) {
            for (int k = pattern.start(i); k < pattern.start(i + 1); k++) {
                matrix[i * pattern.columns() + pattern.column(k)] = values[k];
            }
        }
        return Tensor.wrap(shape, matrix);
    }

    /** The pattern and how it is swept, in a line. */
    public abstract String summary();

    final String describe(String sweep, int count, String line) {
        return pattern + ": " + Pattern.count(colouring.count(), sweep) + " for " + Pattern.count(count, line);
    }
}
