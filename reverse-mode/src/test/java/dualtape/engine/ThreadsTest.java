package dualtape.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dualtape.lang.Language;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import dualtape.sparse.SparseJacobian;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several threads give the bits of one: every engine, every operator, every smooth scenario. */
class ThreadsTest {
    /** Elements of a derivative, and these times the function's operations, that are still computed. */
    private static final long LARGEST = 20_000;
    private static final long MOST_WORK = 20_000_000;
    private static final int[] THREADS = {2, 3};
    private static final int POINTS = 4;

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream().filter(Scenario::smooth);
    }

    static Stream<Engine> engines() {
        return Engines.all().stream();
    }

    private static long elements(Traced traced, List<String> wrt) {
        return wrt.stream().mapToLong(name -> traced.graph().input(name).shape().size()).sum();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyOperatorHasTheBitsOfOneThread(Scenario scenario) {
        Traced traced = scenario.source().trace(scenario.point());
        long n = elements(traced, scenario.selected());
        int m = traced.graph().output().shape().size();
        for (Engine engine : Engines.all()) {
            for (Operator operator : Operator.values()) {
                long size = operator == Operator.HESSIAN || operator == Operator.HVP && !engine.exact() ? n * n : n * m;
                if (operator.ofScalar() && m != 1 || size > LARGEST
                        || size * traced.graph().work() > MOST_WORK) {
                    continue;
                }
                Prepared prepared = engine.prepare(traced, Request.of(operator, scenario.selected()));
                double[] seed = new double[prepared.seeds().size()];
                Arrays.setAll(seed, i -> 1.0 / (1 + i));
                prepared.seed(seed);
                assertSame(scenario, prepared, engine, operator);
            }
        }
    }

    private static void assertSame(Scenario scenario, Prepared prepared, Engine engine, Operator operator) {
        double[] x = prepared.inputs().flatten(scenario.point());
        double[] alone = run(prepared, x);
        double[] error = engine.error(prepared);
        for (int threads : THREADS) {
            String what = engine.name() + " " + operator + " of " + scenario.name() + " by " + threads;
            prepared.threads(threads);
            assertArrayEquals(bits(alone), bits(run(prepared, x)), what);
            if (error != null) {
                assertArrayEquals(bits(error), bits(engine.error(prepared)), what + ": its error");
            }
        }
        Prepared another = prepared.forAnotherThread();
        AtomicReference<double[]> there = new AtomicReference<>();
        elsewhere(() -> there.set(run(another, x)));
        assertArrayEquals(bits(alone), bits(there.get()), engine.name() + " " + operator + " of " + scenario.name());
    }

    private static double[] run(Prepared prepared, double[] x) {
        double[] value = new double[prepared.rows()];
        double[] derivative = new double[prepared.derivativeSize()];
        prepared.run(x, value, derivative);
        return both(value, derivative);
    }

    private static double[] both(double[] value, double[] derivative) {
        double[] both = Arrays.copyOf(value, value.length + derivative.length);
        System.arraycopy(derivative, 0, both, value.length, derivative.length);
        return both;
    }

    private static long[] bits(double[] numbers) {
        return Arrays.stream(numbers).mapToLong(Double::doubleToLongBits).toArray();
    }

    private static void elsewhere(Runnable work) {
        Thread thread = new Thread(work, "elsewhere");
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Prepared jacobian(Engine engine) {
        Traced traced = Language.parse("exp(sin(x)) * x[0] / (2 + x^2)").trace(Point.of("x", at(0)));
        return engine.prepare(traced, Request.of(Operator.JACOBIAN, List.of("x")));
    }

    private static double[] at(int shift) {
        double[] x = new double[37];
        Arrays.setAll(x, i -> 0.3 + Math.sin(i + shift));
        return x;
    }

    @ParameterizedTest
    @MethodSource("engines")
    void pointsOfABatchAndSomeColumnsHaveTheBitsOfOneThread(Engine engine) {
        Prepared prepared = jacobian(engine);
        int n = prepared.inputs().size();
        int size = prepared.derivativeSize();
        double[] x = new double[POINTS * n];
        double[] values = new double[POINTS * n];
        double[] matrices = new double[POINTS * size];
        for (int point = 0; point < POINTS; point++) {
            System.arraycopy(at(point), 0, x, point * n, n);
            double[] both = run(prepared, at(point));
            System.arraycopy(both, 0, values, point * n, n);
            System.arraycopy(both, n, matrices, point * size, size);
        }
        int[] columns = {36, 3, 0, 17, 18, 5, 4, 3, 20, 21};
        double[] alone = new double[n * columns.length];
        prepared.runColumns(at(0), columns, alone);
        for (int threads = 1; threads <= 3; threads++) {
            prepared.threads(threads);
            double[] value = new double[values.length];
            double[] derivative = new double[matrices.length];
            prepared.runEach(POINTS, x, value, derivative);
            assertArrayEquals(bits(both(values, matrices)), bits(both(value, derivative)));
            double[] some = new double[alone.length];
            prepared.runColumns(at(0), columns, some);
            assertArrayEquals(bits(alone), bits(some));
        }
    }

    @Test
    void coloursOfASparseJacobianHaveTheBitsOfOneThread() {
        Traced traced = Language.parse("x[3:] * sin(x[2:-1]) - x[1:-2] / x[:-3]").trace(Point.of("x", at(0)));
        SparseJacobian jacobian = SparseJacobian.prepare(traced, List.of("x"));
        double[] alone = compressed(jacobian);
        for (int threads : THREADS) {
            jacobian.threads(threads);
            assertArrayEquals(bits(alone), bits(compressed(jacobian)), threads + " threads");
        }
    }

    private static double[] compressed(SparseJacobian jacobian) {
        double[] value = new double[34];
        double[] elements = new double[jacobian.pattern().size()];
        jacobian.run(at(0), value, elements);
        return both(value, elements);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void aDeadlineEndsItAsOnOneThreadAndLeavesNothingBehind(Engine engine) {
        for (Operator operator : List.of(Operator.JACOBIAN, Operator.HESSIAN)) {
            Traced traced = Language.parse(operator == Operator.HESSIAN ? "prod(sin(x)) / x[1]" : "sin(x) / x[1]")
                    .trace(Point.of("x", at(0)));
            Prepared prepared = engine.prepare(traced, Request.of(operator, List.of("x")));
            double[] before = run(prepared, at(0));
            String message = null;
            for (int threads = 1; threads <= 3; threads++) {
                prepared.threads(threads);
                prepared.within(new Deadline(-1));
                LimitException late = assertThrows(LimitException.class, () -> run(prepared, at(0)));
                message = message == null ? late.getMessage() : message;
                assertEquals(message, late.getMessage());
                prepared.within(Deadline.NEVER);
                assertArrayEquals(bits(before), bits(run(prepared, at(0))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void anInterruptIsKeptAndChangesNothing(Engine engine) {
        Prepared prepared = jacobian(engine);
        double[] alone = run(prepared, at(0));
        prepared.threads(2);
        Thread.currentThread().interrupt();
        double[] interrupted = run(prepared, at(0));
        assertTrue(Thread.interrupted());
        assertArrayEquals(bits(alone), bits(interrupted));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void itBelongsToOneThreadHoweverManyItSpreadsOver(Engine engine) {
        Prepared prepared = jacobian(engine);
        prepared.threads(2);
        double[] here = run(prepared, at(0));
        AtomicReference<Throwable> refused = new AtomicReference<>();
        elsewhere(() -> refused.set(assertThrows(IllegalStateException.class, () -> run(prepared, at(0)))));
        assertTrue(refused.get().getMessage().contains("\"elsewhere\""), refused.get().getMessage());
        prepared.transfer();
        AtomicReference<double[]> there = new AtomicReference<>();
        elsewhere(() -> there.set(run(prepared, at(0))));
        assertArrayEquals(bits(here), bits(there.get()));
    }

    @ParameterizedTest
    @MethodSource("engines")
    void moreThreadsTakeMoreMemoryAndNoMoreOperations(Engine engine) {
        Prepared prepared = jacobian(engine);
        Cost alone = prepared.cost();
        prepared.threads(2);
        Cost two = prepared.cost();
        assertTrue(two.workspaceBytes() > alone.workspaceBytes());
        assertEquals(alone.operations(), two.operations());
        assertEquals(alone.sweeps(), two.sweeps());
        assertThrows(IllegalArgumentException.class, () -> prepared.threads(0));
    }
}
