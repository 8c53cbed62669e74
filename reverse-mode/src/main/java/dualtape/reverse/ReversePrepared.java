package dualtape.reverse;

import dualtape.engine.Cost;
import dualtape.engine.Deadline;
import dualtape.engine.DerivingEngine.Derived;
import dualtape.engine.Layout;
import dualtape.engine.Prepared;
import dualtape.engine.Selection;
import dualtape.ir.Shape;
import dualtape.program.Program;
import dualtape.program.Workspace;

/** The VJP program, run once for each element of the result with a unit adjoint. */
final class ReversePrepared implements Prepared {
    private final Selection selection;
    private final Layout inputs;
    private final Layout derivatives;
    private final int rows;
    private final Program program;
    private final Workspace workspace;
    private final double[] seed;
    private final long stored;
    private Deadline deadline = Deadline.NEVER;

    ReversePrepared(Selection selection, Derived vjp) {
        this.selection = selection;
        this.inputs = selection.inputs();
        this.derivatives = selection.derivatives();
        this.rows = selection.rows();
        this.program = Program.of(vjp.graph());
        this.workspace = program.workspace();
        this.seed = new double[rows];
        this.stored = program.bytesAcross(vjp.boundary());
        workspace.bind(inputs.names().size(), seed, 0);
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
        for (int row = 0; row < rows; row++) {
            sweep(row, derivative, row * derivatives.size());
        }
        if (rows > 0) {
            workspace.copy(0, value, 0);
        }
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        if (rows != 1) {
            throw new IllegalStateException("the result has shape " + resultShape() + ", not a scalar");
        }
        bind(x);
        sweep(0, gradient, 0);
        return workspace.scalar(0);
    }

    /** One sweep: the derivative of result element {@code row} by everything. */
    private void sweep(int row, double[] target, int offset) {
        deadline.check("reverse accumulation");
        seed[row] = 1;
        workspace.run();
        for (int i = 0; i < derivatives.names().size(); i++) {
            workspace.copy(1 + i, target, offset + derivatives.offset(i));
        }
        seed[row] = 0; // only now: an adjoint may be the seed itself
    }

    private void bind(double[] x) {
        for (int i = 0; i < inputs.names().size(); i++) {
            workspace.bind(i, x, inputs.offset(i));
        }
    }

    @Override
    public Cost cost() {
        long sweeps = Math.max(1, rows);
        return new Cost(selection.graph().work(), Math.multiplyExact(program.graph().work(), sweeps), sweeps,
                program.workspaceBytes() + 8L * rows, stored, program.graph().bytes() + program.programBytes());
    }
}
