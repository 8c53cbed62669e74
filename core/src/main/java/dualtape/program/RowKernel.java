package dualtape.program;

import dualtape.control.Scan;
import dualtape.ir.Graph;
import dualtape.ir.Kernel;
import dualtape.ir.Shape;
import dualtape.kernel.Forms;
import dualtape.kernel.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs {@link RowBlocks}: whole blocks of rows, then the rest. Each result has the bits that it has when it is computed at once. */
final class RowKernel implements Kernel {
    /** Elements of the matrix in one block: 128 kB, a quarter of a usual second cache. */
    private static final int BLOCK = 1 << 14;

    private final RowBlocks op;
    private final int rows;
    private final int columns;
    private final Part whole;
    private final Part rest;
    private final Kernel again;
    private final double[][] x;
    private final int[] xAt;
    private final double[][] y;
    private final int[] yAt;

    /** The kernels for so many rows. */
    private record Part(int rows, Kernel product, Kernel map) {
        static Part of(RowBlocks op, int rows, int columns) {
            Kernel product = op.first().kernel(List.of(Shape.of(rows, columns), Shape.of(columns)));
            return new Part(rows, product, mapping(op.map(), op.over(rows)));
        }

        /** The loop over so many rows: generated if the loop over all would be. */
        private static Kernel mapping(Scan all, Scan some) {
            Kernel loop = some.length() > 0 && Codegen.loops(all) ? LoopCode.of(some) : null;
            if (loop != null) {
                return loop;
            }
            List<Shape> shapes = new ArrayList<>();
            for (int i = 0; i < some.body().inputs().size(); i++) {
                Shape shape = some.body().inputs().get(i).shape();
                shapes.add(i < some.consts() ? shape : shape.with(0, some.length()));
            }
            return some.kernel(shapes, Program::body);
        }

        Part instance() {
            return new Part(rows, product.instance(), map.instance());
        }

        int workspace() {
            return Math.max(product.workspace(), map.workspace());
        }
    }

    RowKernel(RowBlocks op, int rows, int columns) {
        this(op, rows, columns, Part.of(op, block(rows, columns), columns),
                Part.of(op, rows % block(rows, columns), columns));
    }

    private RowKernel(RowBlocks op, int rows, int columns, Part whole, Part rest) {
        Graph body = op.map().body();
        this.op = op;
        this.rows = rows;
        this.columns = columns;
        this.whole = whole;
        this.rest = rest;
        this.again = op.second().kernel(List.of(Shape.of(rows, columns), Shape.of(rows)));
        this.x = new double[Math.max(2, body.inputs().size())][];
        this.xAt = new int[x.length];
        this.y = new double[body.outputs().size() + 1][];
        this.yAt = new int[y.length];
    }

    private static int block(int rows, int columns) {
        return Math.min(rows, Codegen.rows(Math.max(4, BLOCK / columns / 4 * 4)));
    }

    @Override
    public Kernel instance() {
        return new RowKernel(op, rows, columns, whole.instance(), rest.instance());
    }

    @Override
    public long held() {
        return whole.map().held() + rest.map().held();
    }

    @Override
    public int workspace() {
        return Math.max(whole.workspace(), rest.workspace());
    }

    @Override
    public void run(double[][] operands, int[] from, double[][] results, int[] to) {
        int last = 1 + op.map().results();
        double[] sums = results[last];
        Arrays.fill(sums, to[last], to[last] + columns, 0);
        for (int row = 0; row < rows; row += whole.rows()) {
            Part part = row + whole.rows() <= rows ? whole : rest;
            product(part, row, operands, from, results, to);
            map(part, row, operands, from, results, to);
            Forms.of(Task.ADD_ROWS, (long) part.rows() * columns).moreRows(part.rows(), columns, operands[0],
                    from[0] + row * columns, results[1 + op.stack()], to[1 + op.stack()] + row, sums, to[last]);
        }
        if (op.second().chain() && anyNaN(sums, to[last], columns)) {
            put(0, operands[0], from[0]);
            put(1, results[1 + op.stack()], to[1 + op.stack()]);
            result(0, sums, to[last]);
            again.run(x, xAt, y, yAt);
        }
    }

    private void product(Part part, int row, double[][] operands, int[] from, double[][] results, int[] to) {
        put(0, operands[0], from[0] + row * columns);
        put(1, operands[1], from[1]);
        result(0, results[0], to[0] + row);
        result(1, results[results.length - 1], to[results.length - 1]);
        part.product().run(x, xAt, y, yAt);
    }

    private void map(Part part, int row, double[][] operands, int[] from, double[][] results, int[] to) {
        Graph body = op.map().body();
        int next = 2;
        for (int i = 0; i < body.inputs().size(); i++) {
            int skipped = i < op.map().consts() ? 0 : row * body.inputs().get(i).shape().size();
            if (i == op.place()) {
                put(i, results[0], to[0] + skipped);
            } else {
                put(i, operands[next], from[next++] + skipped);
            }
        }
        for (int j = 0; j < body.outputs().size(); j++) {
            result(j, results[1 + j], to[1 + j] + row * body.outputs().get(j).shape().size());
        }
        result(body.outputs().size(), results[results.length - 1], to[results.length - 1]);
        part.map().run(x, xAt, y, yAt);
    }

    private void put(int i, double[] array, int at) {
        x[i] = array;
        xAt[i] = at;
    }

    private void result(int j, double[] array, int at) {
        y[j] = array;
        yAt[j] = at;
    }

    private static boolean anyNaN(double[] a, int at, int n) {
        boolean any = false;
        for (int k = 0; k < n; k++) {
            any |= a[at + k] != a[at + k];
        }
        return any;
    }
}
