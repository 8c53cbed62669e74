package dualtape.engine;

import dualtape.ir.Graph;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.program.Program;
import dualtape.program.Tensors;
import dualtape.program.Workspace;
import java.util.Arrays;

/**
 * Central differences (f(x + h) − f(x − h)) / 2h by each input element, at h and at 2h. Their difference, a third of it
 * being the leading term of the truncation error, and the rounding error of the two values make the error estimate
 * (Gill, Murray, Saunders and Wright 1983).
 */
final class NumericPrepared implements Prepared {
    private static final double EPSILON = Math.ulp(1.0);
    private static final double RELATIVE_STEP = Math.cbrt(EPSILON);

    private final Traced traced;
    private final Selection selection;
    private final Layout inputs;
    private final Layout derivatives;
    private final int rows;
    private final Program program;
    private final Workspace workspace;
    private final Workspace guards;
    private final double[] shifted;
    private final double[][] values;
    private final double[] error;
    private Deadline deadline = Deadline.NEVER;

    NumericPrepared(Traced traced, Selection selection) {
        this.traced = traced;
        this.selection = selection;
        this.inputs = selection.inputs();
        this.derivatives = selection.derivatives();
        this.rows = selection.rows();
        this.program = Program.of(selection.graph());
        this.workspace = program.workspace();
        this.guards = traced.guards().isEmpty() ? null : Program.of(traced.guarded()).workspace();
        this.shifted = new double[inputs.size()];
        this.values = new double[4][rows];
        this.error = new double[Math.multiplyExact(rows, derivatives.size())];
        for (int i = 0; i < inputs.names().size(); i++) {
            workspace.bind(i, shifted, inputs.offset(i));
            if (guards != null) {
                guards.bind(i, shifted, inputs.offset(i));
            }
        }
    }

    /** The estimated error of each number of the last derivative. */
    double[] error() {
        return error.clone();
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
    public int rows() {
        return rows;
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
    public void run(double[] x, double[] value, double[] derivative) {
        for (int k = 0; k < derivatives.size(); k++) {
            column(x, k, derivative, k, derivatives.size());
        }
        System.arraycopy(x, 0, shifted, 0, shifted.length);
        evaluate(value);
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        double[] value = values[0];
        run(x, value, gradient);
        return value[0];
    }

    @Override
    public void runColumns(double[] x, int[] columns, double[] derivative) {
        for (int c = 0; c < columns.length; c++) {
            column(x, columns[c], derivative, c, columns.length);
        }
    }

    private void column(double[] x, int k, double[] derivative, int column, int columns) {
        deadline.check("numeric differentiation");
        System.arraycopy(x, 0, shifted, 0, shifted.length);
        int at = flat(k);
        double h = RELATIVE_STEP * Math.max(Math.abs(x[at]), scale(x, at));
        h = x[at] + h - x[at]; // what was really added
        double[] steps = {h, -h, 2 * h, -2 * h};
        for (int s = 0; s < 4; s++) {
            shifted[at] = x[at] + steps[s];
            evaluate(values[s]);
        }
        for (int row = 0; row < rows; row++) {
            double near = (values[0][row] - values[1][row]) / (2 * h);
            double far = (values[2][row] - values[3][row]) / (4 * h);
            derivative[row * columns + column] = near;
            if (columns == derivatives.size()) {
                double size = Math.max(Math.abs(values[2][row]), Math.abs(values[3][row]));
                error[row * columns + column] = Math.abs(near - far) + 16 * EPSILON * size / h;
            }
        }
    }

    /** A step for an element that is zero is as for one of the size of its neighbours, or of 1. */
    private double scale(double[] x, int at) {
        if (x[at] != 0) {
            return 0;
        }
        double largest = Arrays.stream(x).map(Math::abs).filter(v -> v > 0 && v < 1).min().orElse(1);
        return Math.max(largest, 1e-3);
    }

    /** The flat position among all inputs of element k of the selected ones. */
    private int flat(int k) {
        int i = 0;
        while (k >= derivatives.offset(i) + derivatives.shape(i).size()) {
            i++;
        }
        return inputs.offset(selection.index(derivatives.names().get(i))) + k - derivatives.offset(i);
    }

    /** The function at the shifted point; traced again if it would run differently there. */
    private void evaluate(double[] value) {
        if (guards != null) {
            guards.run();
            for (int i = 0; i < traced.guards().size(); i++) {
                if (!traced.guards().get(i).holds(guards.scalar(i))) {
                    again(value);
                    return;
                }
            }
        }
        workspace.run();
        workspace.copy(0, value, 0);
    }

    private void again(double[] value) {
        Point point = Point.of(inputs.tensors(shifted));
        Graph graph = traced.source().trace(point).graph();
        Tensor result = graph.evaluate(Tensors.INSTANCE, Traced.inputs(graph, point)).get(0);
        if (result.size() != rows) {
            Arrays.fill(value, Double.NaN);
        } else {
            result.copyTo(value, 0);
        }
    }

    @Override
    public Cost cost() {
        long sweeps = 4L * derivatives.size() + 1;
        long work = selection.graph().work();
        return new Cost(work, sweeps * work, sweeps, program.workspaceBytes() + 8L * (shifted.length + 4L * rows), 0,
                program.graph().bytes() + program.programBytes());
    }
}
