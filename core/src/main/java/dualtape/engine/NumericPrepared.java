package dualtape.engine;

import dualtape.ir.Shape;
import java.util.Arrays;

/** Every operator by central {@link Differences}, with the estimated error of each number of the derivative. */
final class NumericPrepared implements Prepared {
    private final Selection selection;
    private final Layout inputs;
    private final Layout derivatives;
    private final int rows;
    private final Shifted shifted;
    private final Differences differences;
    private final double[] seed;
    private final double[] value;
    private final double[] column;
    private final double[] uncertainty;
    private final double[] unit;
    private final double[] other;
    private final double[] error;
    private Deadline deadline = Deadline.NEVER;

    NumericPrepared(Traced traced, Selection selection) {
        this.selection = selection;
        this.inputs = selection.inputs();
        this.derivatives = selection.derivatives();
        this.rows = selection.rows();
        this.shifted = new Shifted(traced);
        this.differences = new Differences(shifted, rows);
        this.seed = new double[selection.seeds().size()];
        this.value = new double[rows];
        this.column = new double[rows];
        this.uncertainty = new double[Math.max(1, rows)];
        this.unit = new double[inputs.size()];
        this.other = new double[inputs.size()];
        this.error = new double[selection.derivativeSize()];
    }

    /** The estimated error of each number of the last derivative. */
    double[] error() {
        return error.clone();
    }

    @Override
    public String engine() {
        return NumericEngine.NAME;
    }

    @Override
    public Layout inputs() {
        return inputs;
    }

    @Override
    public Layout derivatives() {
        return derivatives;
    }

    @Override
    public Layout seeds() {
        return selection.seeds();
    }

    @Override
    public Operator operator() {
        return selection.operator();
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int derivativeSize() {
        return error.length;
    }

    @Override
    public Shape resultShape() {
        return selection.graph().output().shape();
    }

    @Override
    public void within(Deadline limit) {
        this.deadline = limit;
    }

    @Override
    public void seed(double[] given) {
        System.arraycopy(given, 0, seed, 0, seed.length);
    }

    @Override
    public void run(double[] x, double[] result, double[] derivative) {
        differences.around(x);
        int n = derivatives.size();
        switch (operator()) {
            case GRADIENT, JACOBIAN -> {
                for (int k = 0; k < n; k++) {
                    column(k, derivative, k, n, error);
                }
            }
            case JVP -> tangent(derivative);
            case VJP -> {
                for (int k = 0; k < n; k++) {
                    adjoint(k, derivative);
                }
            }
            case HVP -> product(derivative);
            case HESSIAN -> hessian(derivative);
            default -> throw new IllegalStateException(operator().label());
        }
        differences.value(result);
    }

    /** Column by column, each with a step of its own: one along the whole direction suits no element where scales differ. */
    private void tangent(double[] derivative) {
        Arrays.fill(derivative, 0);
        Arrays.fill(error, 0);
        for (int k = 0; k < seed.length; k++) {
            if (seed[k] != 0) {
                differences(k);
                for (int row = 0; row < rows; row++) {
                    derivative[row] += column[row] * seed[k];
                    error[row] += Math.abs(uncertainty[row] * seed[k]);
                }
            }
        }
    }

    private void product(double[] derivative) {
        Arrays.fill(derivative, 0);
        Arrays.fill(error, 0);
        for (int j = 0; j < seed.length; j++) {
            other[flat(j)] = 1;
            for (int k = 0; seed[j] != 0 && k < seed.length; k++) {
                derivative[k] += second(k, other) * seed[j];
                error[k] += Math.abs(uncertainty[0] * seed[j]);
            }
            other[flat(j)] = 0;
        }
    }

    private void hessian(double[] matrix) {
        int n = derivatives.size();
        for (int i = 0; i < n; i++) {
            other[flat(i)] = 1;
            for (int j = i; j < n; j++) {
                matrix[i * n + j] = second(j, other);
                matrix[j * n + i] = matrix[i * n + j];
                error[i * n + j] = uncertainty[0];
                error[j * n + i] = uncertainty[0];
            }
            other[flat(i)] = 0;
        }
    }

    private double second(int k, double[] w) {
        deadline.check("numeric differentiation");
        int at = flat(k);
        unit[at] = 1;
        double curvature = differences.second(unit, w, uncertainty);
        unit[at] = 0;
        return curvature;
    }

    private void adjoint(int k, double[] derivative) {
        differences(k);
        double sum = 0;
        double bound = 0;
        for (int row = 0; row < rows; row++) {
            sum += seed[row] == 0 ? 0 : seed[row] * column[row];
            bound += Math.abs(seed[row]) * uncertainty[row];
        }
        derivative[k] = sum;
        error[k] = bound;
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        run(x, value, gradient);
        return value[0];
    }

    @Override
    public void runColumns(double[] x, int[] columns, double[] derivative) {
        differences.around(x);
        for (int c = 0; c < columns.length; c++) {
            column(columns[c], derivative, c, columns.length, null);
        }
    }

    private void column(int k, double[] derivative, int to, int columns, double[] errors) {
        differences(k);
        for (int row = 0; row < rows; row++) {
            derivative[row * columns + to] = column[row];
            if (errors != null) {
                errors[row * columns + to] = uncertainty[row];
            }
        }
    }

    /** The slopes by element k and their errors. */
    private void differences(int k) {
        deadline.check("numeric differentiation");
        int at = flat(k);
        unit[at] = 1;
        differences.first(unit, column, uncertainty);
        unit[at] = 0;
    }

    /** The flat position among all inputs of element k of the selected ones. */
    private int flat(int k) {
        int i = derivatives.part(k);
        return inputs.offset(selection.index(derivatives.names().get(i))) + k - derivatives.offset(i);
    }

    @Override
    public Cost cost() {
        long n = derivatives.size();
        long evaluations = 1 + switch (operator()) {
            case HVP -> 8 * n * n;
            case HESSIAN -> 4 * n * (n + 1);
            default -> 4 * n;
        };
        long work = selection.graph().work();
        return new Cost(work, Math.multiplyExact(evaluations, work), evaluations,
                shifted.workspaceBytes() + 8L * (2L * unit.length + 11L * rows), 0, shifted.graphBytes());
    }
}
