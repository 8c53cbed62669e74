package dualtape.bench;

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
 * How near a derived gradient comes to one that a careful person wrote by hand in plain Java, and to the cost of the value.
 *
 * <p>Run with {@code java -jar benchmarks.jar Limits -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 1)
public class Limits {
    /** The row: see {@link LimitRows}. */
    @Param({"sine-1000", "sine-100000", "sine-1000000", "rosenbrock-slices-10", "rosenbrock-slices-1000",
        "rosenbrock-slices-100000", "rosenbrock-scalars-10", "rosenbrock-scalars-100", "rosenbrock-scalars-1000",
        "mixture-5x4x200", "mixture-25x10x1000", "leastsquares-1000x100", "leastsquares-2000x1000",
        "logsumexp-1000000", "network-64-128-10", "speelpenning-1000"})
    public String row;

    private LimitSubject subject;

    /** Prepares, and checks everything against what was written by hand before anything is timed. */
    @Setup(Level.Trial)
    public void prepare() {
        subject = new LimitSubject(LimitRows.of(row));
    }

    /** The value and the derived gradient. */
    @Benchmark
    public double gradient() {
        return subject.gradient();
    }

    /** The value and the gradient, by hand. */
    @Benchmark
    public double gradientByHand() {
        return subject.gradientByHand();
    }

    /** The value of the graph. */
    @Benchmark
    public double primal() {
        return subject.primal();
    }

    /** The value, by hand. */
    @Benchmark
    public double primalByHand() {
        return subject.primalByHand();
    }
}
