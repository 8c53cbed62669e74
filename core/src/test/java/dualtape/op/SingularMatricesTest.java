package dualtape.op;

import static dualtape.op.MatrixPrograms.DOUBLES;
import static dualtape.op.MatrixPrograms.call;
import static dualtape.op.MatrixPrograms.distance;
import static dualtape.op.MatrixPrograms.exact;
import static dualtape.op.MatrixPrograms.graph;
import static dualtape.op.MatrixPrograms.jacobian;
import static dualtape.op.MatrixPrograms.largest;
import static dualtape.op.MatrixPrograms.matrix;
import static dualtape.op.MatrixPrograms.points;
import static dualtape.op.MatrixPrograms.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Array;
import dualtape.ir.Conventions;
import dualtape.ir.Graph;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** At and next to singular matrices: derivatives by other means than quotients, infinities, exact zeros, conditions. */
class SingularMatricesTest {
    private static final double INF = Double.POSITIVE_INFINITY;

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
                double got = orders.get(k).evaluate(DOUBLES, List.of(DOUBLES.constant(a))).get(0).get(0);
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
}
