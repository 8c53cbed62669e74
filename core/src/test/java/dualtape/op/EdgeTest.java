package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The conventions at kinks, ties, poles and ends of domain, as a table: operation, operands, value, slopes. */
class EdgeTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

    private final NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    static Stream<Arguments> scalars() {
        return Stream.of(
                row("abs", at(0), 0, 0),
                row("relu", at(0), 0, 0), row("relu", at(-3), 0, 0), row("relu", at(NAN), NAN, 0),
                row("sign", at(0), 0, 0), row("floor", at(2), 2, 0),
                row("max", at(0, 0), 0, 0.5, 0.5), row("min", at(2, 2), 2, 0.5, 0.5),
                row("max", at(NAN, 1), NAN, NAN, NAN), row("max", at(1, NAN), NAN, NAN, NAN),
                row("min", at(NAN, 1), NAN, NAN, NAN), row("min", at(1, NAN), NAN, NAN, NAN),
                row("max", at(INF, 1), INF, 1, 0), row("min", at(-INF, -INF), -INF, 0.5, 0.5),
                row("where", at(1, 2, NAN), 2, 0, 1, 0), row("where", at(0, NAN, 3), 3, 0, 0, 1),
                row("where", at(NAN, 2, 3), 2, 0, 1, 0),
                row("sqrt", at(0), 0, INF), row("sqrt", at(-1), NAN, NAN), row("cbrt", at(0), 0, INF),
                row("log", at(0), -INF, INF), row("log1p", at(-1), -INF, INF), row("log2", at(0), -INF, INF),
                row("^", at(0, 0), 1, 0, 0), row("^", at(0, 1), 0, 1, 0), row("^", at(0, 2), 0, 0, 0),
                row("^", at(0, 0.5), 0, INF, 0), row("^", at(0, -1), INF, -INF, -INF), row("^", at(-2, 0), 1, 0, NAN),
                row("^", at(-2, 3), -8, 12, NAN), row("^", at(-2, 0.5), NAN, NAN, NAN),
                row("/", at(1, 0), INF, INF, -INF), row("/", at(0, 0), NAN, INF, NAN), row("ratio", at(0, 0), 0, 0, 0),
                row("hypot", at(0, 0), 0, 0, 0), row("hypot", at(0, -2), 2, 0, -1),
                row("hypot", at(INF, 1), INF, NAN, 0),
                row("atan2", at(0, 0), 0, 0, 0), row("atan2", at(0, -2), Math.PI, -0.5, 0),
                row("atan2", at(1e300, 1e300), Math.PI / 4, 5e-301, -5e-301),
                row("asin", at(1), Math.PI / 2, INF), row("acos", at(1), 0, -INF), row("asin", at(2), NAN, NAN),
                row("acosh", at(1), 0, INF), row("acosh", at(-2), NAN, NAN), row("atanh", at(1), INF, INF),
                row("sigmoid", at(800), 1, 0), row("sigmoid", at(-800), 0, 0), row("sigmoid", at(INF), 1, 0),
                row("sigmoid", at(-40), 4.248354255291589e-18, 4.248354255291589e-18),
                row("sigmoid", at(40), 1, 4.248354255291589e-18),
                row("softplus", at(800), 800, 1), row("softplus", at(-800), 0, 0), row("softplus", at(INF), INF, 1),
                row("softplus", at(-INF), 0, 0), row("softplus", at(NAN), NAN, NAN),
                row("tanh", at(800), 1, 0), row("exp", at(-INF), 0, 0), row("erf", at(INF), 1, 0),
                row("lgamma", at(0), INF, NAN), row("norm", at(0), 0, 0), row("norm", at(-3), 3, -1),
                row("prod", at(0), 0, 1), row("detach", at(5), 5, 0), row("mod", at(6, 2), 0, 1, -3),
                row("mod", at(-1, 3), 2, 1, 1), row("==", at(NAN, NAN), 0, 0, 0), row("!=", at(NAN, NAN), 1, 0, 0),
                row("<=", at(2, 2), 1, 0, 0), row("<=", at(NAN, 2), 0, 0, 0), row(">=", at(2, 2), 1, 0, 0),
                row("<", at(2, 2), 0, 0, 0), row(">", at(3, 2), 1, 0, 0), row("and", at(1, 0), 0, 0, 0),
                row("and", at(-1, 2), 1, 0, 0), row("or", at(0, 0), 0, 0, 0), row("or", at(0, 5), 1, 0, 0),
                row("not", at(0), 1, 0), row("not", at(2), 0, 0));
    }

    static Stream<Arguments> vectors() {
        return Stream.of(
                row("max", at(1, 3, 3), 3, 0, 0.5, 0.5), row("min", at(1, 1, 1, 2), 1, 1 / 3.0, 1 / 3.0, 1 / 3.0, 0),
                row("max", at(-INF, -INF), -INF, 0.5, 0.5), row("max", at(1, NAN), NAN, NAN, NAN),
                row("norm", at(0, 0), 0, 0, 0), row("norm", at(3e200, -4e200), 5e200, 0.6, -0.8),
                row("norm", at(3e-200, -4e-200), 5e-200, 0.6, -0.8),
                row("norm", at(INF, 1), INF, NAN, 0),
                row("prod", at(2, 0, 3), 0, 0, 6, 0), row("prod", at(0, 0, 3), 0, 0, 0, 0),
                row("prod", at(2, 3, 4, 5, 6), 720, 360, 240, 180, 144, 120),
                row("logsumexp", at(1000, 1000), 1000 + Math.log(2), 0.5, 0.5),
                row("logsumexp", at(-1000, -1000), -1000 + Math.log(2), 0.5, 0.5),
                row("logsumexp", at(-INF, 2), 2, 0, 1), row("logsumexp", at(-INF, -INF), -INF, NAN, NAN),
                row("logsumexp", at(INF, 2), INF, NAN, 0), row("mean", at(1, 2, 6), 3, 1 / 3.0, 1 / 3.0, 1 / 3.0));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void ofScalars(String name, double[] x, double value, double[] slopes) {
        List<Tensor> operands = new ArrayList<>();
        for (double element : x) {
            operands.add(Tensor.scalar(element));
        }
        check(name, operands, value, slopes);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void ofVectors(String name, double[] x, double value, double[] slopes) {
        check(name, List.of(Tensor.vector(x)), value, slopes);
    }

    private void check(String name, List<Tensor> operands, double value, double[] slopes) {
        Graph graph = Reached.graph(Operations.find(name), new Sample(operands, Map.of()));
        List<Array<Double>> x = operands.stream().map(doubles::constant).toList();
        same(value, graph.evaluate(doubles, x).get(0).get(0), name + operands + " value");
        List<Array<Double>> gradient = Chain.reverse(doubles, graph, x, doubles.scalar(1));
        int at = 0;
        for (int i = 0; i < operands.size(); i++) {
            for (int k = 0; k < operands.get(i).size(); k++) {
                same(slopes[at], gradient.get(i).get(k), name + operands + " reverse " + at);
                same(slopes[at], Chain.forward(doubles, graph, x, basis(operands, i, k)).get(0),
                        name + operands + " forward " + at);
                at++;
            }
        }
    }

    private List<Array<Double>> basis(List<Tensor> operands, int i, int k) {
        List<Array<Double>> basis = new ArrayList<>(java.util.Collections.nCopies(operands.size(), null));
        Array<Double> unit = Array.filled(operands.get(i).shape(), 0.0);
        unit.set(k, 1.0);
        basis.set(i, unit);
        return basis;
    }

    static void same(double expected, double got, String what) {
        if (Double.isFinite(expected)) {
            assertEquals(expected, got, 4 * Math.ulp(expected), what);
        } else {
            assertEquals(expected, got, what);
        }
    }

    private static double[] at(double... x) {
        return x;
    }

    private static Arguments row(String name, double[] x, double value, double... slopes) {
        return Arguments.of(name, x, value, slopes);
    }
}
