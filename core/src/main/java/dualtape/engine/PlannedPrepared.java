package dualtape.engine;

import dualtape.ir.Shape;
import dualtape.program.Program;
import dualtape.program.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan's program, run for all unit seeds, a few at once. */
final class PlannedPrepared implements Prepared {
    private final String engine;
    private final Selection selection;
    private final Plan plan;
    private final Lanes lanes;
    private final boolean pairs;
    private final Layout inputs;
    private final Layout derivatives;
    private final Layout seeds;
    private final int rows;
    private final Program program;
    private final Workspace workspace;
    private final double[] given;
    private final double[][] units;
    private final double[] swept;
    private final int width;
    private final int size;
    private Deadline deadline = Deadline.NEVER;
    private Cost cost;

    PlannedPrepared(String engine, Selection selection, Plan whole, int lanesAtMost) {
        this.engine = engine;
        this.selection = selection;
        this.plan = whole.pruned();
        this.inputs = selection.inputs();
        this.derivatives = selection.derivatives();
        this.seeds = selection.seeds();
        this.rows = selection.rows();
        this.size = selection.derivativeSize();
        this.lanes = Lanes.of(plan, lanesAtMost);
        this.pairs = plan.swept().size() == 2;
        List<List<String>> seeded = new ArrayList<>(List.of(plan.seeds()));
        seeded.addAll(pairs ? plan.swept() : lanes.seeds());
        int[] groups = groups(inputs.names(), seeded);
        this.program = Program.packed(lanes.graph(), groups);
        this.workspace = program.workspace();
        double[][] seedArrays = new double[seeded.size()][];
        for (int i = 0; i < seedArrays.length; i++) {
            seedArrays[i] = bind(seeded.get(i), i + 1 < groups.length ? i + 1 : 0);
        }
        this.given = seedArrays[0];
        this.units = Arrays.copyOfRange(seedArrays, 1, seedArrays.length);
        this.width = plan.width();
        this.swept = new double[units.length == 0 || pairs ? 0 : lanes.count() * width];
    }

    /** The inputs that lie one after the other: the point's, then as many lists of seeds as follow in the graph's order. */
    private int[] groups(List<String> point, List<List<String>> seeded) {
        int[] groups = new int[1 + seeded.size()];
        groups[0] = point.size();
        int next = point.size();
        for (int g = 0; g < seeded.size(); g++) {
            for (String name : seeded.get(g)) {
                if (lanes.graph().inputIndex(name) != next++) {
                    return Arrays.copyOf(groups, 1 + g);
                }
            }
            groups[1 + g] = seeded.get(g).size();
        }
        return groups;
    }

    /** An array for some seeds; {@code group}: which they are, 0 for none. */
    private double[] bind(List<String> names, int group) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        names.forEach(name -> shapes.put(name, lanes.graph().input(name).shape()));
        Layout layout = new Layout(shapes);
        double[] array = new double[layout.size()];
        if (group > 0) {
            workspace.bindPacked(group, array, 0);
        }
        for (int i = 0; group == 0 && i < names.size(); i++) {
            workspace.bind(lanes.graph().inputIndex(names.get(i)), array, layout.offset(i));
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
        } else if (pairs) {
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
        if (plan.rows() || units.length == 0 || pairs) {
            Prepared.super.runColumns(x, columns, derivative);
            return;
        }
        bind(x);
        for (int c = 0; c < columns.length; c += units.length) {
            int used = Math.min(units.length, columns.length - c);
            sweep(columns, c, used);
            columns(used, derivative, c, columns.length);
        }
    }

    private void sweeps(double[] derivative) {
        if (units.length == 0) {
            deadline.check("differentiation");
            workspace.run();
            workspace.copyDerivatives(derivative, 0);
            return;
        }
        int count = units[0].length;
        for (int k = 0; k < count; k += units.length) {
            int used = Math.min(units.length, count - k);
            sweep(null, k, used);
            if (plan.rows()) {
                System.arraycopy(swept, 0, derivative, k * width, used * width);
            } else {
                columns(used, derivative, k, count);
            }
        }
    }

    /** What the lanes have given becomes columns of the derivative. */
    private void columns(int used, double[] derivative, int column, int columns) {
        for (int lane = 0; lane < used; lane++) {
            for (int row = 0; row < width; row++) {
                derivative[row * columns + column + lane] = swept[lane * width + row];
            }
        }
    }

    /** Sweeps of some units at once, a lane each: those from {@code from} on, of a list if there is one. */
    private void sweep(int[] list, int from, int used) {
        deadline.check("differentiation");
        for (int lane = 0; lane < used; lane++) {
            units[lane][list == null ? from + lane : list[from + lane]] = 1;
        }
        workspace.run();
        workspace.copyDerivatives(swept, 0);
        for (int lane = 0; lane < used; lane++) {
            units[lane][list == null ? from + lane : list[from + lane]] = 0; // only now: an output may be the seed itself
        }
    }

    /** A symmetric matrix, an element a sweep. */
    private void pairs(double[] matrix) {
        int n = units[1].length;
        for (int i = 0; i < n; i++) {
            units[1][i] = 1;
            for (int j = i; j < n; j++) {
                deadline.check("differentiation");
                units[0][j] = 1;
                workspace.run();
                workspace.copyDerivatives(matrix, i * n + j);
                units[0][j] = 0;
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
        Cost known = cost;
        if (known == null) {
            known = counted();
            cost = known;
        }
        return known;
    }

    @Override
    public long sweeps() {
        return Math.max(1, pairs ? unitPairs() : plan.sweeps());
    }

    private long unitPairs() {
        long n = units[1].length;
        return n * (n + 1) / 2;
    }

    @Override
    public long operations() {
        long runs = pairs ? sweeps() : (sweeps() + lanes.count() - 1) / lanes.count();
        return Math.multiplyExact(program.operations(), runs);
    }

    private Cost counted() {
        long seedBytes = 8L * (given.length + Arrays.stream(units).mapToInt(unit -> unit.length).sum());
        return new Cost(selection.graph().work(), operations(), sweeps(), program.workspaceBytes() + seedBytes,
                program.bytesAcross(lanes.boundary()), program.graph().bytes() + program.programBytes());
    }
}
