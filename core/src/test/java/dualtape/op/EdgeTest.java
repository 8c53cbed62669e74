package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.ir.Array;
import dualtape.ir.Conventions;
import dualtape.ir.Edge;
import dualtape.ir.Graph;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Rule;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The conventions at kinks, ties, poles and ends of domain, as a table: operation, operands, value, slopes. */
class EdgeTest {
    private static final double INF = Double.POSITIVE_INFINITY;
    private static final double NAN = Double.NaN;

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
                row("log10", at(0), -INF, INF), row("log", at(-2), NAN, -0.5), row("log1p", at(-2), NAN, -1),
                row("log2", at(-1), NAN, -1 / Math.log(2)), row("log10", at(-1), NAN, -1 / Math.log(10)),
                row("^", at(0, 0), 1, 0, 0), row("^", at(0, 1), 0, 1, 0), row("^", at(0, 2), 0, 0, 0),
                row("^", at(0, 0.5), 0, INF, 0), row("^", at(0, -1), INF, -INF, -INF), row("^", at(-2, 0), 1, 0, NAN),
                row("^", at(-2, 3), -8, 12, NAN), row("^", at(-2, 0.5), NAN, NAN, NAN),
                row("/", at(1, 0), INF, INF, -INF), row("/", at(0, 0), NAN, INF, NAN), row("ratio", at(0, 0), 0, 0, 0),
                row("hypot", at(0, 0), 0, 0, 0), row("hypot", at(0, -2), 2, 0, -1),
                row("hypot", at(INF, 1), INF, NAN, 0), row("hypot", at(3e200, -4e200), 5e200, 0.6, -0.8),
                row("hypot", at(3e-200, 4e-200), 5e-200, 0.6, 0.8), row("tanh", at(1e-9), 1e-9, 1),
                row("tanh", at(-800), -1, 0), row("expm1", at(1e-20), 1e-20, 1), row("log1p", at(1e-20), 1e-20, 1),
                row("atan2", at(0, 0), 0, 0, 0), row("atan2", at(0, -2), Math.PI, -0.5, 0),
                row("atan2", at(1e300, 1e300), Math.PI / 4, 5e-301, -5e-301),
                row("asin", at(1), Math.PI / 2, INF), row("acos", at(1), 0, -INF), row("acos", at(2), NAN, NAN),
                row("asin", at(2), NAN, NAN),
                row("acosh", at(1), 0, INF), row("acosh", at(-2), NAN, NAN), row("atanh", at(1), INF, INF),
                row("atanh", at(2), NAN, -1 / 3.0), row("pow", at(0, -1), INF, -INF, -INF),
                row("pow", at(0, 0.5), 0, INF, 0), row("pow", at(0, 0), 1, 0, 0),
                row("pow", at(-2, 0.5), NAN, NAN, NAN),
                row("digamma", at(-1), NAN, INF), row("softmax", at(INF), NAN, NAN), row("mod", at(1, 0), NAN, 1, -INF),
                row(">", at(2, 2), 0, 0, 0), row("==", at(2, 2), 1, 0, 0), row("!=", at(2, 2), 0, 0, 0),
                row("reciprocal", at(0), INF, -INF), row("reciprocal", at(-0.0), -INF, -INF),
                row("exp2", at(-INF), 0, 0), row("exp2", at(10), 1024, 1024 * Math.log(2)),
                row("ceil", at(2), 2, 0), row("ceil", at(-0.5), 0, 0), row("round", at(2.5), 2, 0),
                row("round", at(3.5), 4, 0), row("round", at(-2.5), -2, 0),
                row("logit", at(0), -INF, INF), row("logit", at(1), INF, INF), row("logit", at(-1), NAN, -0.5),
                row("logit", at(0.5 + 0x1p-52), 0x1p-50, 4), row("logit", at(1e-300), -690.7755278982137, 1e300),
                row("logit", at(1 - 0x1p-53), 36.7368005696771, 0x1p53),
                row("leaky_relu", at(0), 0, 0.01), row("leaky_relu", at(-INF), -INF, 0.01),
                row("elu", at(0), 0, 1), row("elu", at(-800), -1, 0), row("elu", at(800), 800, 1),
                row("gelu", at(-INF), 0, 0), row("gelu", at(INF), INF, 1), row("gelu", at(-40), 0, 0),
                row("gelu", at(40), 40, 1), row("gelu", at(NAN), NAN, NAN),
                row("silu", at(-INF), 0, 0), row("silu", at(INF), INF, 1), row("silu", at(-800), 0, 0),
                row("silu", at(800), 800, 1), row("silu", at(NAN), NAN, NAN),
                row("erfc", at(INF), 0, 0), row("erfc", at(-INF), 2, 0),
                row("clamp", at(1, 1, 3), 1, 0, 1, 0), row("clamp", at(3, 1, 3), 3, 0, 0, 1),
                row("clamp", at(0, 2, 2), 2, 0, 0, 1), row("clamp", at(2, 2, 2), 2, 0, 0, 1),
                row("clamp", at(2, 3, 1), 1, 0, 0, 1), row("clamp", at(-INF, 0, INF), 0, 0, 1, 0),
                row("clamp", at(NAN, 0, 1), NAN, 0, 0, 0), row("argmax", at(3), 0, 0), row("argmin", at(3), 0, 0),
                row("var", at(3), 0, 0), row("std", at(3), 0, 0), row("log_softmax", at(INF), NAN, NAN),
                row("log_softmax", at(-1000), 0, 0), row("stop_gradient", at(5), 5, 0),
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
                row("norm", at(INF, 1), INF, NAN, 0), row("norm", at(0, 3), 3, 0, 1),
                row("norm", at(-3, 3), 3 * Math.sqrt(2),
                        -Math.sqrt(0.5), Math.sqrt(0.5)),
                row("argmax", at(1, 3, 3), 1, 0, 0, 0), row("argmin", at(2, 1, 1), 1, 0, 0, 0),
                row("argmax", at(1, NAN, 5, NAN), 1, 0, 0, 0, 0), row("argmin", at(-INF, NAN), 1, 0, 0),
                row("std", at(0.1, 0.1, 0.1, 0.1), 0, 0, 0, 0, 0), row("std", at(3e200, -3e200), 3e200, 0.5, -0.5),
                row("var", at(2, 2), 0, 0, 0), row("var", at(1, 3, 5), 8 / 3.0, -4 / 3.0, 0, 4 / 3.0),
                row("prod", at(2, 0, 3), 0, 0, 6, 0), row("prod", at(0, 0, 3), 0, 0, 0, 0),
                row("prod", at(2, 3, 4, 5, 6), 720, 360, 240, 180, 144, 120),
                row("logsumexp", at(1000, 1000), 1000 + Math.log(2), 0.5, 0.5),
                row("logsumexp", at(-1000, -1000), -1000 + Math.log(2), 0.5, 0.5),
                row("logsumexp", at(-INF, 2), 2, 0, 1), row("logsumexp", at(-INF, -INF), -INF, NAN, NAN),
                row("logsumexp", at(INF, 2), INF, NAN, 0), row("mean", at(1, 2, 6), 3, 1 / 3.0, 1 / 3.0, 1 / 3.0));
    }

    /** What takes attributes, or tensors beside scalars: operation, attributes, operands, value, slopes. */
    static Stream<Arguments> others() {
        Tensor x = Tensor.vector(1, 2, 3);
        return Stream.of(
                row("leaky_relu", Map.of("alpha", 0.25), 0, at(0.25), Tensor.scalar(0)),
                row("elu", Map.of("alpha", 0.25), 0, at(0.25), Tensor.scalar(0)),
                row("norm", Map.of("ord", 1.0), 3, at(-1, 0, 1), Tensor.vector(-1, 0, 2)),
                row("norm", Map.of("ord", INF), 3, at(-0.5, 0.5, 0), Tensor.vector(-3, 3, 2)),
                row("norm", Map.of("ord", 1.0), 0, at(0, 0), Tensor.vector(0, 0)),
                row("norm", Map.of("ord", INF), 0, at(0, 0), Tensor.vector(0, 0)),
                row("norm", Map.of("ord", 1.5), 0, at(0, 0), Tensor.vector(0, 0)),
                row("norm", Map.of("ord", 3.0), 2e200, at(0, 1), Tensor.vector(0, 2e200)),
                row("norm", Map.of("ord", 1.5), 2e-300, at(0, -1), Tensor.vector(0, -2e-300)),
                row("gather", Map.of(), 3, at(0, 0, 1, 0), x, Tensor.scalar(-1)),
                row("gather", Map.of(), NAN, at(0, 0, 0, 0), x, Tensor.scalar(3)),
                row("gather", Map.of("fill", 7.0), 7, at(0, 0, 0, 0), x, Tensor.scalar(0.5)),
                row("gather", Map.of("fill", 7.0), 7, at(0, 0, 0, 0), x, Tensor.scalar(NAN)),
                row("cross_entropy", Map.of(), Math.log(2), at(-0.5, 0.5, 0), Tensor.vector(1000, 1000),
                        Tensor.scalar(0)),
                row("cross_entropy", Map.of(), 2000, at(1, -1, 0), Tensor.vector(1000, -1000), Tensor.scalar(1)),
                row("cross_entropy", Map.of(), 0, at(0, 0, 0, INF), Tensor.vector(5, -INF), Tensor.vector(1, 0)),
                row("cross_entropy", Map.of(), NAN, at(NAN, NAN, 0), Tensor.vector(1, 2), Tensor.scalar(2)),
                row("cross_entropy", Map.of(), NAN, at(NAN, 0, 0), Tensor.vector(INF, 2), Tensor.scalar(0)));
    }

    /** Where the profiles differ: operation, operands, then the slopes of minnorm, jax, tensorflow and ieee. */
    static Stream<Arguments> profiles() {
        return Stream.of(
                cells("abs", at(0), at(0), at(1), at(0), at(NAN)),
                cells("max", at(2, 2), at(0.5, 0.5), at(0.5, 0.5), at(1, 0), at(1, 0)),
                cells("min", at(2, 2), at(0.5, 0.5), at(0.5, 0.5), at(1, 0), at(1, 0)),
                cells("max", at(1, 2), at(0, 1), at(0, 1), at(0, 1), at(0, 1)),
                cells("norm", at(0), at(0), at(NAN), at(NAN), at(NAN)),
                cells("std", List.of(Tensor.vector(3, 3)), at(0, 0), at(NAN, NAN), at(NAN, NAN), at(NAN, NAN)),
                cells("leaky_relu", at(0), at(0.01), at(1), at(0.01), at(0.01)),
                cells("elu", at(0), at(1), at(1), at(1), at(1)),
                cells("clamp", at(1, 1, 3), at(0, 1, 0), at(0.5, 0.5, 0), at(1, 0, 0), at(0, 1, 0)),
                cells("clamp", at(3, 1, 3), at(0, 0, 1), at(0.5, 0, 0.5), at(1, 0, 0), at(0, 0, 1)),
                cells("clamp", at(0, 2, 2), at(0, 0, 1), at(0, 0.5, 0.5), at(0, 1, 0), at(0, 0, 1)),
                cells("clamp", at(2, 1, 3), at(1, 0, 0), at(1, 0, 0), at(1, 0, 0), at(1, 0, 0)),
                cells("clamp", at(0, 1, 3), at(0, 1, 0), at(0, 1, 0), at(0, 1, 0), at(0, 1, 0)),
                cells("clamp", at(5, 1, 3), at(0, 0, 1), at(0, 0, 1), at(0, 0, 1), at(0, 0, 1)),
                cells("clamp", at(2, 3, 1), at(0, 0, 1), at(0, 0, 1), at(0, 0, 1), at(0, 0, 1)),
                cells("reciprocal", at(0), at(-INF), at(-INF), at(-INF), at(-INF)),
                cells("sqrt", at(0), at(INF), at(INF), at(INF), at(INF)),
                cells("relu", at(0), at(0), at(0), at(0), at(0)),
                cells("^", at(0, 0), at(0, 0), at(0, 0), at(0, 0), at(NAN, -INF)),
                cells("^", at(0, 2), at(0, 0), at(0, 0), at(0, 0), at(0, NAN)),
                cells("hypot", at(0, 0), at(0, 0), at(0, 0), at(0, 0), at(NAN, NAN)),
                cells("atan2", at(0, 0), at(0, 0), at(NAN, NAN), at(NAN, NAN), at(NAN, NAN)));
    }

    static Stream<Arguments> matrices() {
        Tensor zero = matrix(1, 0);
        Tensor vector = Tensor.vector(1);
        return Stream.of(
                matrices("logdet", List.of(zero), -INF, INF), matrices("logdet", List.of(matrix(1, -2)), NAN, -0.5),
                matrices("inv", List.of(zero), INF, -INF), matrices("solve", List.of(zero, vector), INF, -INF, INF),
                matrices("triangular_solve", List.of(zero, vector), INF, -INF, INF),
                matrices("cholesky", List.of(zero), 0, INF), matrices("cholesky", List.of(matrix(1, -4)), NAN, NAN),
                matrices("det", List.of(zero), 0, 1),
                matrices("det", List.of(matrix(2, 1, 2, 2, 4)), 0, 4, -2, -2, 1),
                matrices("det", List.of(matrix(2, 0, 0, 0, 0)), 0, 0, 0, 0, 0));
    }

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void everyProfileHasItsCell(String name, List<Tensor> operands, double[][] cells) {
        Graph graph = Reached.graph(Operations.find(name), new Sample(operands, Map.of()));
        for (Conventions conventions : Conventions.values()) {
            NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE, conventions);
            slopes(doubles, name + " by " + conventions, graph, operands, cells[conventions.ordinal()]);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void smoothSamplesHitNoEdgeAndEveryEdgeIsHitByARowOfTheTables(Operation operation) {
        boolean needsAttributes = operation.signature().attributes().stream().anyMatch(a -> a.byDefault() == null);
        for (Edge edge : needsAttributes ? List.<Edge>of() : operation.edges()) {
            boolean steps = Reached.cases(operation).stream().allMatch(c -> c.op().whole() == null
                    && IntStream.range(0, c.operands().size()).allMatch(i -> c.op().rule(i) == Rule.NONE));
            for (Sample sample : operation.samples()) {
                assertTrue(steps || !fits(edge, sample.operands()),
                        operation.name() + ": the sample " + sample.operands() + " is at the edge " + edge.where());
            }
            List<List<Tensor>> hits = Stream.of(
                    scalars().map(Arguments::get).filter(row -> row[0].equals(operation.name()))
                            .map(row -> tensors((double[]) row[1])),
                    vectors().map(Arguments::get).filter(row -> row[0].equals(operation.name()))
                            .map(row -> List.of(Tensor.vector((double[]) row[1]))),
                    matrices().map(Arguments::get).filter(row -> row[0].equals(operation.name()))
                            .map(EdgeTest::operands),
                    others().map(Arguments::get).filter(row -> row[0].equals(operation.name()))
                            .map(row -> ((Sample) row[1]).operands()))
                    .flatMap(rows -> rows).filter(operands -> fits(edge, operands)).toList();
            assertFalse(hits.isEmpty(), operation.name() + ": no row of the tables is at the edge " + edge.where());
        }
    }

    private static boolean fits(Edge edge, List<Tensor> operands) {
        try {
            return edge.hit().first(operands) >= 0;
        } catch (ArrayIndexOutOfBoundsException e) {
            return false; // an edge of the form with more operands
        }
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void ofScalars(String name, double[] x, double value, double[] slopes) {
        check(name, new Sample(tensors(x), Map.of()), value, slopes);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void ofVectors(String name, double[] x, double value, double[] slopes) {
        check(name, Sample.of(Tensor.vector(x)), value, slopes);
    }

    @ParameterizedTest
    @MethodSource("others")
    void ofOthers(String name, Sample sample, double value, double[] slopes) {
        check(name, sample, value, slopes);
    }

    @ParameterizedTest
    @MethodSource("matrices")
    void ofMatrices(String name, List<Tensor> operands, double value, double[] slopes) {
        check(name, new Sample(operands, Map.of()), value, slopes);
    }

    @SuppressWarnings("unchecked")
    private static List<Tensor> operands(Object[] row) {
        return (List<Tensor>) row[1];
    }

    private static Tensor matrix(int n, double... elements) {
        return Tensor.of(Shape.of(n, n), elements);
    }

    private static List<Tensor> tensors(double[] scalars) {
        return Arrays.stream(scalars).mapToObj(Tensor::scalar).toList();
    }

    private static void check(String name, Sample sample, double value, double[] slopes) {
        NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);
        Graph graph = Reached.graph(Operations.find(name), sample);
        List<Tensor> operands = sample.operands();
        List<Array<Double>> x = operands.stream().map(doubles::constant).toList();
        same(value, graph.evaluate(doubles, x).get(0).get(0), name + operands + " value");
        slopes(doubles, name, graph, operands, slopes);
    }

    private static void slopes(NumbersAlgebra<Double> doubles, String name, Graph graph, List<Tensor> operands,
            double[] slopes) {
        List<Array<Double>> x = operands.stream().map(doubles::constant).toList();
        List<Array<Double>> gradient = Chain.reverse(doubles, graph, x, doubles.fill(1, graph.output().shape()));
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

    private static List<Array<Double>> basis(List<Tensor> operands, int i, int k) {
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

    private static Arguments row(String name, Map<String, Double> attributes, double value, double[] slopes,
            Tensor... operands) {
        return Arguments.of(name, new Sample(List.of(operands), attributes), value, slopes);
    }

    private static Arguments cells(String name, double[] scalars, double[]... cells) {
        return cells(name, tensors(scalars), cells);
    }

    private static Arguments cells(String name, List<Tensor> operands, double[]... cells) {
        return Arguments.of(name, operands, cells);
    }

    private static Arguments matrices(String name, List<Tensor> operands, double value, double... slopes) {
        return Arguments.of(name, operands, value, slopes);
    }

    private static Arguments row(String name, double[] x, double value, double... slopes) {
        return Arguments.of(name, x, value, slopes);
    }
}
