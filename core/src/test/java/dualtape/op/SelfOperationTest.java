package dualtape.op;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import dualtape.lang.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Operations whose operands are one and the same variable: every use of it counts, once. */
class SelfOperationTest {
    private static final double X = 1.7;
    private static final double LOG = 1 + Math.log(X);

    private final NumbersAlgebra<Double> doubles = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    /** An expression in x, and its first and second derivative at {@link #X}. */
    static Stream<Arguments> expressions() {
        double power = Math.pow(X, X);
        return Stream.of(
                row("x * x", 2 * X, 2), row("x + x", 2, 0), row("x - x", 0, 0), row("x / x", 0, 0),
                row("x ^ x", power * LOG, power * (LOG * LOG + 1 / X)),
                row("pow(x, x)", power * LOG, power * (LOG * LOG + 1 / X)),
                row("atan2(x, x)", 0, 0), row("hypot(x, x)", Math.sqrt(2), 0), row("mod(x, x)", 0, 0),
                row("dot(x, x)", 2 * X, 2), row("dot([x, x], [x, x])", 4 * X, 4),
                row("dot([x, 2 * x], [x, 2 * x])", 10 * X, 10), row("sum(outer([x, x], [x, x]))", 8 * X, 8),
                row("max(x, x)", 1, 0), row("min(x, x)", 1, 0), row("clamp(x, x, x)", 1, 0),
                row("where(x > x, x, x)", 1, 0), row("mse(x, x)", 0, 0), row("ratio(x, x)", 0, 0),
                row("x * x * x", 3 * X * X, 6 * X), row("x / x * x", 1, 0), row("(x - x) * x", 0, 0),
                row("prod([x, x, x])", 3 * X * X, 6 * X),
                row("sum(cumprod([x, x, x]))", 1 + 2 * X + 3 * X * X, 2 + 6 * X),
                row("sum(conv1d([x, x], [x, x]))", 4 * X, 4), row("gather([x, x * x], 1)", 2 * X, 2),
                row("sum(solve([[x, 1], [2, x]], [[x, 1], [2, x]] @ [x, 3]))", 1, 0), row("solve([[x]], [x])[0]", 0, 0),
                row("inv([[x]])[0, 0] * x", 0, 0), row("det([[x, x], [x, x]])", 0, 0),
                row("det([[x, 0], [0, x]])", 2 * X, 2), row("logdet([[x, 0], [0, x]])", 2 / X, -2 / (X * X)),
                row("quad_form([x, x], [[x, x], [x, x]])", 12 * X * X, 24 * X), row("kron([x], [x])[0]", 2 * X, 2),
                row("cholesky([[x * x]])[0, 0]", 1, 0), row("triangular_solve([[x]], [x])[0]", 0, 0),
                row("var([x, x])", 0, 0), row("logsumexp([x, x])", 1, 0), row("norm([x, x])", Math.sqrt(2), 0));
    }

    static Stream<Operation> operations() {
        return Operations.all().stream();
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void bothDirectionsAtBothOrdersByRules(String text, double first, double second) {
        Graph graph = graph(text);
        List<Array<Double>> x = List.of(doubles.scalar(X));
        List<Tensor> unit = List.of(Tensor.scalar(1));
        Graph tangent = Witness.tangentGraph(graph, unit);
        Graph adjoint = Witness.adjointGraph(graph, Tensor.scalar(1), unit);
        assertEquals(first, graphValue(tangent), tolerance(first), text + ", forward");
        assertEquals(first, graphValue(adjoint), tolerance(first), text + ", reverse");
        for (Graph slope : List.of(tangent, adjoint)) {
            assertEquals(second, Chain.forward(doubles, slope, x, List.of(doubles.scalar(1))).get(0),
                    tolerance(second), text + ", forward over");
            assertEquals(second, Chain.reverse(doubles, slope, x, doubles.scalar(1)).get(0).get(0),
                    tolerance(second), text + ", reverse over");
        }
    }

    @ParameterizedTest
    @MethodSource("expressions")
    void everyEngineAtBothOrders(String text, double first, double second) {
        Point at = Point.of("x", X);
        Graph graph = graph(text);
        for (Engine engine : Engines.all()) {
            double got = engine.gradient(Source.of(text, graph), at).get("x").value();
            assertEquals(first, got, engine.exact() ? tolerance(first) : 1e-7, text + " by " + engine.name());
            if (engine instanceof DerivingEngine deriving) {
                Source slope = Source.of("slope of " + text, slope(deriving.derive(graph, List.of("x"),
                        Operator.GRADIENT).graph()));
                for (Engine outer : Engines.all()) {
                    double curvature = outer.gradient(slope, at).get("x").value();
                    assertEquals(second, curvature, outer.exact() ? tolerance(second) : 1e-6,
                            text + " by " + outer.name() + " over " + engine.name());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void everyOperationOfOneVariableAgreesWithDifferences(Operation operation) {
        for (Sample sample : operation.samples()) {
            Graph apart = Reached.graph(operation, sample);
            List<Integer> same = new ArrayList<>();
            for (int i = 0; i < sample.operands().size(); i++) {
                Node input = apart.inputs().get(i);
                boolean active = apart.activeFrom(List.of(input)).get(apart.position(apart.output()));
                if (active && (same.isEmpty() || input.shape().equals(apart.inputs().get(same.get(0)).shape()))) {
                    same.add(i);
                }
            }
            // Away from 0, where a variable divided by itself is not defined.
            boolean zero = same.isEmpty() || Arrays.stream(sample.operands().get(same.get(0)).toArray())
                    .anyMatch(element -> element == 0);
            if (same.size() > 1 && !zero) {
                GraphBuilder builder = new GraphBuilder();
                List<Node> operands = new ArrayList<>();
                List<Tensor> point = new ArrayList<>();
                for (int i = 0; i < sample.operands().size(); i++) {
                    boolean shared = same.indexOf(i) > 0;
                    operands.add(
                            shared ? operands.get(same.get(0)) : builder.input("x" + i, apart.inputs().get(i).shape()));
                    if (!shared) {
                        point.add(sample.operands().get(i));
                    }
                }
                Graph graph = builder.graph(operation.call(builder, operands,
                        Attributes.of(operation, sample.attributes())));
                List<String> failures = Witness.failures(operation.name() + " of one variable", graph, point);
                assertTrue(failures.isEmpty(), () -> String.join("\n", failures));
            }
        }
    }

    private double graphValue(Graph graph) {
        return graph.evaluate(doubles, List.of(doubles.scalar(X))).get(0).get(0);
    }

    private static Graph graph(String text) {
        return Language.parse(text).trace(Point.of("x", X)).graph();
    }

    /** The gradient of a derived graph as a graph of its own. */
    private static Graph slope(Graph derived) {
        GraphBuilder builder = new GraphBuilder();
        List<Node> inputs = derived.inputs().stream().map(input -> (Node) builder.input(input.name(), input.shape()))
                .toList();
        return builder.graph(derived.evaluate(builder, inputs).get(1));
    }

    private static double tolerance(double expected) {
        return 1e-14 * Math.max(1, Math.abs(expected));
    }

    private static Arguments row(String text, double first, double second) {
        return Arguments.of(text, first, second);
    }
}
