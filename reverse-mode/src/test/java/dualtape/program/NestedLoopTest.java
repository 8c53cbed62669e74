package dualtape.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.control.Control;
import dualtape.control.Control.Trip;
import dualtape.control.Scan;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Application;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.kernel.Forms;
import dualtape.op.Operations;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loops with carries, loops inside them, functions of whole tensors in those: the bits of the interpreter. */
@Tag("compiled")
class NestedLoopTest {
    private static final int LAYERS = 3;
    private static final double[] ODD = {Double.NaN, Double.POSITIVE_INFINITY, 0.0, -0.0, 1e200, -800};

    @AfterEach
    void restore() {
        System.clearProperty("dualtape.codegen");
    }

    /** Narrow ones are written out, wide ones are loops, the widest are kernels of their own. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 12, 14, 61, 300})
    void codeHasTheBitsOfTheInterpreter(int width) {
        for (int length : new int[] {2, 35}) {
            for (int odd = 0; odd <= 1; odd++) {
                Traced traced = Source.of("layers", graph(width, length)).trace(Point.of());
                double[] x = values(width * (2 * LAYERS + length + 1), odd, width + length);
                for (Engine engine : List.of(Engines.forward(), Engines.reverse())) {
                    Operator operator = engine == Engines.reverse() ? Operator.GRADIENT : Operator.JVP;
                    Request request = Request.of(operator, List.of("w", "v", "x", "s"));
                    var bits = CodegenTest.bits("off", engine, traced, x, request);
                    String what = engine.name() + ", width " + width + ", length " + length + " at "
                            + Arrays.toString(x);
                    assertEquals(bits, CodegenTest.bits("always", engine, traced, x, request), what);
                    if (Forms.vectors() != null) {
                        assertEquals(bits, CodegenTest.bits("vectors", engine, traced, x, request), what);
                    }
                }
            }
        }
    }

    /** The reverse loop over layers reads what the forward one has computed; only the slopes of sigmoids are its own. */
    @Test
    void aReverseLoopReadsTheFunctionsOfTheForwardOne() {
        Graph gradient = Engines.reverse()
                .derive(graph(14, 20), List.of("w", "v"), Operator.GRADIENT).graph();
        Scan outer = scan(gradient, 1);
        Graph before = Folding.of(outer.body()).graph();
        Graph after = Recomputed.of(before);
        assertTrue(count(scan(before, 1).body(), "tanh") > 0);
        assertEquals(0, count(scan(after, 1).body(), "tanh"));
        assertEquals(count(scan(before, 1).body(), "sigmoid") - 2, count(scan(after, 1).body(), "sigmoid"));
        assertEquals(scan(before, 0).stacks() + 3, scan(after, 0).stacks());
    }

    /** The loop with this number that is not a map. */
    private static Scan scan(Graph graph, int number) {
        return graph.applications().stream().map(Application::op).filter(Scan.class::isInstance).map(Scan.class::cast)
                .filter(scan -> scan.carries() > 0).skip(number).findFirst().orElseThrow();
    }

    private static long count(Graph graph, String symbol) {
        return graph.applications().stream().filter(each -> each.op().symbol().equals(symbol)).count();
    }

    /** Σ exp(s) x over a sequence of x, where s goes through layers: s ← tanh(s σ(s w) + v) σ(s − v). */
    private static Graph graph(int width, int length) {
        GraphBuilder b = GraphBuilder.asWritten();
        Node w = b.input("w", Shape.of(LAYERS, width));
        Node v = b.input("v", Shape.of(LAYERS, width));
        Node x = b.input("x", Shape.of(length, width));
        Node s = b.input("s", Shape.of(width));
        return b.graph(Control.scan(b, List.of(s), List.of(x), length, false, (step, carry, slices) -> {
            Node last = Control
                    .scan(step, List.of(carry.get(0)), List.of(w, v), LAYERS, false, (layer, signal, own) -> {
                        Node here = signal.get(0);
                        Node gate = call(layer, "sigmoid", call(layer, "*", here, own.get(0)));
                        Node out = call(layer, "sigmoid", call(layer, "-", here, own.get(1)));
                        Node cell = call(layer, "+", call(layer, "*", here, gate), own.get(1));
                        return new Trip(List.of(call(layer, "*", call(layer, "tanh", cell), out)), List.of(),
                                List.of());
                    }).carries().get(0);
            Node term = call(step, "sum", call(step, "*", call(step, "exp", last), slices.get(0)));
            return new Trip(List.of(last), List.of(term), List.of());
        }).sums().get(0));
    }

    private static Node call(GraphBuilder b, String name, Node... operands) {
        return Operations.find(name).call(b, List.of(operands));
    }

    private static double[] values(int n, int odd, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] x = random.doubles(n, -2, 2).toArray();
        for (int i = 0; i < odd; i++) {
            x[random.nextInt(n)] = ODD[random.nextInt(ODD.length)];
        }
        return x;
    }
}
