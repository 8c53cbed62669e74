package dualtape.program;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dualtape.engine.Engine;
import dualtape.engine.Engines;
import dualtape.engine.Layout;
import dualtape.engine.Operator;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Generated code gives the bits of the interpreter, loops on vectors too: every scenario, every engine. */
class CodegenTest {
    static final String FLAG = "dualtape.codegen";

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream();
    }

    @AfterEach
    void restore() {
        System.clearProperty(FLAG);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void codeHasTheBitsOfTheInterpreter(Scenario scenario) {
        requests(scenario, (engine, traced, x, request) -> {
            List<Long> interpreted = bits("off", engine, traced, x, request);
            for (String flag : List.of("always", "vectors")) {
                List<Long> generated = bits(flag, engine, traced, x, request);
                assertEquals(interpreted, generated,
                        () -> flag + ": " + engine.name() + " " + request.operator() + " of " + scenario.name());
            }
        });
    }

    /** What is done with a derivative that an engine is asked for. */
    interface Asked {
        void of(Engine engine, Traced traced, double[] x, Request request);
    }

    /** Asks every engine for the gradient, if there is one, and the derivative along a direction of a scenario. */
    static void requests(Scenario scenario, Asked asked) {
        Traced traced = scenario.source().trace(scenario.point());
        List<String> wrt = traced.graph().inputs().stream().map(input -> input.name()).toList();
        double[] x = Layout.of(traced.graph().inputs()).flatten(scenario.point());
        for (Engine engine : Engines.all()) {
            for (Operator operator : List.of(Operator.GRADIENT, Operator.JVP)) {
                if (traced.graph().output().shape().size() == 1 || operator != Operator.GRADIENT) {
                    asked.of(engine, traced, x, Request.of(operator, wrt));
                }
            }
        }
    }

    /** Value and derivative of three runs: the interpreter's first, those of straight-line code after it. */
    static List<Long> bits(String flag, Engine engine, Traced traced, double[] x, Request request) {
        return bits(flag, engine, traced, x, request, 3);
    }

    /** The same of so many runs. */
    static List<Long> bits(String flag, Engine engine, Traced traced, double[] x, Request request, int runs) {
        System.setProperty(FLAG, flag);
        Prepared prepared = engine.prepare(traced, request);
        double[] seed = new double[prepared.seeds().size()];
        Arrays.setAll(seed, i -> 1.0 / (1 + i));
        prepared.seed(seed);
        List<Long> bits = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            double[] value = new double[prepared.rows()];
            double[] derivative = new double[prepared.derivativeSize()];
            prepared.run(x, value, derivative);
            Arrays.stream(value).forEach(v -> bits.add(Double.doubleToLongBits(v)));
            Arrays.stream(derivative).forEach(v -> bits.add(Double.doubleToLongBits(v)));
        }
        return bits;
    }
}
