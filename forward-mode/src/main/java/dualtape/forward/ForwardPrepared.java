package dualtape.forward;

import dualtape.engine.Cost;
import dualtape.engine.Deadline;
import dualtape.engine.Layout;
import dualtape.engine.Prepared;
import dualtape.engine.Selection;
import dualtape.ir.Graph;
import dualtape.ir.Shape;
import dualtape.program.Program;
import dualtape.program.Workspace;

/** The JVP program, run once for each element of the selected inputs with a unit tangent. */
final class ForwardPrepared implements Prepared {
    private final Selection selection;
    private final Layout inputs;
    private final Layout derivatives;
    private final int rows;
    private final Program program;
    private final Workspace workspace;
    private final double[] tangents;
    private final double[] column;
    private Deadline deadline = Deadline.NEVER;

    ForwardPrepared(Selection selection, Graph jvp) {
        this.selection = selection;
        this.inputs = selection.inputs();
        this.derivatives = selection.derivatives();
        this.rows = selection.rows();
        this.program = Program.of(jvp);
        this.workspace = program.workspace();
        this.tangents = new double[derivatives.size()];
        this.column = new double[rows];
        for (int i = 0; i < derivatives.names().size(); i++) {
            workspace.bind(inputs.names().size() + i, tangents, derivatives.offset(i));
        }
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
        bind(x);
        int n = derivatives.size();
        for (int k = 0; k < n; k++) {
            sweep(k);
            for (int row = 0; row < rows; row++) {
                derivative[row * n + k] = column[row];
            }
        }
        if (n == 0) {
            workspace.run();
        }
        workspace.copy(0, value, 0);
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        if (rows != 1) {
            throw new IllegalStateException("the result has shape " + resultShape() + ", not a scalar");
        }
        bind(x);
        for (int k = 0; k < gradient.length; k++) {
            sweep(k);
            gradient[k] = column[0];
        }
        if (gradient.length == 0) {
            workspace.run();
        }
        return workspace.scalar(0);
    }

    @Override
    public void runColumns(double[] x, int[] columns, double[] derivative) {
        bind(x);
        for (int c = 0; c < columns.length; c++) {
            sweep(columns[c]);
            for (int row = 0; row < rows; row++) {
                derivative[row * columns.length + c] = column[row];
            }
        }
    }

    /** One sweep: the derivative along input element k. */
    private void sweep(int k) {
        deadline.check("forward accumulation");
        tangents[k] = 1;
        workspace.run();
        workspace.copy(1, column, 0);
        tangents[k] = 0; // only now: the result's tangent may be the seed itself
    }

    private void bind(double[] x) {
        for (int i = 0; i < inputs.names().size(); i++) {
            workspace.bind(i, x, inputs.offset(i));
        }
    }

    @Override
    public Cost cost() {
        long sweeps = Math.max(1, derivatives.size());
        return new Cost(selection.graph().work(), Math.multiplyExact(program.graph().work(), sweeps), sweeps,
                program.workspaceBytes() + 8L * tangents.length, 0, program.graph().bytes() + program.programBytes());
    }
}
