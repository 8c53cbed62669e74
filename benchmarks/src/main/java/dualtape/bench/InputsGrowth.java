package dualtape.bench;

import dualtape.scenario.Families;
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

/** One output of n inputs: the value, and the gradient by each mode.
 *
 * <p>Run with {@code java -jar benchmarks.jar InputsGrowth}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InputsGrowth {
    /** The size. */
    @Param({"1", "10", "100", "1000"})
    public int n;

    /** The engine. */
    @Param({"forward", "reverse"})
    public String engine;

    private GrowthSubject subject;

    /** Prepares, and checks the derivative before anything is timed. */
    @Setup(Level.Trial)
    public void prepare() {
        subject = new GrowthSubject(Families.inputs(n), engine);
    }

    /** The value alone. */
    @Benchmark
    public double primal() {
        return subject.primal();
    }

    /** The value and the gradient. */
    @Benchmark
    public double gradient() {
        return subject.gradient();
    }
}
