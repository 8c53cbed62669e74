package dualtape.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.control.Control;
import dualtape.control.Control.Trip;
import dualtape.control.Keep;
import dualtape.control.Scan;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.kernel.Forms;
import dualtape.op.Operations;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a loop keeps is read by its reverse sweep, and gives the same bits. */
@Tag("compiled")
class KeepTest {
    private static final int TRIPS = 20;
    private static final List<String> WRT = List.of("w", "v");

    @AfterEach
    void restore() {
        System.clearProperty("dualtape.codegen");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 14, 40})
    void theBitsAreThoseOfTheLoopThatKeepsNothing(int width) {
        double[] x = new SplittableRandom(width).doubles((TRIPS + 3L) * width, -2, 2).toArray();
        for (Engine engine : List.of(Engines.forward(), Engines.reverse())) {
            for (Operator operator : List.of(Operator.GRADIENT, Operator.HESSIAN)) {
                Request request = Request.of(operator, WRT);
                Traced plain = Source.of("plain", graph(width, false)).trace(Point.of());
                Traced keeping = Source.of("keeping", graph(width, true)).trace(Point.of());
                var bits = CodegenTest.bits("off", engine, plain, x, request);
                String what = engine.name() + " " + operator + " of width " + width;
                for (String generation : Forms.vectors() == null ? List.of("off", "always")
                        : List.of("off", "always", "vectors")) {
                    assertEquals(bits, CodegenTest.bits(generation, engine, keeping, x, request), what);
                }
            }
        }
    }

    @Test
    void theReverseSweepReadsWhatIsKept() {
        Graph plain = gradient(false);
        Graph keeping = gradient(true);
        assertEquals(List.of(1L, 1L), functions(plain), "computed on the way, and again on the way back");
        assertEquals(List.of(1L, 0L), functions(keeping));
        assertEquals(0, count(Fusion.of(keeping, Codegen.worth()).graph(), "keep"), "nothing is left of the marks");
    }

    @Test
    void whatIsKeptIsCountedAsStored() {
        long more = stored(true) - stored(false);
        assertEquals(8L * 14 * TRIPS, more, "a vector for each trip");
    }

    @Test
    void outsideOfALoopItIsTheValue() {
        GraphBuilder b = GraphBuilder.asWritten();
        Node x = b.input("x", Shape.of(2));
        Graph f = b.graph(call(b, "sum", new Keep().of(b, call(b, "exp", x))));
        Traced traced = Source.of("f", f).trace(Point.of());
        double[] gradient = new double[2];
        double value = Engines.reverse().prepare(traced, Request.of(Operator.GRADIENT, List.of("x")))
                .valueAndGradient(new double[] {0, 1}, gradient);
        assertEquals(1 + gradient[1], value);
        assertEquals(1, gradient[0]);
    }

    private static Graph gradient(boolean keeps) {
        return Engines.reverse().derive(graph(14, keeps), WRT, Operator.GRADIENT).graph();
    }

    private static long stored(boolean keeps) {
        Traced traced = Source.of("f", graph(14, keeps)).trace(Point.of());
        long stored = Engines.reverse().prepare(traced, Request.of(Operator.GRADIENT, WRT)).cost().storedBytes();
        assertTrue(stored > 0);
        return stored;
    }

    /** How many functions each loop with carries calls. */
    private static List<Long> functions(Graph graph) {
        return Fusion.of(graph, Codegen.worth()).graph().applications().stream()
                .filter(each -> each.op() instanceof Scan scan && scan.carries() > 0)
                .map(each -> count(((Scan) each.op()).body(), "tanh")).toList();
    }

    private static long count(Graph graph, String symbol) {
        return graph.applications().stream().mapToLong(each -> (each.op().symbol().equals(symbol) ? 1 : 0)
                + (each.op() instanceof Scan scan ? count(scan.body(), symbol) : 0)).sum();
    }

    /** Σ s x over a sequence of x, with s ← tanh(s w + v) v. */
    private static Graph graph(int width, boolean keeps) {
        GraphBuilder b = GraphBuilder.asWritten();
        Node w = b.input("w", Shape.of(width));
        Node v = b.input("v", Shape.of(width));
        Node x = b.input("x", Shape.of(TRIPS, width));
        Node s = b.input("s", Shape.of(width));
        return b.graph(Control.scan(b, List.of(s), List.of(x), TRIPS, false, (step, carry, slices) -> {
            Node bent = call(step, "tanh", call(step, "+", call(step, "*", carry.get(0), w), v));
            Node next = call(step, "*", keeps ? new Keep().of(step, bent) : bent, v);
            return new Trip(List.of(next), List.of(call(step, "sum", call(step, "*", next, slices.get(0)))), List.of());
        }).sums().get(0));
    }

    private static Node call(GraphBuilder b, String name, Node... operands) {
        return Operations.find(name).call(b, List.of(operands));
    }
}
