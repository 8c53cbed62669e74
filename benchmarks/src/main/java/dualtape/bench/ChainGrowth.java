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

/** A chain of n operations of one input: the value, and the gradient by each mode.
 *
 * <p>Run with {@code java -jar benchmarks.jar ChainGrowth}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChainGrowth {
    /** The size. */
    @Param({"100", "1000", "10000", "100000"})
    public int n;

    /** The engine. */
    @Param({"forward", "reverse"})
    public String engine;

    private GrowthSubject subject;

    /** Prepares, and checks the derivative before anything is timed. */
    @Setup(Level.Trial)
    public void prepare() {
        subject = new GrowthSubject(Families.chain(n), engine);
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
