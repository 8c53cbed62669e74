package dualtape.engine;

import dualtape.ir.Shape;
import dualtape.program.Program;
import dualtape.program.Workspace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A plan's sweeps in the memory of one thread, a few at once. What sweeps give goes to places that no other sweep writes to. */
final class Sweeper {
    private final Plan plan;
    private final Lanes lanes;
    private final Workspace workspace;
    private final double[][] units;
    private final double[] swept;
    private final int width;
    /** For chunks of unit vectors by programs of their own; null if there are none. */
    private final UnitSweepers chunks;

    /**
     * Makes room.
     *
     * @param groups of the program's inputs, from {@link #groups}
     * @param given the seeds that the user gives, which all threads read
     * @param chunks of unit vectors that are swept by programs of their own; null if there are none
     */
    Sweeper(Plan plan, Lanes lanes, Program program, int[] groups, double[] given, UnitChunks chunks) {
        this.plan = plan;
        this.lanes = lanes;
        this.workspace = program.workspace();
        List<List<String>> names = seeded(plan, lanes);
        bind(names.get(0), 1, groups, given);
        this.units = new double[names.size() - 1][];
        for (int i = 0; i < units.length; i++) {
            units[i] = new double[layout(names.get(i + 1)).size()];
            bind(names.get(i + 1), i + 2, groups, units[i]);
        }
        this.width = plan.width();
        this.chunks = chunks == null ? null : new UnitSweepers(chunks, width);
        this.swept = new double[units.length == 0 || plan.swept().size() == 2 ? 0 : lanes.count() * width];
    }

    private Layout layout(List<String> names) {
        Map<String, Shape> shapes = new LinkedHashMap<>();
        names.forEach(name -> shapes.put(name, lanes.graph().input(name).shape()));
        return new Layout(shapes);
    }

    /** The seeds that the user gives, then lists of those that are swept. */
    private static List<List<String>> seeded(Plan plan, Lanes lanes) {
        List<List<String>> seeded = new ArrayList<>(List.of(plan.seeds()));
        seeded.addAll(plan.swept().size() == 2 ? plan.swept() : lanes.seeds());
        return seeded;
    }

    /**
     * The inputs that lie one after the other: the point's, then as many lists of seeds as follow in the graph's order.
     *
     * @param point how many inputs are the point's
     */
    static int[] groups(Plan plan, Lanes lanes, int point) {
        List<List<String>> seeded = seeded(plan, lanes);
        int[] groups = new int[1 + seeded.size()];
        groups[0] = point;
        int next = point;
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

    /** Gives some seeds their array: as a group if they are one, else one by one. */
    private void bind(List<String> names, int group, int[] groups, double[] array) {
        if (group < groups.length) {
            workspace.bindPacked(group, array, 0);
            return;
        }
        Layout layout = layout(names);
        for (int i = 0; i < names.size(); i++) {
            workspace.bind(lanes.graph().inputIndex(names.get(i)), array, layout.offset(i));
        }
    }

    /** The doubles of the unit vectors. */
    int unitSize() {
        return Arrays.stream(units).mapToInt(unit -> unit.length).sum();
    }

    /** The thread that runs it next owns it. */
    void transfer() {
        workspace.transfer();
        if (chunks != null) {
            chunks.transfer();
        }
    }

    /** @throws IllegalStateException if it belongs to another thread than this one */
    void own() {
        workspace.own();
    }

    /** The point of the sweeps from now on. */
    void at(double[] x, int offset) {
        workspace.bindPacked(x, offset);
        if (chunks != null) {
            chunks.at(x, offset);
        }
    }

    /** The function's value, after a sweep. */
    void value(double[] value, int offset) {
        ran().copy(0, value, offset);
    }

    /** The single number that is the function's value, after a sweep. */
    double value() {
        return ran().scalar(0);
    }

    private Workspace ran() {
        return chunks == null || chunks.last() == null ? workspace : chunks.last();
    }

    /** A run that gives nothing but the value. */
    void run() {
        workspace.run();
    }

    /** The one run that gives the whole derivative. */
    void once(double[] derivative, int offset) {
        workspace.run(derivative, offset);
    }

    /** Rows of a derivative, so many from {@code row} on, a lane each. */
    void rows(int row, int used, double[] derivative, int offset) {
        sweep(null, row, used);
        System.arraycopy(swept, 0, derivative, offset + row * width, used * width);
    }

    /**
     * Columns of a derivative of {@code all} columns, so many from {@code column} on, a lane each.
     *
     * @param list which unit vectors they belong to; null for those of their own numbers
     */
    void columns(int[] list, int column, int used, double[] derivative, int offset, int all) {
        double[] given = chunks == null ? null : chunks.run(list, column, used);
        if (given != null) {
            columns(given, used, derivative, offset + column, all);
            return;
        }
        int count = lanes.count();
        for (int first = 0; first < used; first += count) {
            int some = Math.min(count, used - first);
            sweep(list, column + first, some);
            columns(swept, some, derivative, offset + column + first, all);
        }
    }

    private void columns(double[] given, int used, double[] derivative, int at, int all) {
        if (width == 1) {
            System.arraycopy(given, 0, derivative, at, used);
            return;
        }
        for (int lane = 0; lane < used; lane++) {
            for (int row = 0; row < width; row++) {
                derivative[at + row * all + lane] = given[lane * width + row];
            }
        }
    }

    private void sweep(int[] list, int from, int used) {
        for (int lane = 0; lane < used; lane++) {
            units[lane][list == null ? from + lane : list[from + lane]] = 1;
        }
        try {
            workspace.run(swept, 0); // before the ones go: an output may be the seed itself
        } finally {
            for (int lane = 0; lane < used; lane++) {
                units[lane][list == null ? from + lane : list[from + lane]] = 0;
            }
        }
    }

    /** Row i of a symmetric matrix from the diagonal on, and column i below it, an element a sweep. */
    void pairs(int i, double[] matrix, int offset, Deadline deadline) {
        int n = units[1].length;
        units[1][i] = 1;
        try {
            for (int j = i; j < n; j++) {
                deadline.check(PlannedPrepared.WHAT);
                units[0][j] = 1;
                try {
                    workspace.run(matrix, offset + i * n + j);
                } finally {
                    units[0][j] = 0;
                }
                matrix[offset + j * n + i] = matrix[offset + i * n + j];
            }
        } finally {
            units[1][i] = 0;
        }
    }
}
