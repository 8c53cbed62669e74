package dualtape.bench;

import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.lang.Language;
import java.util.Arrays;
import java.util.List;
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

/**
 * A Jacobian whose sweeps are spread over threads: a recurrent network of {@value #STEPS} steps by its input of {@value #N} elements.
 * The matrix has the same bits for every number of threads.
 *
 * <p>Run with {@code java -jar benchmarks.jar ThreadedJacobian}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 2, jvmArgsPrepend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ThreadedJacobian {
    private static final int N = 96;
    private static final int STEPS = 8;

    /** Columns by forward accumulation, rows by reverse. */
    @Param({"forward", "reverse"})
    public String engine;

    /** Threads that share the sweeps. */
    @Param({"1", "2"})
    public int threads;

    private Prepared jacobian;
    private double[] x;
    private double[] value;
    private double[] matrix;

    /** Prepares it. */
    @Setup(Level.Trial)
    public void prepare() {
        double[][] w = new double[N][N];
        for (int i = 0; i < N; i++) {
            int row = i;
            Arrays.setAll(w[i], j -> Math.sin(row * N + j) / 8);
        }
        double[] start = new double[N];
        Arrays.setAll(start, Math::cos);
        Point at = Point.of("W", w, "x", start);
        jacobian = Engines.named(engine).prepare(
                Language.parse("y = x; for i in 0.." + STEPS + " { y = tanh(W @ y) + x }; y").trace(at),
                Request.of(Operator.JACOBIAN, List.of("x")));
        jacobian.threads(threads);
        x = jacobian.inputs().flatten(at);
        value = new double[jacobian.rows()];
        matrix = new double[jacobian.derivativeSize()];
    }

    /** The matrix at a point. */
    @Benchmark
    public double[] jacobian() {
        jacobian.run(x, value, matrix);
        return matrix;
    }
}
