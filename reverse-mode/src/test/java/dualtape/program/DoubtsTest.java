package dualtape.program;

import static org.assertj.core.api.Assertions.assertThat;

import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import dualtape.lang.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Straight-line code keeps structural zeros, though its products are plain at first: where there is doubt it runs again. */
@Tag("compiled")
class DoubtsTest {
    /** An infinite slope meets a zero; a zero meets one behind functions that swallow NaN and that pass it on. */
    private static final List<String> FUNCTIONS = List.of("sqrt(x) * y + x", "max(sqrt(x) * y, 1)",
            "exp(sqrt(x) * y) + sin(log(y) * x)", "where(x < 1, sqrt(x * y), y)", "(sqrt(x) - sqrt(y))^2");
    private static final double[][] POINTS = {{0, 0}, {0, 1}, {1, 0}, {2, 3}, {Double.NaN, 0},
        {0, Double.POSITIVE_INFINITY}, {-0.0, -1}};

    @Test
    void everyRunHasTheBitsOfTheInterpreter() {
        for (String text : FUNCTIONS) {
            Traced traced = Language.parse(text).trace(Point.of("x", 0.5, "y", 0.25));
            for (Engine engine : Engines.all()) {
                for (Operator operator : List.of(Operator.GRADIENT, Operator.JVP)) {
                    List<Long> interpreted = runs(Generation.OFF, engine, operator, traced);
                    assertThat(runs(Generation.ALWAYS, engine, operator, traced))
                            .as("%s %s of %s", engine.name(), operator, text).isEqualTo(interpreted);
                }
            }
        }
    }

    /** So many rounds that a program which is often in doubt changes over to safe products for good. */
    private static List<Long> runs(Generation generation, Engine engine, Operator operator, Traced traced) {
        return generation.during(() -> {
            Prepared prepared = engine.prepare(traced, Request.of(operator, List.of("x", "y")));
            double[] seed = new double[prepared.seeds().size()];
            Arrays.fill(seed, 1);
            prepared.seed(seed);
            double[] value = new double[1];
            double[] derivative = new double[prepared.derivativeSize()];
            List<Long> bits = new ArrayList<>();
            for (int round = 0; round < 70; round++) {
                for (double[] point : POINTS) {
                    prepared.run(point, value, derivative);
                    bits.add(Double.doubleToLongBits(value[0]));
                    Arrays.stream(derivative).forEach(d -> bits.add(Double.doubleToLongBits(d)));
                }
            }
            return bits;
        });
    }
}
