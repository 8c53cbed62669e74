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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * {@code det}: the determinant by expansion in minors along the first row, in O(ℓ!) operations: no minor is remembered, that is the
 * work.
 *
 * <p>A matrix of up to seven rows is expanded at once: all its minors of one size are the elements of a vector, each computed
 * for itself though many are equal. Above, a level is a sum over a map of the columns, whose minors are chosen, element by element,
 * from the rows below with their last column and with their first column left out; these loops stay loops, and their
 * derivatives compute again what they need.
 */
public final class Determinant implements Workload {
    /** The rows of the largest matrix that is expanded at once. */
    private static final int AT_ONCE = 7;
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
        if (m <= AT_ONCE) {
            return atOnce(b, reshape(b, matrix, m * m), m);
        }
        Node below = slice(b, matrix, 0, 1, m);
        Node left = slice(b, below, 1, 0, m - 1);
        Node right = slice(b, below, 1, 1, m);
        double[] signs = new double[m];
        double[] before = new double[m * (m - 1)];
        for (int j = 0; j < m; j++) {
            signs[j] = j % 2 == 0 ? 1 : -1;
            Arrays.fill(before, j * (m - 1), j * (m - 1) + j, 1);
        }
        List<Node> columns = List.of(index(b, matrix, 0, 0), b.constant(Tensor.vector(signs)),
                b.constant(Tensor.wrap(Shape.of(m, m - 1), before)));
        return Control.mapSum(b, columns, m, (column, slices) -> {
            Node minor = call(column, "where", slices.get(2), left, right);
            return List.of(mul(column, slices.get(0), slices.get(1), expand(column, minor)));
        }).get(0);
    }

    /** All minors of each size, from the smallest on; those of one matrix follow each other. */
    private static Node atOnce(GraphBuilder b, Node flat, int m) {
        List<List<int[]>> levels = new ArrayList<>();
        levels.add(List.of(IntStream.range(0, m).toArray()));
        while (levels.get(levels.size() - 1).get(0).length > WRITTEN) {
            List<int[]> minors = new ArrayList<>();
            for (int[] columns : levels.get(levels.size() - 1)) {
                for (int left : columns) {
                    minors.add(Arrays.stream(columns).filter(column -> column != left).toArray());
                }
            }
            levels.add(minors);
        }
        List<int[]> least = levels.get(levels.size() - 1);
        Node minors = written(b, flat, m, least);
        for (int level = levels.size() - 2; level >= 0; level--) {
            List<int[]> larger = levels.get(level);
            int size = larger.get(0).length;
            double[] signs = new double[size];
            Arrays.setAll(signs, j -> j % 2 == 0 ? 1 : -1);
            Node row = elements(b, flat, m, m - size, larger, -1);
            Node terms = mul(b, row, reshape(b, minors, larger.size(), size), b.constant(Tensor.vector(signs)));
            minors = Nodes.sum(b, terms, 1);
        }
        return reshape(b, minors);
    }

    /** The determinants of the last rows and these columns, of three at the most. */
    private static Node written(GraphBuilder b, Node flat, int m, List<int[]> columns) {
        int size = columns.get(0).length;
        Node[][] x = new Node[size][size];
        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                x[row][column] = elements(b, flat, m, m - size + row, columns, column);
            }
        }
        if (size == 1) {
            return x[0][0];
        } else if (size == 2) {
            return pair(b, x[0], x[1], 0, 1);
        }
        Node first = mul(b, x[0][0], pair(b, x[1], x[2], 1, 2));
        Node second = mul(b, x[0][1], pair(b, x[1], x[2], 0, 2));
        Node third = mul(b, x[0][2], pair(b, x[1], x[2], 0, 1));
        return Nodes.add(b, sub(b, first, second), third);
    }

    /** The determinants of two columns of two rows. */
    private static Node pair(GraphBuilder b, Node[] upper, Node[] lower, int left, int right) {
        return sub(b, mul(b, upper[left], lower[right]), mul(b, upper[right], lower[left]));
    }

    /** The elements of a row in one of the columns of each minor; in all of them, for −1. */
    private static Node elements(GraphBuilder b, Node flat, int m, int row, List<int[]> columns, int which) {
        IntStream places = which < 0 ? columns.stream().flatMapToInt(Arrays::stream)
                : columns.stream().mapToInt(each -> each[which]);
        double[] indices = places.mapToDouble(column -> row * m + column).toArray();
        Shape shape = which < 0 ? Shape.of(columns.size(), columns.get(0).length) : Shape.of(columns.size());
        return Nodes.gather(b, flat, 0, Tensor.wrap(shape, indices));
    }

    @Override
    public Object sample(long seed) {
        return fields("A", new Seeded(seed).tensor(-1, 1, 25), "ell", 5);
    }
}
