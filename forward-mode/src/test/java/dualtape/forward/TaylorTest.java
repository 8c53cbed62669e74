package dualtape.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dualtape.engine.Deadline;
import dualtape.engine.InputException;
import dualtape.engine.LimitException;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Traced;
import dualtape.ir.Algebra;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Origin;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.op.Operations;
import dualtape.program.Tensors;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaylorTest {
    private static Taylor taylor(String program, Object... namesAndValues) {
        return Taylor.of(Language.parse(program), Point.of(namesAndValues), "x", 6);
    }

    private static double[] derivatives(Taylor taylor) {
        double[] derivatives = new double[taylor.order() + 1];
        for (int k = 0; k < derivatives.length; k++) {
            derivatives[k] = taylor.derivative(k).value();
        }
        return derivatives;
    }

    @Test
    void exponentialOfTheSineToOrderTwenty() {
        Taylor taylor = Taylor.of(Language.parse("exp(sin(x))"), Point.of("x", 0.0), "x", 20);
        double[] expected = {1, 1, 1, 0, -3, -8, -3, 56, 217, 64, -2951, -12672, 5973, 309376, 1237173, -2917888,
            -52635599, -163782656, 1126610929, 12716052480L, 20058390573L};
        for (int k = 0; k <= 20; k++) {
            double size = Math.max(Math.abs(expected[k]), k == 0 ? 1 : Math.abs(expected[k - 1]));
            assertEquals(expected[k], taylor.derivative(k).value(), 1e-14 * size, "order " + k);
        }
        assertThat(taylor.edges()).isEmpty();
    }

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream();
    }

    /** Also at the scenarios' edges, where both follow the conventions, to first order. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void nestedDualsGiveTheSameDerivatives(Scenario scenario) {
        Point at = scenario.point();
        Traced traced = scenario.source().trace(at);
        SplittableRandom random = new SplittableRandom(4);
        Map<String, Tensor> direction = new LinkedHashMap<>();
        for (String name : scenario.selected()) {
            double[] speed = at.get(name).toArray();
            for (int i = 0; i < speed.length; i++) {
                speed[i] = (speed[i] == 0 ? 1 : Math.abs(speed[i])) * (0.5 + random.nextDouble());
            }
            direction.put(name, Tensor.of(at.get(name).shape(), speed));
        }
        Taylor taylor = Taylor.along(traced, at, Point.of(direction), 3, Deadline.NEVER);
        List<Tensor> x = Traced.inputs(traced.graph(), at);
        List<Tensor> v = new ArrayList<>();
        for (Node.Input input : traced.graph().inputs()) {
            v.add(direction.getOrDefault(input.name(), Tensor.uniform(0, input.shape())));
        }
        assertThat(taylor.value()).isEqualTo(nested(Tensors.INSTANCE, traced.graph(), x, v, 0));
        int highest = traced.graph().work() > 100_000 ? 1 : scenario.smooth() ? 3 : 1;
        for (int k = 1; k <= highest; k++) {
            double[] expected = nested(Tensors.INSTANCE, traced.graph(), x, v, k).toArray();
            double[] got = taylor.derivative(k).toArray();
            double size = 1e-300;
            for (double element : taylor.value().toArray()) { // a derivative that cancels is as accurate as the value
                size = Double.isFinite(element) ? Math.max(size, 1e-3 * Math.abs(element)) : size;
            }
            for (double element : expected) {
                size = Double.isFinite(element) ? Math.max(size, Math.abs(element)) : size;
            }
            for (int i = 0; i < expected.length; i++) {
                if (Double.isFinite(expected[i])) {
                    assertEquals(expected[i], got[i], 1e-10 * size, scenario.name() + ", order " + k);
                } else {
                    assertEquals(expected[i], got[i], scenario.name() + ", order " + k);
                }
            }
        }
    }

    /** The k-th derivative by k levels of duals. */
    private static <V> V nested(Algebra<V> base, Graph graph, List<V> x, List<V> v, int k) {
        if (k == 0) {
            return graph.evaluate(base, x).get(0);
        }
        Duals<V> duals = new Duals<>(base);
        List<Dual<V>> seeded = new ArrayList<>();
        List<Dual<V>> lifted = new ArrayList<>();
        for (int i = 0; i < x.size(); i++) {
            seeded.add(duals.seed(x.get(i), v.get(i)));
            lifted.add(duals.lift(v.get(i)));
        }
        return duals.tangent(nested(duals, graph, seeded, lifted, k - 1));
    }

    @Test
    void severalInputsAlongALine() {
        // (1 + t)² (2 − 3t) = 2 + t − 4t² − 3t³
        Taylor taylor = Taylor.along(Language.parse("x^2 * y"), Point.of("x", 1.0, "y", 2.0),
                Point.of("x", 1.0, "y", -3.0), 4);
        assertThat(derivatives(taylor)).containsExactly(2, 1, -8, -18, 0);
        assertThat(taylor.coefficient(3).value()).isEqualTo(-3);
        assertThat(derivatives(taylor("x^2 * y", "x", 1.0, "y", 2.0))).containsExactly(2, 4, 4, 0, 0, 0, 0);
    }

    @Test
    void tensorsAlongALine() {
        Taylor taylor = Taylor.along(Language.parse("A @ w"),
                Point.of("A", new double[][] {{1, 2}, {3, 4}}, "w", new double[] {1, 1}),
                Point.of("A", new double[][] {{1, 0}, {0, 1}}, "w", new double[] {1, -1}), 3);
        assertThat(taylor.value()).isEqualTo(Tensor.vector(3, 7));
        assertThat(taylor.derivative(1)).isEqualTo(Tensor.vector(0, 0));
        assertThat(taylor.derivative(2)).isEqualTo(Tensor.vector(2, -2));
        assertThat(taylor.coefficient(2)).isEqualTo(Tensor.vector(1, -1));
        assertThat(taylor.derivative(3)).isEqualTo(Tensor.vector(0, 0));
    }

    @Test
    void loopsRunAndDetachedPartsStandStill() {
        assertThat(derivatives(taylor("y = 1; for i in 0..3 { y = y * x }; y", "x", 2.0)))
                .containsExactly(8, 12, 12, 6, 0, 0, 0);
        assertThat(derivatives(taylor("detach(x) * x^2", "x", 3.0))).containsExactly(27, 18, 6, 0, 0, 0, 0);
    }

    @Test
    void edgesAreReportedAndFollowTheConventions() {
        Taylor kink = taylor("abs(x) + max(x, 0) + relu(x)", "x", 0.0);
        assertThat(derivatives(kink)).containsExactly(0, 0.5, 0, 0, 0, 0, 0);
        assertThat(kink.edges()).extracting(Taylor.Edge::symbol).containsExactly("abs", "max", "relu");
        assertThat(kink.edges()).extracting(edge -> edge.origin().column()).containsExactly(1, 10, 22);
        assertThat(kink.edges()).noneMatch(Taylor.Edge::steers);
        assertThat(taylor("sigmoid(x) + softplus(x) + logsumexp([x, -x])", "x", 0.0).edges()).isEmpty();
        assertThat(taylor("abs(x)", "x", -2.0).edges()).isEmpty();
        assertThat(taylor("abs(y) + x", "x", 1.0, "y", 0.0).edges()).isEmpty();
    }

    @Test
    void conditionsThatFlipAtThePointAreEdges() {
        Taylor branch = taylor("if x > 0 { x^2 } else { sin(x) }", "x", 0.0);
        assertThat(derivatives(branch)).containsExactly(0, 1, 0, -1, 0, 1, 0);
        assertThat(branch.edges()).containsExactly(new Taylor.Edge("condition", new Origin("program", 1, 6), true));
        assertThat(taylor("if x > 0 { x^2 } else { sin(x) }", "x", 1.0).edges()).isEmpty();
        assertThat(taylor("if x { x^2 } else { sin(x) }", "x", 0.0).edges()).extracting(Taylor.Edge::symbol)
                .containsExactly("condition");
        assertThat(taylor("v = [5, 6]; v[x] * x", "x", 1.0).edges()).extracting(Taylor.Edge::symbol)
                .containsExactly("index");
        assertThat(taylor("if abs(x) < 1 { x } else { 1 }", "x", 0.0).edges()).isEmpty();
        assertThat(taylor("if x^4 > 0 { x } else { 1 }", "x", 0.0).edges()).hasSize(1);
        assertThat(taylor("if x^4 >= 0 { x } else { 1 }", "x", 0.0).edges()).isEmpty();
        assertThat(taylor("where(x > 0, x, 2*x)", "x", 0.0).edges()).extracting(Taylor.Edge::symbol)
                .containsExactly(">");
    }

    @Test
    void derivativesOverflowButCoefficientsDoNot() {
        Taylor taylor = Taylor.of(Language.parse("1 / (1 - x)"), Point.of("x", 0.0), "x", 200);
        assertThat(taylor.derivative(170).value()).isEqualTo(7.257415615307999e306);
        assertThat(taylor.derivative(171).value()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(taylor.coefficient(200).value()).isEqualTo(1);
    }

    @Test
    void orderZeroIsTheValueAlone() {
        Taylor taylor = Taylor.of(Language.parse("exp(x)"), Point.of("x", 1.0), "x", 0);
        assertThat(taylor.order()).isZero();
        assertThat(taylor.value().value()).isEqualTo(Math.E);
    }

    @Test
    void aMillionOperationsInAChain() {
        GraphBuilder builder = new GraphBuilder();
        Node x = builder.input("x", Shape.SCALAR);
        Node y = x;
        for (int i = 0; i < 1_000_000; i++) {
            y = Operations.find("neg").call(builder, List.of(y));
        }
        Graph chain = builder.graph(Operations.find("exp").call(builder, List.of(y)));
        Traced traced = new Traced(null, chain, List.of());
        Taylor taylor = Taylor.along(traced, Point.of("x", 0.0), Point.of("x", 1.0), 3, Deadline.NEVER);
        assertThat(derivatives(taylor)).containsExactly(1, 1, 1, 1);
        assertThatThrownBy(() -> Taylor.along(traced, Point.of("x", 0.0), Point.of("x", 1.0), 3,
                new Limits(1, 1, 1, 1, 1e-9).start())).isInstanceOf(LimitException.class)
                .hasMessageContaining("--max-seconds");
    }

    @Test
    void errorsSayWhatWasGivenAndTheMend() {
        Point at = Point.of("x", new double[] {1, 2}, "y", 2.0);
        var f = Language.parse("sum(x) * y");
        assertThatThrownBy(() -> Taylor.of(f, at, "x", 2)).isInstanceOf(InputException.class)
                .hasMessageContaining("one variable").hasMessageContaining("[2]").hasMessageContaining("direction");
        assertThatThrownBy(() -> Taylor.of(f, at, "z", 2)).isInstanceOf(InputException.class)
                .hasMessageContaining("\"z\"").hasMessageContaining("x, y");
        assertThatThrownBy(() -> Taylor.of(f, at, "y", -1)).isInstanceOf(InputException.class)
                .hasMessageContaining("0 or more, got -1");
        assertThatThrownBy(() -> Taylor.along(f, at, Point.of("x", 1.0), 2)).isInstanceOf(InputException.class)
                .hasMessageContaining("shape []").hasMessageContaining("shape [2]");
        assertThatThrownBy(() -> Taylor.along(f, Point.of("y", 1.0), Point.of("y", 1.0), 2))
                .isInstanceOf(InputException.class).hasMessageContaining("has no value");
    }
}
