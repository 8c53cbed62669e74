package dualtape.bench;

import dualtape.autograd.Autograd;
import dualtape.autograd.Variable;
import dualtape.ir.Tensor;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a recorded variable costs an operation: eager and not recorded, recorded, and recorded with the way back.
 *
 * <p>Run with {@code java -jar benchmarks.jar RecordedVariables -prof gc}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RecordedVariables {
    private static final int OPERATIONS = 1_000;

    /** Elements of each variable; 1 is a scalar. */
    @Param({"1", "64"})
    public int size;

    private Variable x;
    private Variable factor;

    /** Makes the variables, and checks the gradient before anything is timed. */
    @Setup(Level.Trial)
    public void prepare() {
        double[] elements = new double[size];
        java.util.Arrays.fill(elements, 0.5);
        x = Variable.of(size == 1 ? Tensor.scalar(0.5) : Tensor.vector(elements)).requiresGrad();
        factor = Variable.of(1.000001);
        double gradient = backward();
        double expected = Math.exp(OPERATIONS * Math.log1p(1e-6));
        if (!(Math.abs(gradient - expected) < 1e-9)) {
            throw new IllegalStateException("the gradient is " + gradient + ", expected " + expected);
        }
    }

    private Variable chain() {
        Variable y = x;
        for (int i = 0; i < OPERATIONS; i++) {
            y = y.times(factor);
        }
        return y;
    }

    /** An operation that is not recorded. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    @SuppressWarnings("try") // the scope only ends
    public Variable eager() {
        try (dualtape.autograd.Scope scope = Autograd.noGrad()) {
            return chain();
        }
    }

    /** An operation that is recorded. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public Variable recorded() {
        return chain();
    }

    /** An operation that is recorded, and gone back through. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public double backward() {
        x.zeroGrad();
        chain().sum().backward();
        return x.grad().value().at(0);
    }
}
