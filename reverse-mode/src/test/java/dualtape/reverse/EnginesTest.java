package dualtape.reverse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Point;
import dualtape.engine.Source;
import dualtape.engine.Values;
import dualtape.lang.Language;
import org.junit.jupiter.api.Test;

/** Known derivatives by every engine there is. */
class EnginesTest {
    @Test
    void everyEngineDifferentiatesTheTextbookFunction() {
        Source f = Language.parse("log(x1) + x1*x2 - sin(x2)");
        for (Engine engine : Engines.all()) {
            Values g = engine.gradient(f, Point.of("x1", 2.0, "x2", 5.0));
            double tolerance = engine.exact() ? 1e-14 : 1e-8;
            assertEquals(Math.log(2) + 10 - Math.sin(5), g.value().value(), 1e-14, engine.name());
            assertEquals(5.5, g.get("x1").value(), tolerance, engine.name());
            assertEquals(2 - Math.cos(5), g.get("x2").value(), tolerance, engine.name());
        }
    }

    @Test
    void aZeroSlopeIsNotDrownedByAnInfiniteOne() {
        Source f = Language.parse("sqrt(x) + y");
        for (Engine engine : Engines.all()) {
            if (engine.exact()) {
                Values g = engine.gradient(f, Point.of("x", 0.0, "y", 1.0));
                assertEquals(Double.POSITIVE_INFINITY, g.get("x").value(), engine.name());
                assertEquals(1, g.get("y").value(), engine.name());
            }
        }
    }

    @Test
    void controlFlowRunsOnValues() {
        Source f = Language.parse("b = 2 * a; while abs(b) < 1000 { b = 2 * b }; if b > 0 { b } else { 100 * b }");
        for (Engine engine : Engines.all()) {
            if (engine.exact()) {
                assertEquals(1024 * 2, engine.gradient(f, Point.of("a", 0.7)).get("a").value(), engine.name());
                assertEquals(100 * 1024 * 2, engine.gradient(f, Point.of("a", -0.7)).get("a").value(), engine.name());
            }
        }
    }

    @Test
    void anInputThatIsNotReadHasAZeroGradientOfItsShape() {
        Source f = Language.parse("x^2");
        for (Engine engine : Engines.all()) {
            Values g = engine.gradient(f, Point.of("x", 3.0, "w", new double[] {1, 2}));
            assertArrayEquals(new double[] {0, 0}, g.get("w").toArray(), engine.name());
        }
    }

    @Test
    void aSumOverElements() {
        Source f = Language.parse("s = 0; for i in 0..3 { s = s + x * x^i }; s");
        for (Engine engine : Engines.all()) {
            double tolerance = engine.exact() ? 1e-13 : 1e-8;
            assertEquals(1 + 4 + 12, engine.gradient(f, Point.of("x", 2.0)).get("x").value(), tolerance, engine.name());
        }
    }
}
