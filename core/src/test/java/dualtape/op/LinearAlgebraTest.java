package dualtape.op;

import static dualtape.op.MatrixPrograms.call;
import static dualtape.op.MatrixPrograms.graph;
import static dualtape.op.MatrixPrograms.jacobian;
import static dualtape.op.MatrixPrograms.largest;
import static dualtape.op.MatrixPrograms.matrix;
import static dualtape.op.MatrixPrograms.points;
import static dualtape.op.MatrixPrograms.shared;
import static dualtape.op.MatrixPrograms.tensor;
import static dualtape.op.MatrixPrograms.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.engine.Point;
import dualtape.ir.Graph;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.lang.print.LatexPrinter;
import dualtape.lang.print.TextPrinter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Known results of linear algebra, its derivatives where they are delicate, and what the factors are shared by. */
class LinearAlgebraTest {
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
}
