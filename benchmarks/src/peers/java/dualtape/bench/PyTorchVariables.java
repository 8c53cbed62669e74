package dualtape.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.Arrays;
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
 * The chain of {@link RecordedVariables} with PyTorch, one thread, through the Deep Java Library: each operation crosses from
 * Java to C++ once, and what it makes is closed with its manager, as the library's users do.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 2, jvmArgsAppend = {"-Dai.djl.offline=true", "-Dai.djl.pytorch.num_threads=1"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PyTorchVariables {
    private static final int OPERATIONS = 1_000;

    /** Elements of each variable; 1 is a scalar. */
    @Param({"1", "64"})
    public int size;

    private NDManager manager;
    private NDArray x;
    private NDArray factor;

    /** Makes the variables, and checks the gradient before anything is timed. */
    @Setup(Level.Trial)
    public void prepare() {
        manager = NDManager.newBaseManager("PyTorch");
        double[] elements = new double[size];
        Arrays.fill(elements, 0.5);
        x = size == 1 ? manager.create(0.5) : manager.create(elements);
        x.setRequiresGradient(true);
        factor = manager.create(1.000001);
        double gradient = backward();
        double expected = Math.exp(OPERATIONS * Math.log1p(1e-6));
        if (!(Math.abs(gradient - expected) < 1e-9)) {
            throw new IllegalStateException("the gradient is " + gradient + ", expected " + expected);
        }
    }

    private NDArray chain(NDManager scope) {
        NDArray y = x;
        for (int i = 0; i < OPERATIONS; i++) {
            y = y.mul(factor);
            y.attach(scope);
        }
        return y;
    }

    private double forward(boolean recorded) {
        JniUtils.setGradMode(recorded);
        try (NDManager scope = manager.newSubManager()) {
            return chain(scope).toDoubleArray()[0];
        }
    }

    /** An operation that is not recorded. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public double eager() {
        return forward(false);
    }

    /** An operation that is recorded. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public double recorded() {
        return forward(true);
    }

    /** An operation that is recorded, and gone back through. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public double backward() {
        JniUtils.setGradMode(true);
        try (NDManager scope = manager.newSubManager()) {
            NDArray before = JniUtils.getGradient((PtNDArray) x);
            if (before != null) {
                before.attach(scope);
                before.subi(before);
            }
            NDArray sum = chain(scope).sum();
            sum.attach(scope);
            NDArray seed = sum.onesLike();
            seed.attach(scope);
            JniUtils.backward((PtNDArray) sum, (PtNDArray) seed, false, false);
            NDArray gradient = JniUtils.getGradient((PtNDArray) x);
            gradient.attach(scope);
            return gradient.toDoubleArray()[0];
        }
    }
}
