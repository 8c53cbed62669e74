package dualtape.program;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.ir.Shape;
import dualtape.ir.Tensor;
import dualtape.lang.Language;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read slice by slice has an adjoint that costs what the slices have elements, not their number times the whole. */
class PaddedSumTest {
    private static Prepared prepared(String text, Point at) {
        return Engines.reverse().prepare(Language.parse(text).trace(at), Request.of(Operator.GRADIENT, List.of("x")));
    }

    @Test
    void aLoopOverElementsCostsLinearTimeAndMemory() {
        long[] operations = new long[2];
        long[] bytes = new long[2];
        for (int size = 0; size < 2; size++) {
            int n = size == 0 ? 60 : 600; // larger ones become loops before they are derived
            Prepared prepared = prepared("s = 0; for i in 0.." + (n - 1) + " { s = s + (x[i] * x[i + 1])^2 }; s",
                    Point.of("x", new double[n]));
            operations[size] = prepared.cost().operations();
            bytes[size] = prepared.cost().workspaceBytes();
        }
        assertTrue(operations[1] < 10.2 * operations[0], operations[0] + " and " + operations[1]);
        assertTrue(bytes[1] < 10.2 * bytes[0], bytes[0] + " and " + bytes[1]);
    }

    /** Overlapping, apart, whole, doubled; along the first axis, the second and both; once or several times. */
    @ParameterizedTest
    @ValueSource(
            strings = {"sum(x[:-1, :] * x[1:, :])", "sum(x[:, 2:4]^2) + sum(x[:, 1]) * x[0, 0]", "x[0, 0] + x[3, 4]",
                "sum(sin(x)) + sum(x[1:3, :]^3) + sum(exp(x[2:, :]))", "y = x[1:, :]; sum(y[:, 1:]^2) + sum(y * y)",
                "sum(x[1:3, 2:5]^2) + sum(x[0:2, :]) + sum(x[:, 3]^3)",
                "s = 0; for i in 0..4 { s = s + sum(x[i, :] * x[:, i]) }; s"})
    void gradientsAreThoseOfForwardAccumulation(String text) {
        SplittableRandom random = new SplittableRandom(5);
        boolean square = text.contains("x[:, i]");
        Tensor x = Tensor.of(Shape.of(4, square ? 4 : 5), random.doubles(square ? 16 : 20, -1, 1).toArray());
        Point at = Point.of("x", x);
        double[] reverse = gradient(Engines.reverse(), text, at);
        assertArrayEquals(gradient(Engines.forward(), text, at), reverse, 1e-14);
        assertArrayEquals(gradient(Engines.numeric(), text, at), reverse, 1e-8);
    }

    private static double[] gradient(Engine engine, String text, Point at) {
        Prepared prepared = engine.prepare(Language.parse(text).trace(at), Request.of(Operator.GRADIENT, List.of("x")));
        return Engine.evaluate(prepared, at).derivatives().get("x").toArray();
    }
}
