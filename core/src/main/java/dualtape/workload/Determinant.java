package dualtape.workload;

import static dualtape.workload.Nodes.call;
import static dualtape.workload.Nodes.index;
import static dualtape.workload.Nodes.mul;
import static dualtape.workload.Nodes.reshape;
import static dualtape.workload.Nodes.slice;
import static dualtape.workload.Nodes.sub;
import static dualtape.workload.Tasks.fields;

import dualtape.control.Control;
import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import java.util.List;

/**
 * {@code det}: the determinant by expansion in minors along the first row, in O(ℓ!) operations: no minor is remembered, that is the
 * work. A level is a sum over a map of the columns; the minor of a column is chosen, element by element, from the rows below
 * with their last column and with their first column left out. Loops stay loops, so that nothing is unrolled and no minor of
 * one trip is taken for that of another.
 */
public final class Determinant implements Workload {
    /** Minors of this size have no minors in common, and are written out. */
    private static final int WRITTEN = 3;

    @Override
    public String name() {
        return "det";
    }

    @Override
    public String summary() {
        return "determinant by expansion in minors";
    }

    @Override
    public List<String> functions() {
        return PRIMAL_GRADIENT;
    }

    /** {@code A}: ℓ² numbers, row by row; {@code ell}: ℓ, one at least. */
    @Override
    public Problem problem(Datum input) {
        int ell = input.at("ell").whole(1);
        Tensor matrix = input.at("A").tensor(Math.multiplyExact(ell, ell));
        return new Objective(functions(), ell, Point.of("A", matrix), List.of("A"), () -> graph(ell), Tasks::flat);
    }

    private static Graph graph(int ell) {
        GraphBuilder b = GraphBuilder.asWritten();
        return b.graph(expand(b, reshape(b, b.input("A", Shape.of(ell * ell)), ell, ell)));
    }

    private static Node expand(GraphBuilder b, Node matrix) {
        int m = matrix.shape().extent(0);
        if (m <= WRITTEN) {
            return written(b, matrix);
        }
        Node below = slice(b, matrix, 0, 1, m);
        Node left = slice(b, below, 1, 0, m - 1);
        Node right = slice(b, below, 1, 1, m);
        double[] signs = new double[m];
        double[] before = new double[m * (m - 1)];
        for (int j = 0; j < m; j++) {
            signs[j] = j % 2 == 0 ? 1 : -1;
            java.util.Arrays.fill(before, j * (m - 1), j * (m - 1) + j, 1);
        }
        List<Node> columns = List.of(index(b, matrix, 0, 0), b.constant(Tensor.vector(signs)),
                b.constant(Tensor.wrap(Shape.of(m, m - 1), before)));
        return Control.mapSum(b, columns, m, (column, slices) -> {
            Node minor = call(column, "where", slices.get(2), left, right);
            return List.of(mul(column, slices.get(0), slices.get(1), expand(column, minor)));
        }).get(0);
    }

    private static Node written(GraphBuilder b, Node matrix) {
        int m = matrix.shape().extent(0);
        if (m == 1) {
            return element(b, matrix, 0, 0);
        } else if (m == 2) {
            return pair(b, matrix, 0, 0, 1);
        }
        Node first = mul(b, element(b, matrix, 0, 0), pair(b, matrix, 1, 1, 2));
        Node second = mul(b, element(b, matrix, 0, 1), pair(b, matrix, 1, 0, 2));
        Node third = mul(b, element(b, matrix, 0, 2), pair(b, matrix, 1, 0, 1));
        return Nodes.add(b, sub(b, first, second), third);
    }

    /** The minor of two rows, from {@code row} on, and two columns. */
    private static Node pair(GraphBuilder b, Node matrix, int row, int left, int right) {
        return sub(b, mul(b, element(b, matrix, row, left), element(b, matrix, row + 1, right)),
                mul(b, element(b, matrix, row, right), element(b, matrix, row + 1, left)));
    }

    private static Node element(GraphBuilder b, Node matrix, int row, int column) {
        return index(b, index(b, matrix, 0, row), 0, column);
    }

    @Override
    public Object sample(long seed) {
        return fields("A", new Seeded(seed).tensor(-1, 1, 25), "ell", 5);
    }
}
