package dualtape.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.lang.Language;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Advice follows from sweeps and their costs, whose clock is handed in; the engine auto follows it. */
class AdviceTest {
    private static final SweepCosts COSTS = new SweepCosts(1.6, 2.1, 5, true);

    @Test
    void aGradientOfManyInputsIsForReverseAndOfOneForForward() {
        assertEquals("reverse", Advice.of(Operator.GRADIENT, 200, 1, COSTS).best().how());
        assertEquals("forward", Advice.of(Operator.GRADIENT, 1, 1, COSTS).best().how());
    }

    @Test
    void coloursMayTurnTheAdvice() {
        Advice dense = Advice.of(Operator.JACOBIAN, 1_000, 100, COSTS);
        assertEquals("reverse", dense.best().engine());
        Advice coloured = dense.withColours(3, 90);
        assertEquals("forward, coloured columns", coloured.best().how());
        assertEquals(210, coloured.options().get(0).total(), 1e-9);
        assertEquals(dense.options(), dense.withColours(1_000, 100).options());
        assertEquals(3, Advice.of(Operator.HESSIAN, 10_000, 1, COSTS).withStarColours(3).best().sweeps());
        assertEquals(1, Advice.of(Operator.HESSIAN, 10, 1, COSTS).withStarColours(0).best().sweeps());
    }

    @ParameterizedTest
    @CsvSource({"JVP, forward, 1", "VJP, reverse, 1", "HVP, reverse, 1", "HESSIAN, reverse, 7", "JACOBIAN, forward, 7"})
    void eachOperatorHasItsNaturalMode(Operator operator, String engine, long sweeps) {
        Advice advice = Advice.of(operator, 7, operator.ofScalar() ? 1 : 9, COSTS);
        assertEquals(engine, advice.best().engine());
        assertEquals(sweeps, advice.best().sweeps());
    }

    @Test
    void aSweepsCostIsItsTimeOverTheFunctions() {
        Traced traced = Language.parse("x^2 * y").trace(Point.of("x", 3.0, "y", 2.0));
        SweepCosts costs = SweepCosts.measured(traced, Point.of("x", 3.0, "y", 2.0), List.of("x"), runs -> {
            runs.forEach(Runnable::run);
            return new double[] {2, 3, 5, 11};
        });
        assertEquals(new SweepCosts(1.5, 2.5, 5.5, true), costs);
    }

    @Test
    void theMedianOfRoundsIsTaken() {
        AtomicLong clock = new AtomicLong();
        long[] runs = {0};
        Runnable shaky = () -> clock.addAndGet(runs[0]++ % 4_096 == 0 ? 5_000_000 : 1_000); // now and then a run is slow
        double[] seconds = SweepCosts.Measure.by(clock::get).seconds(List.of(shaky, () -> clock.addAndGet(3_000)));
        assertEquals(1e-6, seconds[0], 1e-12);
        assertEquals(3e-6, seconds[1], 1e-12);
        AtomicLong slow = new AtomicLong();
        assertArrayEquals(new double[] {1},
                SweepCosts.Measure.by(slow::get).seconds(List.of(() -> slow.addAndGet(1_000_000_000))));
        assertEquals(2_000_000_000, slow.get());
    }

    static List<Scenario> scenarios() {
        return Scenarios.all().stream().filter(Scenario::smooth)
                .filter(scenario -> scenario.source().trace(scenario.point()).graph().work() < 2_000).toList();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void autoGivesWhatTheEngineItTookGives(Scenario scenario) {
        Traced traced = scenario.source().trace(scenario.point());
        boolean scalar = traced.graph().output().shape().size() == 1;
        for (Operator operator : Operator.values()) {
            Request request = Request.of(operator, scenario.selected());
            if (operator.ofScalar() && !scalar) {
                assertThrows(InputException.class, () -> Engines.auto().prepare(traced, request));
                continue;
            }
            Prepared prepared = Engines.auto().prepare(traced, request);
            Prepared same = Engines.named(prepared.engine()).prepare(traced, request);
            double[] x = prepared.inputs().flatten(scenario.point());
            double[] got = new double[prepared.derivativeSize()];
            double[] expected = new double[prepared.derivativeSize()];
            prepared.run(x, new double[prepared.rows()], got);
            same.run(x, new double[prepared.rows()], expected);
            assertArrayEquals(expected, got, scenario.name() + " " + operator);
            assertEquals(same.cost(), prepared.cost());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "sum(x^2)                   | GRADIENT | reverse", "x[0]^2                | JACOBIAN | reverse",
        "t^2                        | GRADIENT | forward", "[t, t, sin(t)]        | JACOBIAN | forward",
        "x^2                        | JVP      | forward", "x^2                   | VJP      | reverse",
        "t^2                        | HESSIAN  | reverse", "t^2                   | HVP      | reverse"})
    void autoTakesWhatNeedsLess(String program, Operator operator, String engine) {
        Point at = program.contains("x") ? Point.of("x", new double[20]) : Point.of("t", 2.0);
        Traced traced = Language.parse(program).trace(at);
        assertEquals(engine, Engines.auto().prepare(traced, Request.of(operator, List.copyOf(at.names()))).engine());
    }

    @Test
    void autoIsFoundByItsNameAndNotAmongThoseCompared() {
        assertEquals("auto", Engines.named("auto").name());
        assertFalse(Engines.all().contains(Engines.named("auto")));
        assertTrue(Engines.names().contains("auto"));
        assertEquals("reverse",
                Engines.auto().gradient(Language.parse("sum(x^2)"), Point.of("x", new double[30])).engine());
        assertEquals(Engines.names().size(), Engines.all().size() + 1);
    }
}
