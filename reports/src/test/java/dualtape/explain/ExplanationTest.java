package dualtape.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dualtape.engine.Engines;
import dualtape.engine.Layout;
import dualtape.engine.Limits;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Values;
import dualtape.ir.Bodied;
import dualtape.ir.Node;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.program.Tensors;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an explanation says is what the engines compute, and its formulas give the numbers beside them. */
class ExplanationTest {
    static List<Scenario> scenarios() {
        return Scenarios.all();
    }

    private static Explanation of(Scenario scenario) {
        return Explanation.of(scenario.source().trace(scenario.point()), scenario.point(), scenario.selected(), true);
    }

    private static Explanation of(String program, Point at, List<String> wrt) {
        return Explanation.of(Language.parse(program).trace(at), at, wrt, false);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void derivativesAreThoseOfTheEngines(Scenario scenario) {
        Explanation e = of(scenario);
        Values forward = Engines.forward().jacobian(scenario.source(), scenario.point(), scenario.selected());
        Values reverse = Engines.reverse().jacobian(scenario.source(), scenario.point(), scenario.selected());
        for (String name : scenario.selected()) {
            assertClose(e.reverse().gradient().get(name), columnSums(reverse.get(name), e.value().size()));
        }
        assertThat(e.forward().directions()).hasSize((int) e.forward().passes());
        for (int i = 0; i < e.forward().directions().size(); i++) {
            ForwardTrace.Direction direction = e.forward().directions().get(i);
            Tensor block = forward.get(direction.input());
            int n = block.size() / e.value().size();
            for (int row = 0; row < e.value().size(); row++) {
                assertThat(e.forward().results().get(i).at(row)).isEqualTo(block.at(row * n + direction.element()),
                        within(tolerance(block.at(row * n + direction.element()))));
            }
        }
    }

    /** The gradient of the sum of all elements. */
    private static Tensor columnSums(Tensor jacobian, int rows) {
        double[] sums = new double[jacobian.size() / rows];
        for (int i = 0; i < jacobian.size(); i++) {
            sums[i % sums.length] += jacobian.at(i);
        }
        return Tensor.vector(sums);
    }

    private static void assertClose(Tensor actual, Tensor expected) {
        for (int i = 0; i < expected.size(); i++) {
            if (Double.isFinite(expected.at(i))) {
                assertThat(actual.at(i)).isEqualTo(expected.at(i), within(tolerance(expected.at(i))));
            } else {
                assertThat(actual.at(i)).isEqualTo(expected.at(i));
            }
        }
    }

    private static double tolerance(double x) {
        return Double.isFinite(x) ? 1e-9 * Math.max(1e-3, Math.abs(x)) : 0;
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyFormulaGivesTheNumberBesideIt(Scenario scenario) {
        if (!scenario.smooth() || !isWritten(scenario)) {
            return; // where a slope is infinite, the product of the chain rule is not the product it is written as
        }
        Explanation e = of(scenario);
        Labels labels = e.labels();
        Map<String, Tensor> known = new LinkedHashMap<>();
        for (Node node : e.rows().shown()) {
            known.put(labels.of(node), e.forward().value(node));
            if (e.reverse().sum(node) != null) {
                known.put(labels.adjoint(node), e.reverse().sum(node).value());
            }
        }
        for (Node node : e.rows().shown()) {
            if (node instanceof Node.Result result) {
                check(LocalRules.value(result), labels, known, e.forward().value(node));
            }
            if (e.reverse().sum(node) != null) {
                for (ReverseTrace.Part part : e.reverse().sum(node).parts()) {
                    Formula formula = e.reverse().formula(part);
                    if (formula != null) {
                        check(formula, labels, known, part.value());
                    }
                }
            }
        }
        e.rows().shown().forEach(node -> known.put(labels.tangent(node), e.forward().tangents(node).get(0)));
        for (Node node : e.rows().shown()) {
            Formula formula = e.forward().formula(node);
            if (formula != null) {
                check(formula, labels, known, e.forward().tangents(node).get(0));
            }
        }
    }

    /** Whether every operation has words in the language: not so structured loops, and the factors of a matrix. */
    private static boolean isWritten(Scenario scenario) {
        return scenario.source().trace(scenario.point()).graph().applications().stream()
                .allMatch(application -> !(application.op() instanceof Bodied) && application.results().size() == 1
                        && !application.op().symbol().equals("lu"));
    }

    private static void check(Formula formula, Labels labels, Map<String, Tensor> known, Tensor expected) {
        String text = formula.text(labels, Integer.MAX_VALUE);
        Source source = Language.parse(text);
        Map<String, Tensor> point = new LinkedHashMap<>();
        source.inputs().forEach(name -> point.put(name, known.get(name)));
        Tensor actual = source.trace(Point.of(point)).graph()
                .evaluate(Tensors.INSTANCE, new ArrayList<>(point.values())).get(0);
        for (int i = 0; i < expected.size(); i++) { // a constant repeated to a shape is written as the constant
            double here = actual.size() == 1 ? actual.at(0) : actual.at(i);
            assertThat(here).as(text).isEqualTo(expected.at(i),
                    within(2e-5 * Math.max(1e-3, Math.abs(expected.at(i)))));
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void whatIsKeptIsReadAndTheRestIsNot(Scenario scenario) {
        if (!isWritten(scenario)) {
            return; // a loop stores the values between its trips, which are no rows
        }
        Explanation e = of(scenario);
        // The engine computes common subexpressions once, also those of the way there and the way back: it may keep what no row
        // says is read. It keeps no more than there is.
        long bytes = e.rows().shown().stream().filter(Node.Result.class::isInstance)
                .mapToLong(node -> 8L * node.shape().size()).sum();
        assertThat(e.costs().get("reverse").storedBytes()).isLessThanOrEqualTo(bytes);
        assertThat(e.costs().get("forward").storedBytes()).isZero();
    }

    @Test
    void keptIsExactlyWhatTheEngineStores() {
        Point at = Point.of("x", 0.5, "w", new double[] {1, 2});
        for (String program : List.of("exp(sin(x))", "tanh(x) * exp(x)", "norm(w * x)^2", "sum(exp(w) * x)")) {
            Explanation e = of(program, at, List.of("x", "w"));
            assertThat(e.reverse().kept().stream().mapToLong(node -> 8L * node.shape().size()).sum()).as(program)
                    .isEqualTo(e.costs().get("reverse").storedBytes());
        }
    }

    @Test
    void whatIsNotNeededIsDropped() {
        Point at = Point.of("x", new double[] {1, 2}, "w", new double[] {3, 4}, "y", 1.0);
        Explanation e = of("u = detach(w * w); dot(x, w) + exp(y) * sum(u)", at, List.of("w"));
        assertThat(e.reverse().independent().stream().map(e.labels()::of)).contains("x", "y", "u");
        assertThat(e.reverse().unreached()).hasSize(1);
        assertThat(Format.TEXT.print(e)).contains("Dropped, as not depending on w: x, y",
                "Dropped, as no derivative reaches it: v1");
    }

    @Test
    void anInputThatIsNotReadHasTheAdjointZero() {
        Explanation e = of("2 * x", Point.of("x", 1.0, "y", 1.0), List.of("x", "y"));
        assertThat(e.reverse().gradient().get("y").value()).isZero();
        assertThat(Format.TEXT.print(e)).contains("by = 0 (no use)");
    }

    @Test
    void aProgramWithoutInputsIsExplained() {
        Explanation e = of("1 + 2", Point.of(Map.of()), List.of());
        for (Format format : Format.values()) {
            assertThat(format.print(e)).contains("3");
        }
    }

    @Test
    void manyUsesAreElidedAndStillAddUp() {
        Explanation e = of("s = 0; for i in 0..5000 { s = s + x }; s", Point.of("x", 1.0), List.of("x"));
        Node x = e.graph().input("x");
        assertThat(e.reverse().sum(x).parts().size() + e.reverse().sum(x).elided()).isEqualTo(5000);
        assertThat(e.reverse().sum(x).value().value()).isEqualTo(5000);
        assertThat(Format.TEXT.print(e)).contains("more uses").contains("= 5000");
    }

    @Test
    void columnsOfTheLayoutNameTheDirections() {
        Explanation e = of("sum(X)", Point.of("X", new double[][] {{1, 2}, {3, 4}}), List.of("X"));
        Layout layout = new Layout(Map.of("X", e.graph().input("X").shape()));
        assertThat(e.forward().directions().get(2).label()).isEqualTo(layout.describe(2));
        assertThat(e.forward().passes()).isEqualTo(4);
    }

    @Test
    void longProgramsAreWithinTheirLimits() {
        Source f = Language.parse("y = x; for i in 0..100000 { y = sin(y) }; y", Limits.DEFAULT, "test");
        Point at = Point.of("x", 1.0);
        Explanation e = Explanation.of(f.trace(at), at, List.of("x"), false);
        for (Format format : Format.values()) {
            assertThat(format.print(e)).as(format.name()).contains(format == Format.JSON ? "99801" : "99,801")
                    .hasSizeLessThan(200_000);
        }
    }
}
