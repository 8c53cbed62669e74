package dualtape.engine;

import dualtape.ir.Graph;
import dualtape.ir.Shape;
import dualtape.program.Program;
import dualtape.program.Workspace;

/** The program of a value's and its derivative's formulas, all in one run. */
final class SymbolicPrepared implements Prepared {
    private final Selection selection;
    private final Layout inputs;
    private final Layout derivatives;
    private final int rows;
    private final Program program;
    private final Workspace workspace;
    private final double[] block;

    SymbolicPrepared(Selection selection, Graph graph) {
        this.selection = selection;
        this.inputs = selection.inputs();
        this.derivatives = selection.derivatives();
        this.rows = selection.rows();
        this.program = Program.of(graph);
        this.workspace = program.workspace();
        this.block = new double[selection.operator() == Operator.JACOBIAN ? rows * derivatives.size() : 0];
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
    public void run(double[] x, double[] value, double[] derivative) {
        bind(x);
        workspace.run();
        workspace.copy(0, value, 0);
        for (int i = 0; i < derivatives.names().size(); i++) {
            if (selection.operator() == Operator.GRADIENT) {
                workspace.copy(1 + i, derivative, derivatives.offset(i));
            } else {
                columns(i, derivative);
            }
        }
    }

    private void columns(int i, double[] derivative) {
        int width = derivatives.shape(i).size();
        workspace.copy(1 + i, block, 0);
        for (int row = 0; row < rows; row++) {
            System.arraycopy(block, row * width, derivative, row * derivatives.size() + derivatives.offset(i), width);
        }
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        if (selection.operator() != Operator.GRADIENT) {
            throw new IllegalStateException("prepared for a Jacobian, not for a gradient");
        }
        bind(x);
        workspace.run();
        for (int i = 0; i < derivatives.names().size(); i++) {
            workspace.copy(1 + i, gradient, derivatives.offset(i));
        }
        return workspace.scalar(0);
    }

    private void bind(double[] x) {
        for (int i = 0; i < inputs.names().size(); i++) {
            workspace.bind(i, x, inputs.offset(i));
        }
    }

    @Override
    public Cost cost() {
        return new Cost(selection.graph().work(), program.graph().work(), 1, program.workspaceBytes(), 0,
                program.graph().bytes() + program.programBytes());
    }
}
