package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What does not depend on a variable contributes nothing to its derivative, however steep the rest is. */
class StructuralZeroTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    private final NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    @Test
    void matrixTimesVectorOfSquareRootsAtZero() {
        // sum(X @ sqrt(w)) with zeros in X under an infinite slope.
        double[][] gradient = gradients((b, in) -> sum(b, call(b, "@", in.get(0), call(b, "sqrt", in.get(1)))),
                Tensor.matrix(new double[] {0, 1}, new double[] {0, 2}), Tensor.vector(0, 4));
        assertArrayEquals(new double[] {0, 2, 0, 2}, gradient[0]);
        assertArrayEquals(new double[] {0, 0.75}, gradient[1]);
    }

    @Test
    void squareRootsOfAMatrixAtZeroTimesAVector() {
        double[][] gradient = gradients((b, in) -> sum(b, call(b, "@", call(b, "sqrt", in.get(0)), in.get(1))),
                Tensor.matrix(new double[] {0, 1}, new double[] {4, 0}), Tensor.vector(0, 3));
        assertArrayEquals(new double[] {0, 1.5, 0, INF}, gradient[0]);
        assertArrayEquals(new double[] {2, 1}, gradient[1]);
    }

    @Test
    void dotOuterAndMatrixProducts() {
        double[][] dot = gradients((b, in) -> call(b, "dot", call(b, "sqrt", in.get(0)), in.get(1)),
                Tensor.vector(0, 0, 4), Tensor.vector(0, 1, 2));
        assertArrayEquals(new double[] {0, INF, 0.5}, dot[0]);
        double[][] outer = gradients((b, in) -> sum(b, call(b, "outer", call(b, "sqrt", in.get(0)), in.get(1))),
                Tensor.vector(0, 4), Tensor.vector(0, 0));
        assertArrayEquals(new double[] {0, 0}, outer[0]);
        assertArrayEquals(new double[] {2, 2}, outer[1]);
        double[][] product = gradients((b, in) -> sum(b, call(b, "@", call(b, "sqrt", in.get(0)), in.get(1))),
                Tensor.matrix(new double[] {0, 1}), Tensor.matrix(new double[] {0, 0}, new double[] {1, 1}));
        assertArrayEquals(new double[] {0, 1}, product[0]);
    }

    @Test
    void anOperandThatIsNotSelectedContributesNothing() {
        for (String choice : List.of("max", "where")) {
            double[][] gradient = gradients((b, in) -> {
                Node root = call(b, "sqrt", in.get(0));
                return choice.equals("max")
                        ? call(b, "max", root, in.get(1))
                        : call(b, "where", call(b, ">", root, in.get(1)), root, in.get(1));
            }, Tensor.scalar(0), Tensor.scalar(3));
            assertArrayEquals(new double[] {0}, gradient[0], choice);
            assertArrayEquals(new double[] {1}, gradient[1], choice);
        }
        double[][] relu = gradients((b, in) -> call(b, "relu", call(b, "-", in.get(1), call(b, "log", in.get(0)))),
                Tensor.scalar(1), Tensor.scalar(-5));
        assertArrayEquals(new double[] {0}, relu[0]);
    }

    @Test
    void powersAtZero() {
        for (int exponent = 0; exponent <= 4; exponent++) {
            Graph graph = graph((b, in) -> call(b, "^", in.get(0), in.get(1)), Tensor.scalar(0),
                    Tensor.scalar(exponent));
            double factorial = 1;
            for (int order = 1; order <= 4; order++) {
                graph = Witness.tangentGraph(graph, List.of(Tensor.scalar(1), Tensor.scalar(0)));
                factorial *= order;
                double expected = order == exponent ? factorial : 0;
                double got = graph.evaluate(doubles, List.of(doubles.scalar(0), doubles.scalar(exponent))).get(0)
                        .get(0);
                assertEquals(expected, got, 0.0, "derivative " + order + " of x^" + exponent);
            }
        }
    }

    @Test
    void secondDerivativesOfProductsWithZeros() {
        Graph graph = graph((b, in) -> call(b, "prod", in.get(0)), Tensor.vector(0, 0, 3));
        List<Tensor> first = List.of(Tensor.vector(1, 0, 0));
        Graph slope = Witness.tangentGraph(graph, first);
        double[][] second = gradients(slope, Tensor.vector(0, 0, 3));
        assertArrayEquals(new double[] {0, 3, 0}, second[0]);
    }

    @Test
    void runningProductsWithZeros() {
        // y = (a, ab, abc, abcd) at (2, 0, 3, 0), summed.
        double[][] gradient = gradients((b, in) -> sum(b, call(b, "cumprod", in.get(0))), Tensor.vector(2, 0, 3, 0));
        assertArrayEquals(new double[] {1, 2 + 2 * 3, 0, 0}, gradient[0]);
        Graph graph = graph((b, in) -> sum(b, call(b, "cumprod", in.get(0))), Tensor.vector(2, 0, 3, 0));
        Graph slope = Witness.tangentGraph(graph, List.of(Tensor.vector(0, 1, 0, 0)));
        assertArrayEquals(new double[] {1 + 3, 0, 2, 2 * 3}, gradients(slope, Tensor.vector(2, 0, 3, 0))[0]);
    }

    @Test
    void aZeroCoefficientEndsASteepRecurrence() {
        // z = b, a z + b, ...: with a = 0 what stands before it does not matter, however steep.
        double[][] gradient = gradients((b, in) -> {
            Node z = call(b, "recurrence", in.get(0), call(b, "sqrt", in.get(1)));
            return Operations.find("sum").call(b, List.of(Indexing.slice(b, z, 0, 1, 3)));
        }, Tensor.vector(5, 0, 2), Tensor.vector(0, 4, 1));
        assertArrayEquals(new double[] {0, 0, 2}, gradient[0]);
        assertArrayEquals(new double[] {0, 0.75, 0.5}, gradient[1]);
    }

    @Test
    void windowsWithZerosOverSquareRoots() {
        double[][] gradient = gradients((b, in) -> sum(b, call(b, "conv1d", call(b, "sqrt", in.get(0)), in.get(1))),
                Tensor.vector(0, 4, 0, 1), Tensor.vector(0, 1));
        assertArrayEquals(new double[] {0, 0.25, INF, 0.5}, gradient[0]);
        assertArrayEquals(new double[] {2, 3}, gradient[1]);
    }

    @Test
    void indicesReadAndAddSteepElementsOnlyWhereTheyPoint() {
        double[][] gradient = gradients((b, in) -> sum(b, call(b, "gather", call(b, "sqrt", in.get(0)), in.get(1))),
                Tensor.vector(0, 4, 0), Tensor.vector(1, 1, -2));
        assertArrayEquals(new double[] {0, 0.75, 0}, gradient[0]);
        assertArrayEquals(new double[] {0, 0, 0}, gradient[1]);
    }

    @Test
    void secondDerivativesOfNormsWithAZeroElement() {
        for (double order : new double[] {1.5, 2, 3, 4}) {
            Operation norm = Operations.find("norm");
            Graph graph = Reached.graph(norm, Sample.of(Tensor.vector(0, 2)).with("ord", order));
            Graph slope = Witness.tangentGraph(graph, List.of(Tensor.vector(1, 0)));
            double expected = order < 2 ? INF : order == 2 ? 0.5 : 0;
            assertArrayEquals(new double[] {expected, 0}, gradients(slope, Tensor.vector(0, 2))[0], "ord=" + order);
        }
    }

    @Test
    void detachStopsDerivativesAndOnlyThose() {
        double[][] gradient = gradients((b, in) -> call(b, "*", call(b, "detach", in.get(0)), in.get(0)),
                Tensor.scalar(3));
        assertArrayEquals(new double[] {3}, gradient[0]);
    }

    private static Node call(GraphBuilder b, String name, Node... operands) {
        return Operations.find(name).call(b, List.of(operands));
    }

    private static Node sum(GraphBuilder b, Node x) {
        return call(b, "sum", x);
    }

    private static Graph graph(BiFunction<GraphBuilder, List<Node>, Node> f, Tensor... point) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = new ArrayList<>();
        for (Tensor tensor : point) {
            inputs.add(builder.input("x" + inputs.size(), tensor.shape()));
        }
        return builder.graph(f.apply(builder, inputs));
    }

    private double[][] gradients(BiFunction<GraphBuilder, List<Node>, Node> f, Tensor... point) {
        return gradients(graph(f, point), point);
    }

    /** By reverse and by forward accumulation, which must agree in every bit here. */
    private double[][] gradients(Graph graph, Tensor... point) {
        List<Array<Double>> x = new ArrayList<>();
        for (Tensor tensor : point) {
            x.add(doubles.constant(tensor));
        }
        List<Array<Double>> reverse = Chain.reverse(doubles, graph, x, doubles.fill(1, Shape.SCALAR));
        double[][] gradients = new double[point.length][];
        for (int i = 0; i < point.length; i++) {
            gradients[i] = reverse.get(i).toTensor(v -> v).toArray();
            for (int k = 0; k < gradients[i].length; k++) {
                gradients[i][k] += 0.0;
                List<Array<Double>> dx = new ArrayList<>(java.util.Collections.nCopies(point.length, null));
                dx.set(i, Array.filled(point[i].shape(), 0.0));
                dx.get(i).set(k, 1.0);
                assertEquals(gradients[i][k], Chain.forward(doubles, graph, x, dx).get(0) + 0.0,
                        "x" + i + "[" + k + "]");
            }
        }
        return gradients;
    }
}
