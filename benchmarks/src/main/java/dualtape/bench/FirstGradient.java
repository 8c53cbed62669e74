package dualtape.bench;

import dualtape.engine.Engines;
import dualtape.engine.Operator;
import dualtape.engine.Point;
import dualtape.engine.Prepared;
import dualtape.engine.Request;
import dualtape.engine.Source;
import dualtape.engine.Traced;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a user waits for the first time: deriving a graph of about 10,000 operations on single numbers, lowering the derivative
 * and running it once, in a fresh JVM that has built the graph and nothing else. {@link Limits} has the same row in steady state.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FirstGradient {
    /** Either mode; forward accumulation runs one sweep only. */
    @Param({"forward", "reverse"})
    public String engine;

    private final LimitRow row = LimitRows.of("rosenbrock-scalars-1000");
    private Traced traced;
    private double[] x;

    /** Builds the graph. */
    @Setup
    public void build() {
        x = row.point();
        traced = Source.of(row.name(), row.graph()).trace(Point.of());
    }

    /** The first gradient, or the first derivative along a direction. */
    @Benchmark
    public double first() {
        boolean forward = engine.equals("forward");
        Prepared prepared = Engines.named(engine)
                .prepare(traced, Request.of(forward ? Operator.JVP : Operator.GRADIENT, row.wrt()));
        double[] value = new double[1];
        double[] derivative = new double[prepared.derivativeSize()];
        prepared.run(x, value, derivative);
        return value[0];
    }
}
