package dualtape.engine;

import dualtape.ir.Shape;
import dualtape.program.Program;
import dualtape.program.Workspace;
import java.util.Arrays;
import java.util.List;

/** A plan's program, run once for each unit seed. */
final class PlannedPrepared implements Prepared {
    private final String engine;
    private final Selection selection;
    private final Plan plan;
    private final Layout inputs;
    private final Layout derivatives;
    private final Layout seeds;
    private final int rows;
    private final Program program;
    private final Workspace workspace;
    private final double[] given;
    private final double[][] units;
    private final double[] swept;
    private final int size;
    private Deadline deadline = Deadline.NEVER;

    PlannedPrepared(String engine, Selection selection, Plan whole) {
        this.engine = engine;
        this.selection = selection;
        this.plan = whole.pruned();
        this.inputs = selection.inputs();
        this.derivatives = selection.derivatives();
        this.seeds = selection.seeds();
        this.rows = selection.rows();
        this.size = selection.derivativeSize();
        this.program = Program.packed(plan.graph(), inputs.names().size());
        this.workspace = program.workspace();
        this.given = bind(plan.seeds());
        this.units = new double[plan.swept().size()][];
        for (int i = 0; i < units.length; i++) {
            units[i] = bind(plan.swept().get(i));
        }
        this.swept = new double[plan.rows() ? 0 : plan.width()];
    }

    private double[] bind(List<String> names) {
        Layout layout = plan.layout(names);
        double[] array = new double[layout.size()];
        for (int i = 0; i < names.size(); i++) {
            workspace.bind(plan.graph().inputIndex(names.get(i)), array, layout.offset(i));
        }
        return array;
    }

    @Override
    public String engine() {
        return engine;
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
        return seeds;
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
        return size;
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
    public void transfer() {
        workspace.transfer();
    }

    @Override
    public void seed(double[] seed) {
        System.arraycopy(seed, 0, given, 0, seeds.size());
    }

    @Override
    public void run(double[] x, double[] value, double[] derivative) {
        bind(x);
        if (size == 0) {
            workspace.run();
        } else if (units.length == 2) {
            pairs(derivative);
        } else {
            sweeps(derivative);
        }
        workspace.copy(0, value, 0);
    }

    @Override
    public double valueAndGradient(double[] x, double[] gradient) {
        if (operator() != Operator.GRADIENT) {
            throw new IllegalStateException("prepared for a " + operator().label() + ", not for a gradient");
        }
        bind(x);
        if (size == 0) {
            workspace.run();
        } else {
            sweeps(gradient);
        }
        return workspace.scalar(0);
    }

    @Override
    public void runColumns(double[] x, int[] columns, double[] derivative) {
        if (plan.rows() || units.length != 1) {
            Prepared.super.runColumns(x, columns, derivative);
            return;
        }
        bind(x);
        for (int c = 0; c < columns.length; c++) {
            column(columns[c], derivative, c, columns.length);
        }
    }

    private void sweeps(double[] derivative) {
        int count = units.length == 0 ? 1 : units[0].length;
        for (int k = 0; k < count; k++) {
            if (plan.rows()) {
                sweep(k, derivative, k * (size / count));
            } else {
                column(k, derivative, k, count);
            }
        }
    }

    /** A column of the derivative from one sweep. */
    private void column(int k, double[] derivative, int column, int columns) {
        sweep(k, swept, 0);
        for (int row = 0; row < swept.length; row++) {
            derivative[row * columns + column] = swept[row];
        }
    }

    /** One sweep with unit k: its outputs one after the other. */
    private void sweep(int k, double[] target, int offset) {
        deadline.check("differentiation");
        if (units.length > 0) {
            units[0][k] = 1;
        }
        workspace.run();
        workspace.copyDerivatives(target, offset);
        if (units.length > 0) {
            units[0][k] = 0; // only now: an output may be the seed itself
        }
    }

    /** A symmetric matrix, an element a sweep. */
    private void pairs(double[] matrix) {
        int n = units[1].length;
        for (int i = 0; i < n; i++) {
            units[1][i] = 1;
            for (int j = i; j < n; j++) {
                sweep(j, matrix, i * n + j);
                matrix[j * n + i] = matrix[i * n + j];
            }
            units[1][i] = 0;
        }
    }

    private void bind(double[] x) {
        workspace.bindPacked(x, 0);
    }

    @Override
    public Cost cost() {
        long n = units.length == 2 ? units[1].length : 0;
        long sweeps = Math.max(1, units.length == 2 ? n * (n + 1) / 2 : plan.sweeps());
        long seedBytes = 8L * (given.length + Arrays.stream(units).mapToInt(unit -> unit.length).sum());
        return new Cost(selection.graph().work(), Math.multiplyExact(program.operations(), sweeps), sweeps,
                program.workspaceBytes() + seedBytes, program.bytesAcross(plan.boundary()),
                program.graph().bytes() + program.programBytes());
    }
}
