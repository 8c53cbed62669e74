package dualtape.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.control.Scan;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import dualtape.op.Operations;
import dualtape.program.Tensors;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops that were written out become loops again: the same bits of values, the same derivatives, a graph as long as a trip. */
class RerolledTest {
    private static final int TRIPS = 200;
    private static final double[] V = new double[TRIPS + 2];

    static {
        Arrays.setAll(V, i -> 0.4 + 0.3 * Math.sin(i));
    }

    @AfterEach
    void restore() {
        System.clearProperty("dualtape.loops");
    }

    private static Point at() {
        return Point.of("x", 0.7, "y", 1.3, "v", V);
    }

    private static long loops(Graph graph) {
        return graph.applications().stream().filter(application -> application.op() instanceof Scan).count();
    }

    private static void assertSameBits(Graph graph, Graph rerolled, Point at, String what) {
        List<Tensor> before = graph.evaluate(Tensors.INSTANCE, Traced.inputs(graph, at));
        List<Tensor> after = rerolled.evaluate(Tensors.INSTANCE, Traced.inputs(rerolled, at));
        assertEquals(before.size(), after.size(), what);
        for (int i = 0; i < before.size(); i++) {
            assertEquals(bits(before.get(i).toArray()), bits(after.get(i).toArray()), what);
        }
    }

    private static List<Long> bits(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Double::doubleToLongBits).toList();
    }

    private static void assertSameDerivatives(Graph graph, Graph rerolled, List<String> wrt, Point at, String what) {
        for (Engine each : Engines.all()) {
            if (!(each instanceof DerivingEngine engine) || graph.output().shape().size() != 1) {
                continue;
            }
            for (Operator operator : List.of(Operator.GRADIENT, Operator.HVP)) {
                double[] before = derivative(engine, graph, Request.of(operator, wrt), at);
                double[] after = derivative(engine, rerolled, Request.of(operator, wrt), at);
                double scale = Arrays.stream(before).map(Math::abs).filter(Double::isFinite).reduce(1, Math::max);
                for (int i = 0; i < before.length; i++) {
                    if (Double.isFinite(before[i])) {
                        assertEquals(before[i], after[i], 1e-12 * scale, what + ": " + engine.name() + " " + operator);
                    } else {
                        assertEquals(before[i], after[i], what + ": " + engine.name() + " " + operator);
                    }
                }
            }
        }
    }

    private static double[] derivative(DerivingEngine engine, Graph graph, Request request, Point at) {
        Prepared prepared = new PlannedPrepared(engine.name(), Selection.of(graph, request),
                engine.plan(graph, request), 8);
        double[] seed = new double[prepared.seeds().size()];
        Arrays.setAll(seed, i -> 1.0 / (1 + i));
        prepared.seed(seed);
        double[] derivative = new double[prepared.derivativeSize()];
        prepared.run(prepared.inputs().flatten(at), new double[prepared.rows()], derivative);
        return derivative;
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "s = x; for i in 0..200 { s = sin(s) * 1.01 + s * 0.1 }; s * v[0]",
        "s = 0; for i in 0..200 { s = s + x * y * i }; s + sum(v)",
        "s = 0; for i in 0..200 { s = s + v[i]^2 * x }; s * y",
        "s = x; for i in 0..200 { s = 0.9 * s + v[i + 2] * v[i] - v[7] * v[i + 1] }; s / y",
        "a = x; b = y; for i in 0..200 { c = sin(a + b); a = b; b = c }; a * b + v[1]",
        "a = x; b = y; c = v[3]; for i in 0..200 { d = tanh(a) - b * 0.3; a = b; b = c; c = d }; a + 2 * b + 3 * c",
        "s = x; for i in 0..200 { for j in 0..3 { s = cos(s * y) + j }; s = s / 3 + v[0] * x }; s",
        "s = x; for i in 0..150 { s = sin(s) + y }; t = s; for i in 0..150 { t = exp(-t * t) + v[i] * s }; s + t",
        "s = x; for i in 0..200 { s = max(s * 0.9, sin(s + i)) * (i + 1) / (i + 2) }; s + y + v[0]"})
    void aLoopWrittenOutIsALoopAgain(String text) {
        Graph graph = Language.parse(text).trace(at()).graph();
        Graph rerolled = Rerolled.of(graph, 100);
        assertTrue(loops(rerolled) > 0, text);
        assertTrue(rerolled.applications().size() < 80, () -> text + " has " + rerolled.applications().size());
        assertSameBits(graph, rerolled, at(), text);
        assertSameDerivatives(graph, rerolled, List.of("x", "y", "v"), at(), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "s = x * v; for i in 0..200 { s = sin(s) + y }; sum(s)",
        "s = x; for i in 0..200 { s = s + sum(v * v) * 0.001 }; s * y",
        "s = x; t = 0; for i in 0..50 { s = sin(s) + y; t = t + s * v[199 - 3 * i] }; s + t",
        "s = x; m = 0; for i in 0..200 { s = sin(s) + y; if i == 100 { m = s } }; s * m + v[0]"})
    void whatIsNoLoopOfSingleNumbersKeepsItsValue(String text) {
        Graph graph = Language.parse(text).trace(at()).graph();
        Graph rerolled = Rerolled.of(graph, 100);
        assertSameBits(graph, rerolled, at(), text);
        assertSameDerivatives(graph, rerolled, List.of("x", "y", "v"), at(), text);
    }

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream().filter(Scenario::smooth);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyScenarioKeepsItsBitsAndItsDerivatives(Scenario scenario) {
        Graph graph = scenario.source().trace(scenario.point()).graph();
        Graph rerolled = Rerolled.of(graph, 8);
        assertSameBits(graph, rerolled, scenario.point(), scenario.name());
        if (loops(rerolled) != loops(graph)) {
            assertSameDerivatives(graph, rerolled, scenario.selected(), scenario.point(), scenario.name());
        }
    }

    /** Bodies of random operations on what this trip, the last trips, the outside and numbers that change give. */
    @Test
    void randomBodiesKeepTheirBits() {
        SplittableRandom random = new SplittableRandom(11);
        int recovered = 0;
        for (int round = 0; round < 300; round++) {
            GraphBuilder b = GraphBuilder.asWritten();
            List<Node> made = new ArrayList<>(List.of(b.input("x", Shape.SCALAR), b.input("y", Shape.SCALAR)));
            int outside = made.size();
            int period = 1 + random.nextInt(7);
            int[][] operands = new int[period][2];
            String[] operations = new String[period];
            for (int q = 0; q < period; q++) {
                operations[q] = List.of("+", "*", "-", "max", "sin").get(random.nextInt(5));
                for (int j = 0; j < 2; j++) {
                    operands[q][j] = random.nextInt(10) < 2 ? -1 : random.nextInt(10) < 2 ? -2 - random.nextInt(2)
                            : 1 + random.nextInt(Math.min(2 * period + 1, 9));
                }
            }
            int trips = 20 + random.nextInt(60);
            for (int trip = 0; trip < trips; trip++) {
                for (int q = 0; q < period; q++) {
                    List<Node> reads = new ArrayList<>();
                    for (int j = 0; j < (operations[q].equals("sin") ? 1 : 2); j++) {
                        int way = operands[q][j];
                        reads.add(way == -1 ? b.scalar(0.25 + (q % 2 == 0 ? 0.01 * trip : 0))
                                : way < 0 ? made.get(-2 - way) : made.get(Math.max(made.size() - way, 0)));
                    }
                    made.add(Operations.find(operations[q]).call(b, reads));
                }
            }
            int back = random.nextInt(3) == 0 ? random.nextInt(made.size() - outside) : 1;
            Node end = made.get(made.size() - 1);
            Graph graph = b.graph(Operations.find("-").call(b, List.of(end, made.get(made.size() - 1 - back))));
            Graph rerolled = Rerolled.of(graph, 30);
            recovered += loops(rerolled) > 0 ? 1 : 0;
            Point at = Point.of("x", 0.3, "y", -0.8);
            assertSameBits(graph, rerolled, at, "round " + round);
            assertSameDerivatives(graph, rerolled, List.of("x", "y"), at, "round " + round);
        }
        assertTrue(recovered > 50, recovered + " of 300");
    }

    @Test
    void smallGraphsAndTheFlagLeaveItAsItIs() {
        Graph small = Language.parse("s = x; for i in 0..200 { s = sin(s) }; s").trace(Point.of("x", 1.0)).graph();
        assertSame(small, Rerolled.of(small));
        Graph large = Language.parse("s = x; for i in 0..9000 { s = sin(s) }; s").trace(Point.of("x", 1.0)).graph();
        assertEquals(1, loops(Rerolled.of(large)));
        System.setProperty("dualtape.loops", "off");
        assertSame(large, Rerolled.of(large));
    }

    @Test
    void aMillionOperationsAreDerivedAsOneTrip() {
        GraphBuilder b = GraphBuilder.asWritten();
        Node s = b.input("x", Shape.SCALAR);
        for (int i = 0; i < 500_000; i++) {
            s = Operations.find("+").call(b, List.of(Operations.find("sin").call(b, List.of(s)), b.scalar(0.1)));
        }
        Traced traced = Source.of("chain", b.graph(s)).trace(Point.of("x", 1.0));
        for (Engine engine : List.of(Engines.forward(), Engines.reverse())) {
            Prepared prepared = engine.prepare(traced, Request.of(Operator.GRADIENT, List.of("x")));
            assertTrue(prepared.cost().graphBytes() < 100_000, engine.name() + ": " + prepared.cost());
        }
    }
}
