package dualtape.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.control.Control.Trip;
import dualtape.engine.Traced;
import dualtape.ir.Algebra;
import dualtape.ir.Array;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.NumbersAlgebra;
import dualtape.ir.Shape;
import dualtape.ir.ShapeException;
import dualtape.ir.Tensor;
import dualtape.ir.numbers.DoubleNumbers;
import dualtape.ir.numbers.IndexSet;
import dualtape.ir.numbers.IndexSets;
import dualtape.op.Arithmetic;
import dualtape.op.Operations;
import dualtape.op.Witness;
import dualtape.program.Program;
import dualtape.program.Tensors;
import dualtape.program.Workspace;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Structured operations: values over every kind of number, rules against differences at 50 digits, programs. */
class ControlTest {
    private static final NumbersAlgebra<Double> DOUBLES = new NumbersAlgebra<>(DoubleNumbers.INSTANCE);

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream().filter(scenario -> scenario.name().startsWith("control/"));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void firstAndSecondDerivativesAgreeWithDifferences(Scenario scenario) {
        Graph graph = scenario.source().trace(scenario.point()).graph();
        assertEquals(List.of(), Witness.failures(scenario.name(), graph, Traced.inputs(graph, scenario.point())));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void programsHaveTheBitsOfTheDefinition(Scenario scenario) {
        Graph graph = scenario.source().trace(scenario.point()).graph();
        List<Tensor> x = Traced.inputs(graph, scenario.point());
        Tensor defined = graph.evaluate(DOUBLES, x.stream().map(DOUBLES::constant).toList()).get(0).toTensor(v -> v);
        assertEquals(defined, graph.evaluate(Tensors.INSTANCE, x).get(0));
        Workspace workspace = Program.of(graph).workspace();
        for (int i = 0; i < x.size(); i++) {
            workspace.bind(i, x.get(i));
        }
        for (int run = 0; run < 3; run++) {
            workspace.run();
            assertEquals(defined, workspace.tensor(0), "run " + run);
        }
    }

    @Test
    void aWhileMakesAsManyTripsAsItsValuesWant() {
        Graph graph = Scenarios.matching("control/doubling").get(0).source().trace(null).graph();
        for (double a : new double[] {0.001, 0.3, 600, -0.75, -2000}) {
            double b = 2 * a;
            while (Math.abs(b) < 1000) {
                b *= 2;
            }
            double expected = b > 0 ? b : 100 * b;
            assertEquals(expected, graph.evaluate(Tensors.INSTANCE, List.of(Tensor.scalar(a))).get(0).value());
        }
    }

    @Test
    void aScanOfNoTripsGivesItsInitialCarriesAndZeros() {
        GraphBuilder b = new GraphBuilder();
        Node y = b.input("y", Shape.SCALAR);
        Node x = b.input("x", Shape.of(0));
        Trip trip = Control.scan(b, List.of(y), List.of(x), 0, false,
                (body, c, s) -> new Trip(List.of(call(body, "*", c.get(0), s.get(0))), List.of(s.get(0)), s));
        Graph graph = b.graph(List.of(trip.carries().get(0), trip.sums().get(0), trip.stacks().get(0)));
        List<Tensor> results = graph.evaluate(Tensors.INSTANCE, List.of(Tensor.scalar(3), Tensor.vector()));
        assertEquals(List.of(Tensor.scalar(3), Tensor.scalar(0), Tensor.vector()), results);
    }

    @Test
    void sumsAreAddedUpAsSumAddsThemUp() {
        for (int n : new int[] {1, 31, 32, 33, 100}) {
            GraphBuilder b = new GraphBuilder();
            Node x = b.input("x", Shape.of(n));
            Graph graph = b.graph(List.of(Control.mapSum(b, List.of(x), n, (body, s) -> s).get(0), call(b, "sum", x)));
            double[] values = new double[n];
            for (int i = 0; i < n; i++) {
                values[i] = Math.sin(i) / 3;
            }
            List<Tensor> sums = graph.evaluate(Tensors.INSTANCE, List.of(Tensor.vector(values)));
            assertEquals(sums.get(1), sums.get(0), "of " + n);
        }
    }

    @Test
    void dependenceGoesThroughLoopsToAFixedPoint() {
        Graph graph = Scenarios.matching("control/branch").get(0).source().trace(null).graph();
        Algebra<Array<IndexSet>> sets = new NumbersAlgebra<>(IndexSets.INSTANCE);
        Array<IndexSet> s = Array.filled(Shape.SCALAR, IndexSet.of(0));
        Array<IndexSet> x = new Array<>(Shape.of(3));
        for (int i = 0; i < 3; i++) {
            x.set(i, IndexSet.of(1 + i));
        }
        IndexSet result = graph.evaluate(sets, List.of(s, x)).get(0).get(0);
        assertEquals(IndexSet.of(0).union(IndexSet.of(1)).union(IndexSet.of(2)).union(IndexSet.of(3)), result);
    }

    @Test
    void aCarryThatChangesItsShapeIsRefused() {
        GraphBuilder b = new GraphBuilder();
        Node y = b.input("y", Shape.SCALAR);
        String message = assertThrows(ShapeException.class, () -> Control.scan(b, List.of(y), List.of(), 3, false,
                (body, c, s) -> new Trip(List.of(call(body, "stack", c.get(0), c.get(0))), List.of(), List.of())))
                .getMessage();
        assertEquals("scan: carry 0 has shape [] before a trip and [2] after it; a carry keeps its shape", message);
        Node x = b.input("x", Shape.of(4));
        assertEquals("a loop of 3 trips needs sequences whose first axis is as long, got the shape [4]",
                assertThrows(ShapeException.class, () -> Control.map(b, List.of(x), 3, (body, s) -> s)).getMessage());
    }

    @Test
    void aCustomOperationIsDifferentiatedAsItsAuthorSaysAndAMistakeIsCaught() {
        List<Tensor> x = List.of(Tensor.vector(0.3, 1.7), Tensor.vector(2, -0.4));
        for (int stated = 0; stated < 4; stated++) {
            Product right = new Product(stated, 1);
            assertEquals(List.of(), Witness.failures(right, x), "stated " + stated);
            GraphBuilder b = new GraphBuilder();
            Node u = b.input("u", Shape.of(2));
            Node y = b.input("y", Shape.of(2));
            Graph graph = b.graph(call(b, "exp", right.of(b, call(b, "sin", u), y)));
            assertEquals(List.of(), Witness.failures("exp(product)", graph, x), "stated " + stated);
        }
        assertFalse(Witness.failures(new Product(1, 1.5), x).isEmpty());
        assertFalse(Witness.failures(new Product(2, 1.5), x).isEmpty());
    }

    /** x y², its tangent stated if bit 0 is set, its adjoints if bit 1 is; wrong by a factor in y. */
    private static final class Product extends Custom {
        private final int stated;
        private final double factor;

        Product(int stated, double factor) {
            super("product");
            this.stated = stated;
            this.factor = factor;
        }

        @Override
        protected <V> V value(Algebra<V> a, List<V> x) {
            return times(a, x.get(0), times(a, x.get(1), x.get(1)));
        }

        @Override
        protected <V> V tangent(Algebra<V> a, List<V> x, V y, List<V> dx) {
            if ((stated & 1) == 0) {
                return null;
            }
            V sum = a.fill(0, a.shape(y));
            for (int i = 0; i < 2; i++) {
                sum = dx.get(i) == null ? sum : a.add(sum, a.scale(slope(a, x, i), dx.get(i)));
            }
            return sum;
        }

        @Override
        protected <V> List<V> adjoints(Algebra<V> a, List<V> x, V y, V by) {
            return (stated & 2) == 0 ? null
                    : List.of(a.scale(slope(a, x, 0), by), a.scale(slope(a, x, 1), by));
        }

        private <V> V slope(Algebra<V> a, List<V> x, int i) {
            V twice = times(a, a.fill(2 * factor, a.shape(x.get(0))), times(a, x.get(0), x.get(1)));
            return i == 0 ? times(a, x.get(1), x.get(1)) : twice;
        }

        private static <V> V times(Algebra<V> a, V x, V y) {
            return Arithmetic.MULTIPLY.of(a, x, y);
        }
    }

    @Test
    void recordingKeepsTheCarriesAndPruningDropsWhatIsNotRead() {
        Graph graph = Scenarios.matching("control/everything").get(0).source().trace(null).graph();
        Scan scan = (Scan) graph.applications().stream().filter(a -> a.op() instanceof Scan).findFirst().orElseThrow()
                .op();
        Scan recording = (Scan) scan.recording();
        assertEquals(scan.results() + scan.carries(), recording.results());
        GraphBuilder b = new GraphBuilder();
        List<Node> x = new ArrayList<>();
        graph.inputs().forEach(input -> x.add(b.input(input.name(), input.shape())));
        List<Node> operands = new ArrayList<>();
        graph.evaluate(b, x, (node, value) -> {
            if (node instanceof Node.Result result && result.application().op() == scan && result.index() == 0) {
                operands.addAll(((Node.Result) value).application().operands());
            }
        });
        List<Node> results = b.apply(recording, operands);
        Graph stacks = Pruning.of(b.graph(List.of(results.get(scan.carries()))));
        Scan pruned = (Scan) stacks.applications().get(stacks.applications().size() - 1).op();
        assertTrue(pruned.results() < scan.results(), "results " + pruned.results());
        List<Tensor> point = Traced.inputs(graph, Scenarios.matching("control/everything").get(0).point());
        assertEquals(b.graph(List.of(results.get(scan.carries()))).evaluate(Tensors.INSTANCE, point),
                stacks.evaluate(Tensors.INSTANCE, point));
    }

    private static Node call(GraphBuilder b, String operation, Node... operands) {
        return Operations.find(operation).call(b, List.of(operands));
    }
}
