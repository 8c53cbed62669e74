package dualtape.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Both forms of the kernels, against plain definitions and against each other, bit for bit. */
@Tag("compiled")
class FormsTest {
    private static final double UNTOUCHED = 12345.678;
    private static final double[] SPECIAL = {0, -0.0, 1, -1, Double.NaN, 1e-310, -1e-310, Double.MIN_VALUE, 1e300,
        -1e300,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 709, -709, 708, -707.9, 22, 1e6, 3e6, -0x1p20};
    private static final int[] SIZES = IntStream.concat(IntStream.rangeClosed(0, 70),
            IntStream.of(95, 96, 127, 128, 255, 256, 257, 511, 1000, 1023, 1024)).toArray();

    private final double[] p = new double[PartialSums.WIDTH];

    static Stream<TensorKernels> forms() {
        return Stream.of(Forms.portable(), Forms.vectors()).filter(form -> form != null);
    }

    static Stream<Arguments> tasksOfForms() {
        return forms().flatMap(form -> Arrays.stream(Task.values()).map(task -> Arguments.of(task, form)));
    }

    static Stream<Arguments> functionsOfForms() {
        return forms().flatMap(form -> Arrays.stream(Elementary.values()).map(f -> Arguments.of(f, form)));
    }

    /** Some usual numbers, with special ones among them from some size on. */
    private static double[] numbers(SplittableRandom random, int n, boolean special) {
        double[] x = new double[n];
        Arrays.setAll(x, k -> special && random.nextInt(6) == 0
                ? SPECIAL[random.nextInt(SPECIAL.length)]
                : (random.nextDouble() * 2 - 1) * Math.scalb(1.0, random.nextInt(24) - 6));
        return x;
    }

    @Test
    void vectorsAreThereIfTheirModuleIs() {
        Assumptions.assumeTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
        Assumptions.assumeFalse("off".equals(System.getProperty(Forms.PROPERTY)));
        assertNotNull(Forms.vectors(), Forms::describe);
    }

    @ParameterizedTest
    @MethodSource("functionsOfForms")
    void functionsOfArraysAreThoseOfTheirElements(Elementary f, TensorKernels form) {
        SplittableRandom random = new SplittableRandom(1);
        for (int n : SIZES) {
            for (boolean special : new boolean[] {false, true}) {
                double[] x = numbers(random, n + 5, special);
                double[] y = new double[n + 8];
                Arrays.fill(y, UNTOUCHED);
                double[] expected = y.clone();
                for (int k = 0; k < n; k++) {
                    expected[3 + k] = f.applyAsDouble(x[2 + k]);
                }
                form.map(f, x, 2, y, 3, n);
                assertArrayEquals(expected, y, f + " of " + n);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void exponentialsAreShifted(TensorKernels form) {
        SplittableRandom random = new SplittableRandom(2);
        for (int n : SIZES) {
            double[] x = numbers(random, n + 1, n % 2 == 0);
            double[] y = new double[n];
            form.shiftedExp(x, 1, 2.5, y, 0, n);
            for (int k = 0; k < n; k++) {
                assertEquals(Exponentials.exp(x[1 + k] - 2.5), y[k], "n = " + n);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void sumsHaveOneLayout(TensorKernels form) {
        SplittableRandom random = new SplittableRandom(3);
        for (int n : SIZES) {
            double[] x = numbers(random, n + 2, n % 5 == 4);
            double[] y = numbers(random, n + 1, false);
            double[] sums = new double[PartialSums.WIDTH];
            double[] products = new double[PartialSums.WIDTH];
            for (int k = 0; k < n; k++) {
                sums[k % 32] += x[2 + k];
                products[k % 32] = Math.fma(x[2 + k], y[1 + k], products[k % 32]);
            }
            assertEquals(tree(sums, n), form.sum(x, 2, n, p, 0), "sum of " + n);
            assertEquals(tree(products, n), form.dot(x, 2, y, 1, n, p, 0), "dot of " + n);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void elementsAreAddedToElements(TensorKernels form) {
        SplittableRandom random = new SplittableRandom(6);
        for (int n : SIZES) {
            double[] x = numbers(random, n + 2, n % 2 == 0);
            double[] y = numbers(random, n + 5, false);
            double[] expected = y.clone();
            for (int k = 0; k < n; k++) {
                expected[3 + k] += x[2 + k];
            }
            form.addTo(x, 2, y, 3, n);
            assertArrayEquals(expected, y, "" + n);
        }
    }

    private static double tree(double[] partial, int n) {
        for (int half = 16; half > 0; half /= 2) {
            for (int j = 0; j < half && j + half < n; j++) {
                partial[j] += partial[j + half];
            }
        }
        return partial[0];
    }

    @ParameterizedTest
    @MethodSource("forms")
    void theGreatestIsTheFirstOfThose(TensorKernels form) {
        SplittableRandom random = new SplittableRandom(4);
        for (int n : SIZES) {
            double[] x = numbers(random, n + 1, n % 2 == 0);
            double[] zeros = IntStream.range(0, n + 1)
                    .mapToDouble(k -> random.nextInt(9) == 0 ? 0 : random.nextBoolean() ? -0.0 : -1)
                    .toArray();
            for (double[] elements : new double[][] {x, zeros}) {
                double greatest = Double.NEGATIVE_INFINITY;
                for (int k = 1; k <= n; k++) {
                    greatest = elements[k] > greatest || elements[k] != elements[k] ? elements[k] : greatest;
                }
                assertEquals(greatest, form.max(elements, 1, n), "of " + n);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void rowsAreAddedInOrder(TensorKernels form) {
        SplittableRandom random = new SplittableRandom(5);
        for (int rows : new int[] {0, 1, 3, 4, 5, 8, 11}) {
            for (int columns : new int[] {0, 1, 3, 4, 7, 8, 33, 100}) {
                double[] a = numbers(random, rows * columns, false);
                double[] x = numbers(random, rows, columns == 7);
                double[] y = new double[columns];
                Arrays.fill(y, UNTOUCHED);
                form.addRows(rows, columns, a, 0, x, 0, y, 0);
                for (int j = 0; j < columns; j++) {
                    double sum = 0;
                    for (int k = 0; k < rows; k++) {
                        sum = Math.fma(x[k], a[k * columns + j], sum);
                    }
                    assertEquals(sum, y[j], rows + " rows of " + columns);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void productsOfMatricesAddInOrderWhateverTheBlocks(TensorKernels form) {
        SplittableRandom random = new SplittableRandom(6);
        for (int m : new int[] {0, 1, 4, 7, 65}) {
            for (int k : new int[] {0, 1, 5, 255, 300}) {
                for (int n : new int[] {0, 1, 6, 8, 10, 12, 17, 130}) {
                    check(form, new Strides(m, k, n, k, 1, n, 1), random);
                    check(form, new Strides(m, k, n, 1, m, 1, k), random);
                }
            }
        }
    }

    private static void check(TensorKernels form, Strides s, SplittableRandom random) {
        double[] a = numbers(random, s.m() * s.k(), false);
        double[] b = numbers(random, s.k() * s.n(), s.n() == 17 || s.n() == 10);
        double[] c = new double[s.m() * s.n() + 1];
        Arrays.fill(c, UNTOUCHED);
        double[] w = new double[Packing.workspace(s)];
        Arrays.fill(w, Double.NaN);
        form.multiply(s, a, 0, b, 0, c, 0, w, 0);
        for (int i = 0; i < s.m(); i++) {
            for (int j = 0; j < s.n(); j++) {
                double sum = 0;
                for (int q = 0; q < s.k(); q++) {
                    sum = Math.fma(a[i * s.aRow() + q * s.aInner()], b[q * s.bInner() + j * s.bColumn()], sum);
                }
                assertEquals(sum, c[i * s.n() + j], s + " at " + i + ", " + j);
            }
        }
        assertEquals(UNTOUCHED, c[s.m() * s.n()]);
    }

    /** Vector code allocates until it is compiled; the calls that this takes are bounded, not timed. */
    @ParameterizedTest
    @MethodSource("tasksOfForms")
    void aCallAllocatesNothing(Task task, TensorKernels form) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Task.Data data = Task.Data.of(numbers(new SplittableRandom(7), 1040, false));
        int perCall = task == Task.MULTIPLY ? 80 : 0; // the sample's own records of strides
        long allocated = Long.MAX_VALUE;
        for (int round = 0; round < 5000 && allocated > 100 * perCall + 100; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int call = 0; call < 100; call++) {
                task.run(form, data, 1024 - call % 2);
            }
            allocated = threads.getCurrentThreadAllocatedBytes() - before;
        }
        assertTrue(allocated <= 100 * perCall + 100, task + ": " + allocated + " bytes in 100 calls");
    }

    @Test
    void everyTaskStartsPortableAndSaysSo() {
        Assumptions.assumeFalse("on".equals(System.getProperty(Forms.PROPERTY)));
        assertEquals(Forms.portable(), Forms.of(Task.COS, 1));
        assertTrue(Forms.vectors() != null || Forms.describe().contains("portable"));
    }
}
