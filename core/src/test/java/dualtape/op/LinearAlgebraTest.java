package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.engine.Point;
import dualtape.ir.Array;
import dualtape.ir.Conventions;
import dualtape.ir.Graph;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DecimalNumbers;
import dualtape.ir.numbers.DoubleNumbers;
import dualtape.lang.Language;
import dualtape.lang.print.LatexPrinter;
import dualtape.lang.print.TextPrinter;
import dualtape.program.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Known results of linear algebra, its derivatives where they are delicate, and what the factors are shared by. */
class LinearAlgebraTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private final NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            value = {"det([[1, 2], [3, 4]])|-2", "det([[0, 1], [1, 0]])|-1",
                "det([[0, 2, 0], [0, 0, 3], [5, 0, 0]])|30",
                "det([[5]])|5", "logdet([[0, 2, 0], [0, 0, 3], [5, 0, 0]])|log(30)", "logdet([[1, 2], [3, 4]])|nan",
                "inv([[4, 7], [2, 6]])|[[0.6, -0.7], [-0.2, 0.4]]", "solve([[2, 1], [1, 3]], [3, 5])|[0.8, 1.4]",
                "solve([[2, 0], [1, 4]], [[2, 4], [5, 2]])|[[1, 2], [1, 0]]",
                "solve([[2, 1], [0, 4]], [2, 9], transposed=1)|[1, 2]",
                "triangular_solve([[2, nan], [1, 4]], [2, 9])|[1, 2]",
                "triangular_solve([[2, 1], [nan, 4]], [4, 8], lower=0)|[1, 2]",
                "triangular_solve([[2, nan], [1, 4]], [4, 8], transposed=1)|[1, 2]",
                "triangular_solve([[2, 1], [nan, 4]], [2, 9], lower=0, transposed=1)|[1, 2]",
                "cholesky([[4, nan], [2, 5]])|[[2, 0], [1, 2]]", "cofactor([[1, 2], [3, 4]])|[[4, -3], [-2, 1]]",
                "cofactor([[1, 2, 3], [4, 5, 6], [7, 8, 10]])|[[2, 2, -3], [4, -11, 6], [-3, 6, -3]]",
                "cofactor([[1, 2], [3, 4]], [[1, 0], [0, 0]])|[[0, 0], [0, 1]]", "trace([[1, 2, 3], [4, 5, 6]])|6",
                "diag([1, 2])|[[1, 0], [0, 2]]", "diag([3], k=-1)|[[0, 0], [3, 0]]",
                "diag([[1, 2, 3], [4, 5, 6]], k=1)|[2, 6]", "tril([[1, 2], [3, 4]])|[[1, 0], [3, 4]]",
                "triu([[1, 2], [3, 4]], k=1)|[[0, 2], [0, 0]]", "quad_form([1, -2], [[1, 3], [5, 7]])|13",
                "kron([[1, 2], [3, 4]], [[0, 5], [6, 7]])|"
                        + "[[0, 5, 0, 10], [6, 7, 12, 14], [0, 15, 0, 20], [18, 21, 24, 28]]",
                "kron([1, 2], [3, 4])|[3, 4, 6, 8]", "kron(2, [[1, 3]])|[[2, 6]]"})
    void hasTheKnownValue(String program, String expected) {
        Tensor got = value(program);
        Tensor right = value(expected);
        assertEquals(right.shape(), got.shape(), program);
        assertArrayEquals(right.toArray(), got.toArray(), 4e-16 * Math.max(1, largest(right)), program);
    }

    @Test
    void emptyMatricesAreMatrices() {
        Tensor empty = Tensor.of(Shape.of(0, 0));
        assertEquals(1, call("det", empty).value());
        assertEquals(0, call("logdet", empty).value());
        for (String name : List.of("inv", "cholesky", "cofactor")) {
            assertEquals(empty, call(name, empty), name);
        }
        assertEquals(Tensor.vector(), call("solve", empty, Tensor.vector()));
        assertEquals(Shape.of(0, 2), call("solve", empty, Tensor.of(Shape.of(0, 2))).shape());
    }

    @Test
    void solvingAProductGivesTheFactorBack() {
        Tensor a = Sample.random(1, -2, 2, 5, 5);
        Tensor x = Sample.random(2, -2, 2, 5);
        Graph graph = graph("solve(A, A @ x)", "A", a, "x", x);
        double[][] jacobian = jacobian(graph, List.of(a, x));
        for (int i = 0; i < 5; i++) {
            for (int k = 0; k < 25; k++) {
                assertEquals(0, jacobian[i][k], 1e-13, "by A");
            }
            for (int k = 0; k < 5; k++) {
                assertEquals(i == k ? 1 : 0, jacobian[i][25 + k], 1e-13, "by x");
            }
        }
        List<Tensor> direction = List.of(Sample.random(3, -1, 1, 5, 5), Sample.random(4, -1, 1, 5));
        Graph tangent = Witness.tangentGraph(graph, direction);
        for (double[] row : jacobian(tangent, List.of(a, x))) {
            for (double second : row) {
                assertEquals(0, second, 1e-12, "second order");
            }
        }
    }

    @Test
    void theDeterminantOfASingularMatrixHasItsDerivatives() {
        Tensor one = matrix(3, 1, 2, 4, 2, 4, 8, 0.5, 1, 2);
        Graph graph = graph("det(A)", "A", one);
        assertArrayEquals(new double[9], jacobian(graph, List.of(one))[0]);
        // Rank 1: D² det [H, H] is twice the sum of the products of minors.
        for (Tensor a : List.of(one, Tensor.uniform(0, Shape.of(3, 3)), matrix(3, 4, 2, 8, 2, 1, 4, 1, 3, 2))) {
            List<Tensor> h = List.of(matrix(3, 1, 0, -2, 3, 1, 1, -1, 2, 1));
            List<Graph> orders = new ArrayList<>(List.of(graph));
            for (int k = 0; k < 4; k++) {
                orders.add(Witness.tangentGraph(orders.get(k), h));
            }
            double[] expansion = characteristic(a, h.get(0));
            double factorial = 1;
            for (int k = 0; k < orders.size(); k++) {
                factorial *= Math.max(1, k);
                double got = orders.get(k).evaluate(doubles, List.of(doubles.constant(a))).get(0).get(0);
                assertEquals(k < 4 ? factorial * expansion[k] : 0, got, 1e-12, "order " + k + " at " + a);
            }
        }
    }

    /** The coefficients of det(A + t H), of 3×3 matrices, by Leibniz' formula. */
    private static double[] characteristic(Tensor a, Tensor h) {
        double[] sum = new double[4];
        for (int[] p : Selections.ordered(3, 3)) {
            double[] product = {Selections.odd(p) ? -1 : 1, 0, 0, 0};
            for (int i = 0; i < 3; i++) {
                for (int k = 3; k >= 0; k--) {
                    product[k] = product[k] * a.at(3 * i + p[i]) + (k > 0 ? product[k - 1] * h.at(3 * i + p[i]) : 0);
                }
            }
            for (int k = 0; k < 4; k++) {
                sum[k] += product[k];
            }
        }
        return sum;
    }

    @Test
    void theSlopeOfTheDeterminantIsAccurateNextToSingularMatrices() {
        for (double distance : new double[] {0, 1e-15, 1e-13, 1e-8}) {
            Tensor a = matrix(3, 1, 2, 3, 4, 5, 6, 7, 8, 9 + distance);
            Tensor slope = call("cofactor", a);
            Tensor exact = exact("cofactor(A)", a);
            assertTrue(distance(slope, exact) < 1e-15 * largest(exact), slope + " " + exact);
        }
        // The textbook's formula has nothing to say at a singular matrix.
        Tensor a = matrix(2, 1, 2, 2, 4);
        assertEquals(Double.NaN, tensor(graph("det(A) * inv(A)", "A", a), List.of(a)).at(0));
        assertEquals(matrix(2, 4, -2, -2, 1), call("cofactor", a));
    }

    /** The determinant's condition is that of the matrix; the slope's is its own. */
    @Test
    void theHilbertMatrixIsSolvedWithinItsCondition() {
        int n = 6;
        double condition = 1.5e7;
        double[] elements = new double[n * n];
        for (int i = 0; i < n * n; i++) {
            elements[i] = 1.0 / (i / n + i % n + 1);
        }
        Tensor hilbert = matrix(n, elements);
        Tensor b = Sample.random(5, -1, 1, n);
        double tolerance = 8 * condition * 0x1p-53;
        for (String program : List.of("inv(A)", "solve(A, b)", "logdet(A)", "det(A)", "cholesky(A)",
                "dot(b, solve(A, b))")) {
            Graph graph = graph(program, "A", hilbert, "b", b);
            List<Tensor> point = graph.inputs().size() == 1 ? List.of(hilbert) : points(graph, hilbert, b);
            Tensor exact = exact(graph, point);
            Tensor got = tensor(graph, point);
            assertTrue(distance(got, exact) <= tolerance * largest(exact), program + " " + got + " " + exact);
            List<Tensor> direction = point.stream().map(x -> Sample.random(6, -1, 1, x.shape().extents())).toList();
            Graph tangent = Witness.tangentGraph(graph, direction);
            Tensor exactTangent = exact(tangent, point);
            Tensor gotTangent = tensor(tangent, point);
            assertTrue(distance(gotTangent, exactTangent) <= 2 * tolerance * largest(exactTangent),
                    program + " tangent " + gotTangent + " " + exactTangent);
        }
    }

    private static List<Tensor> points(Graph graph, Tensor a, Tensor b) {
        return graph.inputs().stream().map(input -> input.name().equals("A") ? a : b).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"inv(A)", "solve(A, b)", "logdet(A)", "solve(A, b, transposed=1)"})
    void aSingularMatrixGivesInfinityOrNaNAndNoException(String program) {
        Tensor a = matrix(2, 1, 2, 2, 4);
        Tensor b = Tensor.vector(1, 1);
        Graph graph = graph(program, "A", a, "b", b);
        List<Tensor> point = points(graph, a, b);
        for (double element : tensor(graph, point).toArray()) {
            assertTrue(!Double.isFinite(element), program);
        }
        jacobian(graph, point);
    }

    @Test
    void whatIsNotPositiveDefiniteHasNoCholeskyFactor() {
        double[] factor = call("cholesky", matrix(3, 4, 0, 0, 2, -1, 0, 1, 1, 9)).toArray();
        assertArrayEquals(new double[] {2, 0, 0, 1, Double.NaN, 0, 0.5, Double.NaN, Double.NaN}, factor);
        // A last pivot 0: everything else has its derivative, there it is infinite.
        Tensor semidefinite = matrix(2, 4, 0, 2, 1);
        double[][] jacobian = jacobian(graph("cholesky(A)", "A", semidefinite), List.of(semidefinite));
        assertArrayEquals(new double[] {0.25, 0, 0, 0}, jacobian[0]);
        assertArrayEquals(new double[] {-0.125, 0, 0.5, 0}, jacobian[2]);
        assertArrayEquals(new double[] {INF, 0, -INF, INF}, jacobian[3]);
    }

    @Test
    void anExactZeroWinsInSystemsToo() {
        // solve(diag(2, 4), [√x, y]) at x = 0: what does not depend on x stays finite.
        Tensor point = Tensor.vector(0, 3);
        Graph graph = graph("solve([[2, 0], [0, 4]], [sqrt(x[0]), x[1]])", "x", point);
        double[][] jacobian = jacobian(graph, List.of(point));
        assertArrayEquals(new double[] {INF, 0}, jacobian[0]);
        assertArrayEquals(new double[] {0, 0.25}, jacobian[1]);
        graph = graph("triangular_solve([[2, 0], [0, 4]], [sqrt(x[0]), x[1]])", "x", point);
        assertArrayEquals(new double[] {0, 0.25}, jacobian(graph, List.of(point))[1]);
        graph = graph("det([[sqrt(x[0]), 0], [0, x[1]]])", "x", point);
        assertArrayEquals(new double[] {INF, 0}, jacobian(graph, List.of(point))[0]);
        // Without structural zeros 0 · ∞ is NaN.
        NumbersAlgebra<Double> ieee = new NumbersAlgebra<>(DoubleNumbers.INSTANCE, Conventions.IEEE);
        graph = graph("solve([[2, 0], [0, 4]], [sqrt(x[0]), x[1]])", "x", point);
        Array<Double> plain = Chain.forward(ieee, graph, List.of(ieee.constant(point)),
                List.of(ieee.constant(Tensor.vector(1, 0))));
        assertEquals(Double.NaN, plain.get(1));
    }

    @Test
    void whatReadsOneMatrixFactorsItOnce() {
        Tensor a = Sample.random(7, 0, 1, 4, 4);
        Tensor b = Sample.random(8, 0, 1, 4);
        Graph graph = shared(graph("logdet(A) + dot(b, solve(A, b)) + det(A) + sum(inv(A))", "A", a, "b", b));
        Graph gradient = Witness.adjointGraph(graph, Tensor.scalar(1), List.of(a, b));
        Graph second = Witness.tangentGraph(gradient, List.of(a, b));
        assertEquals(1, graph.histogram().get("lu"));
        assertEquals(1, gradient.histogram().get("lu"));
        assertEquals(1, second.histogram().get("lu"));
    }

    @Test
    void factorsAreNeverWritten() {
        Tensor a = Sample.random(7, 0, 1, 3, 3);
        Tensor b = Sample.random(8, 0, 1, 3);
        Graph graph = graph("logdet(A) + dot(b, solve(A, b)) + det(A)", "A", a, "b", b);
        Graph gradient = Witness.adjointGraph(graph, Tensor.scalar(1), List.of(a, b));
        String text = TextPrinter.print(gradient);
        assertTrue(!text.contains("lu("), text);
        assertTrue(!LatexPrinter.print(gradient).contains("LU"), "LaTeX");
        Graph again = Language.parse(text).trace(Point.of("A", a, "b", b)).graph();
        assertEquals(tensor(gradient, points(gradient, a, b)).value(), tensor(again, points(again, a, b)).value(),
                1e-12);
    }

    @Test
    void onlyTheLowerTriangleIsReadByCholesky() {
        Tensor a = matrix(2, 4, 9, 2, 5);
        for (double[] row : jacobian(graph("cholesky(A)", "A", a), List.of(a))) {
            assertEquals(0, row[1]);
        }
    }

    private static Graph shared(Graph graph) {
        dualtape.ir.GraphBuilder builder = new dualtape.ir.GraphBuilder();
        return builder.graph(graph.evaluate(builder, Chain.inputs(builder, graph)));
    }

    private static Tensor matrix(int n, double... elements) {
        return Tensor.of(Shape.of(n, n), elements);
    }

    private static Tensor call(String name, Tensor... operands) {
        return Operations.find(name).call(Tensors.INSTANCE, List.of(operands));
    }

    private static Graph graph(String program, Object... point) {
        return Language.parse(program).trace(Point.of(used(program, point))).graph();
    }

    /** Only the inputs that a program reads. */
    private static Object[] used(String program, Object... point) {
        List<Object> used = new ArrayList<>();
        for (int i = 0; i < point.length; i += 2) {
            if (program.matches("(?s).*\\b" + point[i] + "\\b.*")) {
                used.add(point[i]);
                used.add(point[i + 1]);
            }
        }
        return used.toArray();
    }

    private static Tensor value(String program) {
        return tensor(graph(program), List.of());
    }

    private static Tensor tensor(Graph graph, List<Tensor> point) {
        return graph.evaluate(Tensors.INSTANCE, point).get(0);
    }

    private static Tensor exact(String program, Tensor a) {
        return exact(graph(program, "A", a), List.of(a));
    }

    private static Tensor exact(Graph graph, List<Tensor> point) {
        DecimalNumbers decimals = DecimalNumbers.digits(50);
        NumbersAlgebra<Dfp> algebra = new NumbersAlgebra<>(decimals);
        return graph.evaluate(algebra, point.stream().map(algebra::constant).toList()).get(0)
                .toTensor(decimals::toDouble);
    }

    private static double distance(Tensor x, Tensor y) {
        double distance = 0;
        for (int i = 0; i < x.size(); i++) {
            distance = Math.max(distance, Math.abs(x.at(i) - y.at(i)));
        }
        return distance;
    }

    private static double largest(Tensor x) {
        double largest = 0;
        for (int i = 0; i < x.size(); i++) {
            largest = Double.isNaN(x.at(i)) ? largest : Math.max(largest, Math.abs(x.at(i)));
        }
        return largest;
    }

    /** A row for each element of the result, a column for each of the inputs; by reverse and by forward, which agree. */
    private double[][] jacobian(Graph graph, List<Tensor> point) {
        List<Array<Double>> x = point.stream().map(doubles::constant).toList();
        int rows = graph.output().shape().size();
        int columns = point.stream().mapToInt(Tensor::size).sum();
        double[][] jacobian = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
            Array<Double> seed = Array.filled(graph.output().shape(), 0.0);
            seed.set(row, 1.0);
            int at = 0;
            for (Array<Double> adjoint : Chain.reverse(doubles, graph, x, seed)) {
                for (int k = 0; k < adjoint.size(); k++) {
                    jacobian[row][at++] = adjoint.get(k) + 0.0;
                }
            }
        }
        int column = 0;
        for (int i = 0; i < point.size(); i++) {
            for (int k = 0; k < point.get(i).size(); k++) {
                List<Array<Double>> dx = new ArrayList<>(Collections.nCopies(point.size(), null));
                dx.set(i, Array.filled(point.get(i).shape(), 0.0));
                dx.get(i).set(k, 1.0);
                Array<Double> tangent = Chain.forward(doubles, graph, x, dx);
                for (int row = 0; row < rows; row++) {
                    double scale = Math.max(1, Math.abs(tangent.get(row)));
                    boolean both = Math.abs(tangent.get(row) - jacobian[row][column]) <= 1e-12 * scale
                            || Double.compare(tangent.get(row) + 0.0, jacobian[row][column]) == 0;
                    assertTrue(both || !Double.isFinite(tangent.get(row)) && !Double.isFinite(jacobian[row][column]),
                            "element " + row + " by " + column + ": forward " + tangent.get(row) + ", reverse "
                                    + jacobian[row][column]);
                }
                column++;
            }
        }
        return jacobian;
    }
}
