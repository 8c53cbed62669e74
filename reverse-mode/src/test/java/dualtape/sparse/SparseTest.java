package dualtape.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dualtape.engine.Engines;
import dualtape.engine.InputException;
import dualtape.engine.Nesting;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Traced;
import dualtape.lang.Language;
import dualtape.scenario.Scenario;
import dualtape.scenario.Scenarios;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Compressed sweeps give what dense ones give, in a number of sweeps that depends on the pattern and not on its size. */
class SparseTest {
    private static final String ROSENBROCK = "sum(100 * (x[1:] - x[:-1]^2)^2 + (1 - x[:-1])^2)";
    /** Elements of the dense matrix that are still compared. */
    private static final int LARGEST = 50_000;

    static Stream<Scenario> scenarios() {
        return Scenarios.all().stream().filter(scenario -> {
            Traced traced = scenario.source().trace(scenario.point());
            long n = scenario.selected().stream().mapToLong(name -> traced.graph().input(name).shape().size()).sum();
            return n * Math.max(n, traced.graph().output().shape().size()) <= LARGEST;
        });
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyScenarioHasTheDenseJacobian(Scenario scenario) {
        Traced traced = scenario.source().trace(scenario.point());
        SparseJacobian sparse = SparseJacobian.prepare(traced, scenario.selected());
        Request request = Request.of(Operator.JACOBIAN, scenario.selected());
        assertSame(scenario, sparse,
                (sparse.byRows() ? Engines.reverse() : Engines.forward()).prepare(traced, request));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyScalarScenarioHasTheDenseHessian(Scenario scenario) {
        Traced traced = scenario.source().trace(scenario.point());
        if (traced.graph().output().shape().size() != 1) {
            assertThrows(InputException.class, () -> SparseHessian.prepare(traced, scenario.selected()));
            return;
        }
        SparseHessian sparse = SparseHessian.prepare(traced, scenario.selected());
        Request request = Request.of(Operator.HESSIAN, scenario.selected()).with(Nesting.FR);
        assertSame(scenario, sparse, Engines.reverse().prepare(traced, request));
    }

    /** The same value, and the same derivatives up to the rounding that a Hessian's two halves may differ by. */
    private static void assertSame(Scenario scenario, Compressed sparse, Prepared dense) {
        double[] x = dense.inputs().flatten(scenario.point());
        double[] value = new double[dense.rows()];
        double[] matrix = new double[dense.derivativeSize()];
        dense.run(x, value, matrix);
        double[] sparseValue = new double[value.length];
        double[] values = new double[sparse.pattern().size()];
        sparse.run(x, sparseValue, values);
        sparse.run(x, sparseValue, values); // a run leaves nothing behind
        String what = scenario.name() + ": " + sparse.summary();
        assertArrayEquals(value, sparseValue, what);
        double largest = Arrays.stream(matrix).map(Math::abs).filter(Double::isFinite).max().orElse(0);
        assertArrayEquals(matrix, sparse.dense(values).toArray(), 1e-13 * largest + Double.MIN_VALUE, what);
        assertTrue(sparse.cost().sweeps() <= Math.max(1, dense.cost().sweeps()), what);
    }

    @Test
    void aHessianOfATridiagonalPatternTakesThreeSweepsWhateverItsSize() {
        for (int n : new int[] {10, 100, 10_000}) {
            double[] x = new SplittableRandom(5).doubles(n, -1.5, 1.5).toArray();
            SparseHessian hessian = SparseHessian.prepare(
                    Language.parse(ROSENBROCK).trace(Point.of("x", x)), List.of("x"));
            assertEquals(3, hessian.cost().sweeps());
            assertEquals(3 * n - 2, hessian.pattern().size());
            double[] values = new double[hessian.pattern().size()];
            hessian.run(x, new double[1], values);
            for (int i = 0; i < n; i++) {
                for (int k = hessian.pattern().start(i); k < hessian.pattern().start(i + 1); k++) {
                    double expected = rosenbrock(x, i, hessian.pattern().column(k));
                    assertEquals(expected, values[k], 3e-9, "row " + i + " of " + n);
                }
            }
        }
    }

    @Test
    void aRunAllocatesNothing() {
        double[] x = new SplittableRandom(5).doubles(100, -1.5, 1.5).toArray();
        Traced traced = Language.parse(ROSENBROCK).trace(Point.of("x", x));
        SparseHessian hessian = SparseHessian.prepare(traced, List.of("x"));
        double[] value = new double[1];
        double[] values = new double[hessian.pattern().size()];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = 0;
        for (int run = 0; run < 400; run++) { // the first ones interpret definitions over boxed numbers
            before = run == 300 ? threads.getCurrentThreadAllocatedBytes() : before;
            hessian.run(x, value, values);
        }
        assertTrue(threads.getCurrentThreadAllocatedBytes() - before < 1_000);
    }

    /** The Hessian of Rosenbrock's function by hand. */
    private static double rosenbrock(double[] x, int i, int j) {
        if (i != j) {
            return -400 * x[Math.min(i, j)];
        }
        double own = i < x.length - 1 ? 1200 * x[i] * x[i] - 400 * x[i + 1] + 2 : 0;
        return own + (i > 0 ? 200 : 0);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "diagonal        | sum(x^3)                                         | 1",
        "tridiagonal     | sum(x[1:]^2 * x[:-1]^2)                          | 3",
        "pentadiagonal   | sum(x[2:] * x[1:-1] * x[:-2])                    | 5",
        "arrow at first  | sum(x[1:]^2 * x[0]^2)                            | 2",
        "arrow at last   | sum(x[:-1]^2 * x[9]^2)                           | 2",
        "dense           | sum(x)^3                                         | 10",
        "empty           | sum(x)                                           | 0",
        "constant        | 7 + 0 * sum(x^2)                                 | 0",
        "detached        | sum(detach(x^2) * x)                             | 0",
        "by an index     | sum(gather(x, [3, 1, 3]) ^ 2 * gather(x, [0, 2, 5])) | 2"})
    void structureDecidesTheSweeps(String what, String program, int sweeps) {
        double[] x = new SplittableRandom(6).doubles(10, 0.5, 1.5).toArray();
        Traced traced = Language.parse(program).trace(Point.of("x", x));
        SparseHessian sparse = SparseHessian.prepare(traced, List.of("x"));
        assertEquals(sweeps, sparse.colouring().count(), what + "\n" + sparse.pattern().picture());
        double[] values = new double[sparse.pattern().size()];
        sparse.run(x, new double[1], values);
        Prepared dense = Engines.forward().prepare(traced, Request.of(Operator.HESSIAN, List.of("x")));
        double[] matrix = new double[100];
        dense.run(x, new double[1], matrix);
        assertArrayEquals(matrix, sparse.dense(values).toArray(), 1e-12, what);
    }

    @Test
    void aJacobianIsSweptAlongItsShorterSide() {
        Point at = Point.of("x", new double[] {1, 2, 3, 4, 5}, "y", 2.0);
        SparseJacobian columns = jacobian("x[1:] * x[:-1] + sin(x[1:])", at, "x");
        assertFalse(columns.byRows());
        assertEquals("8 of 20 elements in 4 rows, 5 columns: 2 forward sweeps for 5 columns", columns.summary());
        SparseJacobian rows = jacobian("dot(x, x) * y", at, "x", "y");
        assertTrue(rows.byRows());
        assertEquals("6 of 6 elements in 1 row, 6 columns: 1 reverse sweep for 1 row", rows.summary());
        SparseJacobian bySteps = jacobian("floor(x) * y", at, "x", "y");
        assertEquals(".....x\n".repeat(5), bySteps.pattern().picture());
        SparseJacobian byMatrix = jacobian("[[1, 0], [0, 2], [0, 0]] @ x[:2]", at, "x");
        assertEquals("x....\n.x...\n.....\n", byMatrix.pattern().picture());
        assertEquals(1, byMatrix.cost().sweeps());
    }

    private static SparseJacobian jacobian(String program, Point at, String... wrt) {
        return SparseJacobian.prepare(Language.parse(program).trace(at), List.of(wrt));
    }

    @Test
    void aPatternHoldsAtEveryPoint() {
        SplittableRandom random = new SplittableRandom(7);
        Traced traced = Language.parse("where(x[1:] > 0, x[1:] * x[:-1], abs(x[:-1]))")
                .trace(Point.of("x", new double[6]));
        SparseJacobian sparse = SparseJacobian.prepare(traced, List.of("x"));
        Prepared dense = Engines.reverse().prepare(traced, Request.of(Operator.JACOBIAN, List.of("x")));
        double[] values = new double[sparse.pattern().size()];
        double[] matrix = new double[30];
        double[] value = new double[5];
        for (int trial = 0; trial < 50; trial++) {
            double[] x = random.doubles(6, -1, 1).toArray();
            sparse.run(x, value, values);
            dense.run(x, value, matrix);
            assertArrayEquals(matrix, sparse.dense(values).toArray(), 1e-15);
        }
    }
}
