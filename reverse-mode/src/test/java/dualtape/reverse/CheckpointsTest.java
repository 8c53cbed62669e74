package dualtape.reverse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.control.Control;
import dualtape.engine.Checkpoints;
import dualtape.engine.Checkpoints.Schedule;
import dualtape.engine.Checkpoints.Way;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.ir.Graph;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.op.Operations;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops that store less and compute more: the same derivatives, the predicted memory, the predicted trips. */
class CheckpointsTest {
    private static final long CARRY = 8;

    /** y ← sin(y) w + x[k], with a sum and a stack of which the result reads both. */
    private static Graph loop(int trips, boolean reverse) {
        GraphBuilder b = new GraphBuilder();
        Node y = b.input("y", Shape.SCALAR);
        Node w = b.input("w", Shape.SCALAR);
        Node x = b.input("x", Shape.of(trips));
        Control.Trip trip = Control.scan(b, List.of(y), List.of(x), trips, reverse, (body, carry, slices) -> {
            Node wave = Operations.find("*").call(body, List.of(Operations.find("sin").call(body, carry), w));
            Node next = Operations.find("+").call(body, List.of(wave, slices.get(0)));
            Node square = Operations.find("*").call(body, List.of(next, next));
            return new Control.Trip(List.of(next), List.of(square), List.of(wave));
        });
        Node stacked = Operations.find("dot").call(b, List.of(trip.stacks().get(0), x));
        Node sums = Operations.find("+").call(b, List.of(trip.sums().get(0), stacked));
        return b.graph(Operations.find("+").call(b, List.of(sums, trip.carries().get(0))));
    }

    private static Prepared prepared(Graph graph) {
        return Engines.reverse().prepare(Source.of("loop", graph).trace(Point.of()),
                Request.of(Operator.GRADIENT, List.of("y", "w", "x")));
    }

    @ParameterizedTest
    @CsvSource({"100, 100", "100, 25", "107, 25", "100, 8", "107, 7", "61, 3"})
    void derivativesAreThoseOfTheWholeLoop(int trips, int budget) {
        for (boolean reverse : new boolean[] {false, true}) {
            Graph graph = loop(trips, reverse);
            double[] at = new double[trips + 2];
            java.util.Arrays.setAll(at, i -> Math.cos(i));
            double[] expected = new double[trips + 2];
            double[] actual = new double[trips + 2];
            double value = prepared(graph).valueAndGradient(at, expected);
            double again = prepared(Checkpoints.within(graph, CARRY * budget)).valueAndGradient(at, actual);
            assertEquals(value, again, 1e-12 * Math.abs(value));
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], actual[i], 1e-10 * Math.max(1, Math.abs(expected[i])), "element " + i);
            }
        }
    }

    @Test
    void blocksStoreWhatWasPredictedAndRunAgainWhatWasPredicted() {
        int trips = 10_000;
        Schedule schedule = Checkpoints.schedule(trips, 200);
        assertEquals(Way.BLOCKS, schedule.way());
        assertEquals(200, schedule.carries());
        assertEquals(trips, schedule.again());
        Prepared whole = chain(trips, CARRY * trips);
        Prepared cut = chain(trips, CARRY * 200);
        assertEquals(CARRY * (trips - schedule.snapshots()), whole.cost().storedBytes() - cut.cost().storedBytes());
        // The loop over blocks adds up the adjoint of w too: 32 partial sums of its own.
        assertEquals(CARRY * (trips - schedule.carries() - 32),
                whole.cost().workspaceBytes() - cut.cost().workspaceBytes());
        assertEquals(2 * schedule.again(), cut.cost().operations() - whole.cost().operations());
    }

    /** y ← w sin(y): two operations a trip. */
    private static Prepared chain(int trips, long bytes) {
        GraphBuilder b = new GraphBuilder();
        Node y = b.input("y", Shape.SCALAR);
        Node w = b.input("w", Shape.SCALAR);
        Node last = Control.scan(b, List.of(y), List.of(), trips, false, (body, carry, slices) -> new Control.Trip(
                List.of(Operations.find("*").call(body, List.of(w, Operations.find("sin").call(body, carry)))),
                List.of(), List.of())).carries().get(0);
        return Engines.reverse().prepare(Source.of("chain", Checkpoints.within(b.graph(last), bytes)).trace(Point.of()),
                Request.of(Operator.GRADIENT, List.of("y", "w")));
    }

    @Test
    void fewSnapshotsRunMoreAgain() {
        long before = 0;
        for (int budget : new int[] {1_000, 200, 100, 50, 20, 10, 5, 3}) {
            Schedule schedule = Checkpoints.schedule(1_000, budget);
            assertTrue(schedule.carries() <= budget, schedule.toString());
            assertTrue(schedule.again() >= before, schedule.toString());
            before = schedule.again();
        }
        assertThrows(InputException.class, () -> Checkpoints.schedule(1_000, 2));
    }
}
