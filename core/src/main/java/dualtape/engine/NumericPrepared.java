package dualtape.engine;

import dualtape.ir.Shape;
import java.util.Arrays;

/** Every operator by central {@link Differences}, with the estimated error of each number of the derivative. */
final class NumericPrepared implements Prepared {
    private static final String WHAT = "numeric differentiation";

    private final Selection selection;
    private final Layout inputs;
    private final Layout derivatives;
    private final int rows;
    private final double[] seed;
    private final double[] value;
    private final double[] error;
    /** The calling thread's, and as many others as were needed so far. */
    private Slopes[] slopes;
    private int threads = 1;
    private Deadline deadline = Deadline.NEVER;

    NumericPrepared(Traced traced, Selection selection) {
        this(selection, new Shifted(traced));
    }

    private NumericPrepared(Selection selection, Shifted shifted) {
        this.selection = selection;
        this.inputs = selection.inputs();
        this.derivatives = selection.derivatives();
        this.rows = selection.rows();
        this.seed = new double[selection.seeds().size()];
        this.value = new double[rows];
        this.error = new double[selection.derivativeSize()];
        this.slopes = new Slopes[] {new Slopes(selection, shifted)};
    }

    @Override
    public Prepared forAnotherThread() {
        NumericPrepared another = new NumericPrepared(selection, slopes[0].shifted().another());
        another.seed(seed);
        return another;
    }

    @Override
    public void threads(int most) {
        Prepared.checkThreads(most);
        threads = most;
    }

    @Override
    public void transfer() {
        slopes[0].shifted().transfer();
    }

    @Override
    public void own() {
        slopes[0].shifted().own();
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
        slopes[0].around(x);
        spread(items(), (worker, item) -> {
            slopes[worker].around(x);
            item(slopes[worker], item, derivative, error);
        });
        slopes[0].value(result);
    }

    @Override
    public void runEach(int points, double[] x, double[] result, double[] derivative) {
        int n = inputs.size();
        spread(points, (worker, point) -> {
            slopes[worker].around(Arrays.copyOfRange(x, point * n, (point + 1) * n));
            double[] one = new double[error.length];
            for (int item = 0; item < items(); item++) {
                item(slopes[worker], item, one, point == points - 1 ? error : new double[error.length]);
            }
            System.arraycopy(one, 0, derivative, point * one.length, one.length);
            double[] at = new double[rows];
            slopes[worker].value(at);
            System.arraycopy(at, 0, result, point * rows, rows);
        });
    }

    /** What is computed apart: columns of a derivative, elements of an adjoint, rows of a Hessian; a tangent is one sum in order. */
    private int items() {
        return operator() == Operator.JVP ? 1 : derivatives.size();
    }

    private void item(Slopes by, int item, double[] derivative, double[] errors) {
        switch (operator()) {
            case GRADIENT, JACOBIAN -> column(by, item, derivative, item, derivatives.size(), errors);
            case JVP -> tangent(by, derivative, errors);
            case VJP -> adjoint(by, item, derivative, errors);
            case HVP -> product(by, item, derivative, errors);
            case HESSIAN -> hessian(by, item, derivative, errors);
            default -> throw new IllegalStateException(operator().label());
        }
    }

    private void spread(int items, Spread.Work work) {
        own();
        int workers = Math.max(1, Math.min(threads, items));
        int made = slopes.length;
        slopes = workers > made ? Arrays.copyOf(slopes, workers) : slopes;
        for (int worker = 1; worker < workers; worker++) {
            if (worker >= made) {
                slopes[worker] = new Slopes(selection, slopes[0].shifted().another());
            }
            slopes[worker].shifted().transfer(); // another thread may come this time
        }
        Spread.over(workers, items, work);
    }

    /** Column by column, each with a step of its own: one along the whole direction suits no element where scales differ. */
    private void tangent(Slopes by, double[] derivative, double[] errors) {
        Arrays.fill(derivative, 0);
        Arrays.fill(errors, 0);
        for (int k = 0; k < seed.length; k++) {
            if (seed[k] != 0) {
                differences(by, k);
                for (int row = 0; row < rows; row++) {
                    derivative[row] += by.column[row] * seed[k];
                    errors[row] += Math.abs(by.uncertainty[row] * seed[k]);
                }
            }
        }
    }

    private void product(Slopes by, int k, double[] derivative, double[] errors) {
        double sum = 0;
        double bound = 0;
        for (int j = 0; j < seed.length; j++) {
            if (seed[j] != 0) {
                sum += second(by, k, j) * seed[j];
                bound += Math.abs(by.uncertainty[0] * seed[j]);
            }
        }
        derivative[k] = sum;
        errors[k] = bound;
    }

    private void hessian(Slopes by, int i, double[] matrix, double[] errors) {
        int n = derivatives.size();
        for (int j = i; j < n; j++) {
            matrix[i * n + j] = second(by, j, i);
            matrix[j * n + i] = matrix[i * n + j];
            errors[i * n + j] = by.uncertainty[0];
            errors[j * n + i] = by.uncertainty[0];
        }
    }

    private double second(Slopes by, int k, int j) {
        deadline.check(WHAT);
        return by.by(k, j);
    }

    private void adjoint(Slopes by, int k, double[] derivative, double[] errors) {
        differences(by, k);
        double sum = 0;
        double bound = 0;
        for (int row = 0; row < rows; row++) {
            sum += seed[row] == 0 ? 0 : seed[row] * by.column[row];
            bound += Math.abs(seed[row]) * by.uncertainty[row];
        }
        derivative[k] = sum;
        errors[k] = bound;
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        run(x, value, gradient);
        return value[0];
    }

    @Override
    public void runColumns(double[] x, int[] columns, double[] derivative) {
        spread(columns.length, (worker, c) -> {
            slopes[worker].around(x);
            column(slopes[worker], columns[c], derivative, c, columns.length, null);
        });
    }

    private void column(Slopes by, int k, double[] derivative, int to, int columns, double[] errors) {
        differences(by, k);
        for (int row = 0; row < rows; row++) {
            derivative[row * columns + to] = by.column[row];
            if (errors != null) {
                errors[row * columns + to] = by.uncertainty[row];
            }
        }
    }

    /** The slopes by element k and their errors. */
    private void differences(Slopes by, int k) {
        deadline.check(WHAT);
        by.by(k);
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
        Shifted shifted = slopes[0].shifted();
        long memory = shifted.workspaceBytes() + 8L * (2L * inputs.size() + 11L * rows);
        return new Cost(work, Math.multiplyExact(evaluations, work), evaluations,
                Math.max(1, Math.min(threads, items())) * memory, 0, shifted.graphBytes());
    }
}
