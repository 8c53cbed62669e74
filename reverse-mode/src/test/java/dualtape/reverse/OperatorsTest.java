package dualtape.reverse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.engine.DerivingEngine;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Layout;
import dualtape.engine.Nesting;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import dualtape.engine.Values;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.Node;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DecimalNumbers;
import dualtape.lang.Language;
import dualtape.program.Tensors;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.math3.dfp.Dfp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every operator by every engine, in every nesting, against differences of values at 50 digits. */
class OperatorsTest {
    private static final DecimalNumbers DECIMALS = DecimalNumbers.digits(50);
    private static final int MOST = 8;

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream().filter(Scenario::smooth).filter(scenario -> {
            Graph graph = scenario.source().trace(scenario.point()).graph();
            int n = scenario.selected().stream().mapToInt(name -> graph.input(name).shape().size()).sum();
            return n <= MOST && graph.output().shape().size() <= MOST && graph.work() < 400;
        });
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyOperatorAgreesWithValues(Scenario scenario) {
        Traced traced = scenario.source().trace(scenario.point());
        boolean scalar = traced.graph().output().shape().size() == 1;
        Prepared layout = Engines.reverse().prepare(traced, Request.of(Operator.JACOBIAN, scenario.selected()));
        double[] x = layout.inputs().flatten(scenario.point());
        double[][] jacobian = jacobian(traced.graph(), layout, x);
        double[][] hessian = scalar ? hessian(traced.graph(), layout, x) : null;
        for (Operator operator : Operator.values()) {
            if (!scalar && operator.ofScalar()) {
                assertThrows(InputException.class,
                        () -> Engines.reverse().prepare(traced, Request.of(operator, scenario.selected())));
                continue;
            }
            for (Engine engine : Engines.all()) {
                Request request = Request.of(operator, scenario.selected());
                check(scenario, traced, engine, request, operator.second() ? hessian : jacobian);
                if (operator.second() && engine instanceof DerivingEngine) {
                    for (Nesting nesting : Nesting.values()) {
                        check(scenario, traced, engine, request.with(nesting), hessian);
                    }
                }
            }
        }
    }

    private static void check(Scenario scenario, Traced traced, Engine engine, Request request,
            double[][] matrix) {
        Prepared prepared = engine.prepare(traced, request);
        double[] x = prepared.inputs().flatten(scenario.point());
        SplittableRandom random = new SplittableRandom(3);
        double[] seed = random.doubles(prepared.seeds().size(), -1, 1).toArray();
        prepared.seed(seed);
        double[] derivative = new double[prepared.derivativeSize()];
        double[] value = new double[prepared.rows()];
        prepared.run(x, value, derivative);
        prepared.run(x, value, derivative); // a run leaves nothing behind
        double[] reference = reference(prepared, matrix, seed);
        String what = scenario.name() + " " + request + " by " + engine.name();
        close(what, engine.error(prepared), derivative, reference);
        assertArrayEquals(traced.graph().evaluate(Tensors.INSTANCE, Traced.inputs(traced.graph(), scenario.point()))
                .get(0).toArray(), value, 1e-13 * Math.abs(value.length == 0 ? 1 : value[0]) + 1e-13, what);
        if (engine instanceof DerivingEngine deriving) {
            close(what + ", as a graph", null, asGraph(deriving, traced.graph(), request, prepared, x, seed),
                    reference);
        }
    }

    /** The derivative graph evaluated over tensors, its parts one after the other. */
    private static double[] asGraph(DerivingEngine engine, Graph f, Request request, Prepared prepared, double[] x,
            double[] seed) {
        Graph derived = engine.derive(f, request).graph();
        Map<String, Tensor> values = new LinkedHashMap<>(prepared.inputs().tensors(x));
        List<Tensor> seeds = new ArrayList<>(prepared.seeds().tensors(seed).values());
        List<Node.Input> added = derived.inputs().subList(f.inputs().size(), derived.inputs().size());
        for (int i = 0; i < added.size(); i++) {
            values.put(added.get(i).name(), seeds.get(i));
        }
        List<Tensor> parts = derived.evaluate(Tensors.INSTANCE, Traced.inputs(derived, Point.of(values)));
        return parts.stream().skip(1).flatMapToDouble(part -> Arrays.stream(part.toArray())).toArray();
    }

    /** Exact derivatives within 1e-11 of the largest component, others within four times the error that they state. */
    private static void close(String what, double[] error, double[] derivative, double[] reference) {
        assertEquals(reference.length, derivative.length, what);
        double largest = Arrays.stream(reference).map(Math::abs).max().orElse(0);
        for (int k = 0; k < reference.length; k++) {
            assertTrue(
                    Math.abs(derivative[k] - reference[k]) <= (error != null ? 4 * error[k] : 1e-11 * largest + 1e-30),
                    what + ": element " + k + " is " + derivative[k] + ", by values " + reference[k]);
        }
    }

    /** An operator's result from the Jacobian or the Hessian. */
    private static double[] reference(Prepared prepared, double[][] matrix, double[] seed) {
        int n = prepared.derivatives().size();
        int m = prepared.rows();
        return switch (prepared.operator()) {
            case GRADIENT, JACOBIAN, HESSIAN -> Arrays.stream(matrix).flatMapToDouble(Arrays::stream).toArray();
            case JVP, HVP -> Arrays.stream(matrix).mapToDouble(row -> inner(row, seed)).toArray();
            case VJP -> {
                double[] product = new double[n];
                for (int row = 0; row < m; row++) {
                    for (int k = 0; k < n; k++) {
                        product[k] += seed[row] * matrix[row][k];
                    }
                }
                yield product;
            }
        };
    }

    private static double inner(double[] x, double[] y) {
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += x[k] * y[k];
        }
        return sum;
    }

    private static double[][] jacobian(Graph graph, Prepared prepared, double[] x) {
        int n = prepared.derivatives().size();
        double[][] jacobian = new double[prepared.rows()][n];
        for (int k = 0; k < n; k++) {
            Dfp h = step(prepared, x, k, "1e-18");
            Array<Dfp> up = at(graph, prepared, x, k, h, 0, h.getZero());
            Array<Dfp> down = at(graph, prepared, x, k, h.negate(), 0, h.getZero());
            for (int row = 0; row < jacobian.length; row++) {
                jacobian[row][k] = DECIMALS.toDouble(up.get(row).subtract(down.get(row)).divide(h.multiply(2)));
            }
        }
        return jacobian;
    }

    private static double[][] hessian(Graph graph, Prepared prepared, double[] x) {
        int n = prepared.derivatives().size();
        double[][] hessian = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                Dfp h = step(prepared, x, i, "1e-13");
                Dfp k = step(prepared, x, j, "1e-13");
                Dfp same = at(graph, prepared, x, i, h, j, k).get(0).add(
                        at(graph, prepared, x, i, h.negate(), j, k.negate()).get(0));
                Dfp opposite = at(graph, prepared, x, i, h, j, k.negate()).get(0).add(
                        at(graph, prepared, x, i, h.negate(), j, k).get(0));
                hessian[i][j] = DECIMALS.toDouble(same.subtract(opposite).divide(h.multiply(k).multiply(4)));
            }
        }
        return hessian;
    }

    private static Dfp step(Prepared prepared, double[] x, int k, String relative) {
        int part = prepared.derivatives().part(k);
        int input = prepared.inputs().names().indexOf(prepared.derivatives().names().get(part));
        double value = x[prepared.inputs().offset(input) + k - prepared.derivatives().offset(part)];
        return DECIMALS.of(value == 0 ? 1 : Math.abs(value)).multiply(DECIMALS.parse(relative));
    }

    /** The function with elements i and j of the selected inputs shifted. */
    private static Array<Dfp> at(Graph graph, Prepared prepared, double[] x, int i, Dfp h, int j, Dfp k) {
        Layout inputs = prepared.inputs();
        List<Array<Dfp>> values = new ArrayList<>();
        for (int p = 0; p < inputs.names().size(); p++) {
            Array<Dfp> value = new Array<>(inputs.shape(p));
            for (int e = 0; e < value.size(); e++) {
                value.set(e, DECIMALS.of(x[inputs.offset(p) + e]));
            }
            values.add(value);
        }
        shift(prepared, values, i, h);
        shift(prepared, values, j, k);
        return graph.evaluate(new NumbersAlgebra<>(DECIMALS), values).get(0);
    }

    private static void shift(Prepared prepared, List<Array<Dfp>> values, int k, Dfp h) {
        Layout columns = prepared.derivatives();
        int part = columns.part(k);
        Array<Dfp> value = values.get(prepared.inputs().names().indexOf(columns.names().get(part)));
        value.set(k - columns.offset(part), value.get(k - columns.offset(part)).add(h));
    }

    @Test
    void blocksOfAHessianHaveTheInputsOrder() {
        Point at = Point.of("x", new double[] {1, 2}, "y", 3.0, "unread", 4.0);
        for (Engine engine : Engines.all()) {
            Values h = engine.hessian(Language.parse("x[0]^2 * x[1] * y"), at, List.of("y", "x", "unread"));
            double tolerance = engine.exact() ? 0 : 1e-5;
            assertArrayEquals(new double[] {12, 6, 6, 0}, h.block("x", "x").toArray(), tolerance, engine.name());
            assertArrayEquals(new double[] {4, 1}, h.block("x", "y").toArray(), tolerance, engine.name());
            assertArrayEquals(new double[] {0}, h.block("y", "y").toArray(), tolerance, engine.name());
            assertArrayEquals(new double[] {0, 0}, h.block("unread", "x").toArray(), tolerance, engine.name());
        }
    }

    @Test
    void theDerivativeOfADerivativeIsNotConfused() {
        // d/dx [x · d/dy (x + y)] = 1, d/dx [x · d/dy (x · y)] = 2x, and one level deeper.
        double[][] expected = {{1}, {6}, {27}};
        String[] inner = {"x + y", "x * y", "x * x * y"};
        for (int i = 0; i < inner.length; i++) {
            for (DerivingEngine in : List.of(Engines.forward(), Engines.reverse(), Engines.symbolic())) {
                for (DerivingEngine out : List.of(Engines.forward(), Engines.reverse(), Engines.symbolic())) {
                    Point at = Point.of("x", 3.0, "y", 5.0);
                    Graph g = Language.parse(inner[i]).trace(at).graph();
                    DerivingEngine.Derived byY = in.derive(g, List.of("y"), Operator.GRADIENT);
                    Graph product = byY.then(dualtape.ir.Conventions.MINNORM, (builder, outputs) -> List.of(
                            dualtape.op.Arithmetic.MULTIPLY.of(builder, builder.inputs().get(0), outputs.get(1))))
                            .graph();
                    Graph outer = out.derive(product, List.of("x"), Operator.GRADIENT).graph();
                    double got = outer.evaluate(Tensors.INSTANCE, Traced.inputs(outer, at)).get(1).value();
                    assertEquals(expected[i][0], got, out.name() + " over " + in.name() + " of " + inner[i]);
                }
            }
        }
    }
}
