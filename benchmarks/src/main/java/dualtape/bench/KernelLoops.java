package dualtape.bench;

import dualtape.kernel.Elementary;
import dualtape.kernel.Forms;
import dualtape.kernel.Packing;
import dualtape.kernel.PartialSums;
import dualtape.kernel.Strides;
import dualtape.kernel.TensorKernels;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The tensor kernels in both forms beside loops as one writes them without thinking.
 *
 * <p>Run with {@code java -jar benchmarks.jar KernelLoops}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsPrepend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class KernelLoops {
    private static final int N = 1000;
    private static final Strides SQUARE = new Strides(128, 128, 128, 128, 1, 128, 1);

    /** Loops by hand, or one of the forms. */
    @Param({"naive", "portable", "vector"})
    public String form;

    private TensorKernels kernels;
    private final double[] x = new double[SQUARE.m() * SQUARE.k()];
    private final double[] y = new double[x.length];
    private final double[] p = new double[PartialSums.WIDTH];
    private final double[] w = new double[Packing.workspace(SQUARE)];

    /** Chooses the form. */
    @Setup(Level.Trial)
    public void prepare() {
        SplittableRandom random = new SplittableRandom(7);
        Arrays.setAll(x, k -> 0.1 + 4 * random.nextDouble());
        kernels = switch (form) {
            case "naive" -> new Naive();
            case "portable" -> Forms.portable();
            default -> Forms.vectors();
        };
    }

    /** Σ x of 1000 elements. */
    @Benchmark
    public double sum() {
        return kernels.sum(x, 0, N, p, 0);
    }

    /** Σ x · y of 1000 elements. */
    @Benchmark
    public double dot() {
        return kernels.dot(x, 0, x, N, N, p, 0);
    }

    /** The greatest of 1000 elements. */
    @Benchmark
    public double max() {
        return kernels.max(x, 0, N);
    }

    /** Aᵀ x of a 16 × 1000 matrix. */
    @Benchmark
    public double[] transposedProduct() {
        kernels.addRows(16, N, x, 0, x, 0, y, 0);
        return y;
    }

    /** A B of two 128 × 128 matrices: 2,097,152 multiplications and additions. */
    @Benchmark
    public double[] matrixProduct() {
        kernels.multiply(SQUARE, x, 0, x, 0, y, 0, w, 0);
        return y;
    }

    /** exp of 1000 elements. */
    @Benchmark
    public double[] exp() {
        return map(Elementary.EXP);
    }

    /** log of 1000 elements. */
    @Benchmark
    public double[] log() {
        return map(Elementary.LOG);
    }

    /** tanh of 1000 elements. */
    @Benchmark
    public double[] tanh() {
        return map(Elementary.TANH);
    }

    /** sigmoid of 1000 elements. */
    @Benchmark
    public double[] sigmoid() {
        return map(Elementary.SIGMOID);
    }

    /** sin of 1000 elements. */
    @Benchmark
    public double[] sin() {
        return map(Elementary.SIN);
    }

    private double[] map(Elementary f) {
        kernels.map(f, x, 0, y, 0, N);
        return y;
    }

    /** What one writes first. */
    private static final class Naive implements TensorKernels {
        @Override
        public void accumulate(double[] x, int at, int n, double[] p, int pAt) {
            for (int k = 0; k < n; k++) {
                p[pAt] += x[at + k];
            }
        }

        @Override
        public double sum(double[] x, int at, int n, double[] p, int pAt) {
            double sum = 0;
            for (int k = 0; k < n; k++) {
                sum += x[at + k];
            }
            return sum;
        }

        @Override
        public double dot(double[] x, int xAt, double[] y, int yAt, int n, double[] p, int pAt) {
            double sum = 0;
            for (int k = 0; k < n; k++) {
                sum += x[xAt + k] * y[yAt + k];
            }
            return sum;
        }

        @Override
        public double max(double[] x, int at, int n) {
            double max = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < n; k++) {
                max = Math.max(max, x[at + k]);
            }
            return max;
        }

        @Override
        public void moreRows(int rows, int columns, double[] a, int aAt, double[] x, int xAt, double[] y, int yAt) {
            for (int k = 0; k < rows; k++) {
                for (int j = 0; j < columns; j++) {
                    y[yAt + j] += x[xAt + k] * a[aAt + k * columns + j];
                }
            }
        }

        @Override
        public void multiply(Strides s, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, double[] w,
                int wAt) {
            for (int i = 0; i < s.m(); i++) {
                for (int j = 0; j < s.n(); j++) {
                    double sum = 0;
                    for (int q = 0; q < s.k(); q++) {
                        sum += a[aAt + i * s.aRow() + q * s.aInner()] * b[bAt + q * s.bInner() + j * s.bColumn()];
                    }
                    c[cAt + i * s.n() + j] = sum;
                }
            }
        }

        @Override
        public void shiftedExp(double[] x, int xAt, double shift, double[] y, int yAt, int n) {
            for (int k = 0; k < n; k++) {
                y[yAt + k] = Math.exp(x[xAt + k] - shift);
            }
        }

        @Override
        public void map(Elementary f, double[] x, int xAt, double[] y, int yAt, int n) {
            for (int k = 0; k < n; k++) {
                double v = x[xAt + k];
                y[yAt + k] = switch (f) {
                    case EXP -> Math.exp(v);
                    case LOG -> Math.log(v);
                    case TANH -> Math.tanh(v);
                    case SIGMOID -> 1 / (1 + Math.exp(-v));
                    case SIN -> Math.sin(v);
                    case COS -> Math.cos(v);
                };
            }
        }
    }
}
