package dualtape.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.engine.Values;
import dualtape.ir.Graph;
import dualtape.ir.Tensor;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("try") // scopes only end
class AutogradTest {
    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream();
    }

    /** The engine and the record have the same rules, and go back in the same order. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void recordedScenariosHaveTheEnginesGradient(Scenario scenario) {
        Traced traced = scenario.source().trace(scenario.point());
        Graph graph = traced.graph();
        List<Variable> inputs = new ArrayList<>();
        graph.inputs().forEach(input -> inputs.add(Variable.of(scenario.point().get(input.name())).requiresGrad(
                scenario.selected().contains(input.name()))));
        Variable result = graph.evaluate(Eager.INSTANCE, inputs).get(0);
        if (!result.needsGrad()) {
            return; // a constant
        }
        result.backward(Variable.of(Tensor.uniform(1, result.shape())));
        Source summed = Autograd.source("sum", graph.inputs().stream().map(input -> input.name()).toList(),
                variables -> {
                    Variable value = graph.evaluate(Eager.INSTANCE, variables).get(0);
                    return value.shape().isScalar() ? value : value.sum();
                });
        Values expected = Engines.reverse().gradient(summed, scenario.point(), scenario.selected());
        for (int i = 0; i < inputs.size(); i++) {
            if (inputs.get(i).needsGrad()) {
                Tensor gradient = expected.get(graph.inputs().get(i).name());
                Variable got = inputs.get(i).grad();
                assertClose(got == null ? Tensor.uniform(0, gradient.shape()) : got.value(), gradient);
            }
        }
    }

    private static void assertClose(Tensor actual, Tensor expected) {
        double scale = 0;
        for (int k = 0; k < expected.size(); k++) {
            scale = Double.isFinite(expected.at(k)) ? Math.max(scale, Math.abs(expected.at(k))) : scale;
        }
        for (int k = 0; k < expected.size(); k++) {
            if (Double.isFinite(expected.at(k))) {
                assertThat(actual.at(k)).isEqualTo(expected.at(k), within(1e-12 * scale));
            } else {
                assertThat(actual.at(k)).isEqualTo(expected.at(k));
            }
        }
    }

    @Test
    void aChainOfAMillionOperationsGoesBack() {
        Variable x = Variable.of(0.5).requiresGrad();
        Variable y = x;
        for (int i = 0; i < 1_000_000; i++) {
            y = y.times(1.000001);
        }
        y.backward();
        assertThat(x.grad().item()).isEqualTo(Math.exp(1_000_000 * Math.log1p(1e-6)), within(1e-9));
    }

    @Test
    void aDiamondOfSixtyLevelsGoesBack() {
        Variable x = Variable.of(1.0).requiresGrad();
        Variable y = x;
        for (int i = 0; i < 60; i++) {
            y = y.plus(y);
        }
        y.backward();
        assertThat(x.grad().item()).isEqualTo(0x1p60);
    }

    @Test
    void gradientsHaveGradients() {
        Variable x = Variable.of(0.7).requiresGrad();
        Variable d = x.sin().times(x);
        double[] expected = {Math.sin(0.7) + 0.7 * Math.cos(0.7), 2 * Math.cos(0.7) - 0.7 * Math.sin(0.7),
            -3 * Math.sin(0.7) - 0.7 * Math.cos(0.7)};
        for (double derivative : expected) {
            d = Autograd.grad(d, List.of(x), true).get(0);
            assertThat(d.item()).isEqualTo(derivative, within(1e-15));
        }
    }

    @Test
    void perturbationsAreNotConfused() {
        Variable x = Variable.of(3).requiresGrad();
        Variable y = Variable.of(4).requiresGrad();
        Variable inner = Autograd.grad(x.plus(y), List.of(y), true).get(0);
        Variable outer = Autograd.grad(x.times(inner), List.of(x), false).get(0);
        assertThat(outer.item()).isEqualTo(1);
    }

    @Test
    void aGradientMayReplaceAddOrBeDropped() {
        Variable x = Variable.of(3).requiresGrad().gradRequest(GradRequest.WRITE);
        x.times(2).backward();
        x.times(5).backward();
        assertThat(x.grad().item()).isEqualTo(5);
        x.gradRequest(GradRequest.NONE);
        x.times(7).backward();
        assertThat(x.grad().item()).isEqualTo(5);
    }

    @Test
    void scopesNest() {
        Variable x = Variable.of(3).requiresGrad();
        try (Scope off = Autograd.noGrad()) {
            assertThat(x.times(2).needsGrad()).isFalse();
            try (Scope on = Autograd.record()) {
                assertThat(x.times(2).needsGrad()).isTrue();
            }
            assertThat(Autograd.isRecording()).isFalse();
        }
        assertThat(Autograd.isRecording()).isTrue();
    }

    @Test
    void hooksSeeTheWholeAdjointAndMayChangeIt() {
        Variable x = Variable.of(2).requiresGrad();
        List<Double> seen = new ArrayList<>();
        Variable y = x.times(3).hook(adjoint -> {
            seen.add(adjoint.item());
            return adjoint.times(10);
        });
        y.times(y).backward();
        assertThat(seen).containsExactly(12.0);
        assertThat(x.grad().item()).isEqualTo(360);
    }

    @Test
    void aHookOnALeafIsCalledOnceWithTheSum() {
        List<Double> seen = new ArrayList<>();
        Variable x = Variable.of(2).requiresGrad().hook(adjoint -> {
            seen.add(adjoint.item());
            return null;
        });
        x.plus(x.times(x)).backward();
        assertThat(seen).containsExactly(5.0);
        assertThat(x.grad().item()).isEqualTo(5);
    }

    /** What the outer way back has gathered is put aside and back: 5 of x, and 2 y = 18 of y. */
    @Test
    void aHookMayGoBackItself() {
        Variable x = Variable.of(3).requiresGrad();
        Variable square = x.times(x);
        Variable y = square.times(1)
                .hook(adjoint -> adjoint.plus(Autograd.grad(square, List.of(x), false).get(0)));
        y.times(y).plus(x.times(5)).backward();
        assertThat(x.grad().item()).isEqualTo(5 + (18 + 6) * 6);
    }

    /** A hook that lets the record go from under the way back that called it is told so. */
    @Test
    void aHookMayNotLetGoWhatIsStillNeeded() {
        Variable x = Variable.of(3).requiresGrad();
        Variable square = x.times(x);
        Variable y = square.times(3).hook(adjoint -> {
            square.backward();
            return null;
        });
        Variable z = y.times(y);
        assertThatThrownBy(z::backward).hasMessageContaining("retainGraph");
    }

    @Test
    void aScalarOperationAllocatesItsHandlesAndLittleMore() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Variable x = Variable.of(0.5).requiresGrad();
        Variable factor = Variable.of(1.000001);
        long[] bytes = new long[2];
        for (int round = 0; round < 2; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            Variable y = x;
            for (int i = 0; i < 50_000; i++) {
                y = y.times(factor);
            }
            bytes[round] = (threads.getCurrentThreadAllocatedBytes() - before) / 50_000;
            assertThat(y.needsGrad()).isTrue();
        }
        assertThat(bytes[1]).isLessThan(400);
    }

    @Test
    void aJavaFunctionIsASourceForTheEngines() {
        Source f = Autograd.source("f", List.of("a"), inputs -> LectureTest.f(inputs.get(0)));
        Point at = Point.of("a", 1.25);
        Traced traced = f.trace(at);
        assertThat(traced.guards()).isNotEmpty();
        assertThat(traced.flipped(Point.of("a", 1.3))).isNull();
        assertThat(traced.flipped(Point.of("a", 300.0))).isNotNull();
        assertThat(Engines.forward().gradient(f, at).get("a").value()).isEqualTo(1024);
        assertThat(Engines.reverse().gradient(f, Point.of("a", 300.0)).get("a").value()).isEqualTo(4);
    }

    @Test
    void symbolsAreCompiled() {
        Symbols symbols = new Symbols();
        Variable a = symbols.var("a", 2);
        Variable b = symbols.var("b", 2);
        Compiled c = symbols.function(a.times(2).plus(b));
        assertThat(c.call(Point.of("a", new double[] {1, 1}, "b", new double[] {1, 1}))).isEqualTo(Tensor.vector(3, 3));
        assertThat(c.call(Point.of("a", new double[] {2, 3}, "b", new double[] {0, 1}))).isEqualTo(Tensor.vector(4, 7));
        assertThat(c.graph().applications()).isNotEmpty();
    }

    @Test
    void trainingDoesNotGrowTheRecord() {
        Variable w = Variable.of(new double[] {0, 0}).requiresGrad();
        Variable x = Variable.of(new double[][] {{1, 0}, {0, 1}, {1, 1}});
        Variable y = Variable.of(new double[] {1, 2, 3});
        for (int i = 0; i < 500; i++) {
            Variable loss = Functions.mse(x.matmul(w), y);
            loss.backward();
            try (Scope scope = Autograd.noGrad()) {
                w.subtractInPlace(w.grad().times(0.3));
            }
            w.zeroGrad();
        }
        assertThat(w.value().at(0)).isEqualTo(1, within(1e-3));
        assertThat(w.value().at(1)).isEqualTo(2, within(1e-3));
        assertThat(w.isLeaf()).isTrue();
    }
}
