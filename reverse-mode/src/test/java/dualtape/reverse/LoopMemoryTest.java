package dualtape.reverse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dualtape.control.Control;
import dualtape.engine.Cost;
import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.ir.GraphBuilder;
import dualtape.ir.Node;
import dualtape.ir.Shape;
import dualtape.op.Operations;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the derivative of a loop holds: nothing a trip forwards, the carry of each trip in reverse. */
class LoopMemoryTest {
    private static final int SHORT = 1_000;
    private static final int LONG = 1_000_000;

    private static Source loop(int trips) {
        GraphBuilder b = new GraphBuilder();
        Node y = b.input("y", Shape.SCALAR);
        Node w = b.input("w", Shape.SCALAR);
        Node last = Control.scan(b, List.of(y), List.of(), trips, false, (body, carry, slices) -> {
            Node wave = Operations.find("sin").call(body, carry);
            Node next = Operations.find("*").call(body, List.of(wave, w));
            return new Control.Trip(List.of(next), List.of(), List.of());
        }).carries().get(0);
        return Source.of("y <- w sin(y)", b.graph(last));
    }

    private static Cost cost(Engine engine, int trips, Operator operator) {
        Point at = Point.of("y", 0.5, "w", 1.25);
        return engine.prepare(loop(trips).trace(at), List.of("y", "w"), operator).cost();
    }

    @Test
    void forwardAccumulationHoldsAsMuchForAMillionTripsAsForAThousand() {
        Cost few = cost(Engines.forward(), SHORT, Operator.GRADIENT);
        Cost many = cost(Engines.forward(), LONG, Operator.GRADIENT);
        assertEquals(few.workspaceBytes(), many.workspaceBytes());
        assertEquals(0, many.storedBytes());
        assertEquals(few.graphBytes(), many.graphBytes());
    }

    @Test
    void reverseAccumulationStoresEightBytesATripForTheOneCarry() {
        Cost few = cost(Engines.reverse(), SHORT, Operator.GRADIENT);
        Cost many = cost(Engines.reverse(), LONG, Operator.GRADIENT);
        assertEquals(8L * SHORT, few.storedBytes());
        assertEquals(8L * LONG, many.storedBytes());
        assertEquals(8L * (LONG - SHORT), many.workspaceBytes() - few.workspaceBytes());
        assertEquals(few.graphBytes(), many.graphBytes());
    }

    @Test
    void aMillionTripsGiveTheDerivativeOfTheLoopByBothModes() {
        Point at = Point.of("y", 0.5, "w", 1.25);
        Source f = loop(LONG);
        // At the fixed point y = w sin(y): dy/dw = sin(y) / (1 - w cos(y)).
        double y = 0.5;
        for (int k = 0; k < LONG; k++) {
            y = 1.25 * StrictMath.sin(y);
        }
        double expected = StrictMath.sin(y) / (1 - 1.25 * StrictMath.cos(y));
        for (Engine engine : List.of(Engines.forward(), Engines.reverse())) {
            assertEquals(expected, engine.gradient(f, at).get("w").value(), 1e-12 * Math.abs(expected), engine.name());
            assertEquals(0, engine.gradient(f, at).get("y").value(), 0.0, engine.name());
        }
    }
}
