package dualtape.sparse;

import dualtape.engine.Cost;
import dualtape.engine.Layout;
import dualtape.engine.Prepared;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.function.IntBinaryOperator;

/**
 * A sparse matrix of derivatives that comes out of a few sweeps: a sweep's seed is the sum of the unit vectors of one colour,
 * and each element of the pattern is read from one place in one sweep. Made once, run often; belongs to one thread at a time.
 */
public abstract sealed class Compressed permits SparseJacobian, SparseHessian {
    private final Prepared sweep;
    private final Pattern pattern;
    private final Colouring colouring;
    private final int[][] groups;
    private final int[][] positions;
    private final int[][] sources;
    private final double[] seed;
    private final double[] result;

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
        this.seed = new double[sweep.seeds().size()];
        this.result = new double[sweep.derivativeSize()];
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
            sweep.seed(seed);
            sweep.run(x, value, result);
        }
        for (int colour = 0; colour < groups.length; colour++) {
            set(groups[colour], 1);
            sweep.seed(seed);
            set(groups[colour], 0);
            sweep.run(x, value, result);
            int[] to = positions[colour];
            int[] from = sources[colour];
            for (int e = 0; e < to.length; e++) {
                values[to[e]] = result[from[e]];
            }
        }
    }

    private void set(int[] group, double value) {
        for (int index : group) {
            seed[index] = value;
        }
    }

    /** What one run costs, all sweeps together. */
    public final Cost cost() {
        Cost one = sweep.cost();
        long sweeps = Math.multiplyExact(one.sweeps(), Math.max(1L, groups.length));
        long recovery = 8L * pattern.size() + 4L * colouring.size();
        return new Cost(one.primalOperations(), Math.multiplyExact(one.operations(), Math.max(1L, groups.length)),
                sweeps,
                one.workspaceBytes() + 8L * (seed.length + result.length), one.storedBytes(),
                one.graphBytes() + recovery + 4L * (pattern.size() + pattern.rows()));
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
