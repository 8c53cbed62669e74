package dualtape.kernel;

import java.util.Arrays;
import java.util.SplittableRandom;

/** A task as {@link Warming} runs it, on numbers of usual size. */
final class TaskSubject implements Warming.Subject {
    private static final int CALLS = 32;
    /** What a call may allocate itself. */
    private static final int CALL_BYTES = 96;
    /** Whole vectors, rests, and less than one vector. */
    private static final int[] SIZES = {1024, 1000, 1023, 991, 64, 37, 5, 3};
    /** The same, for calls that are only counted. */
    private static final int[] FEW = {8, 9, 4, 5, 16, 3, 12, 8, 32, 7, 4, 8, 40, 8, 16, 64};

    private final Task task;
    private final TensorKernels portable;
    private final TensorKernels vector;
    private final Task.Data data = Task.Data.of(samples());

    TaskSubject(Task task, TensorKernels portable, TensorKernels vector) {
        this.task = task;
        this.portable = portable;
        this.vector = vector;
    }

    /** Numbers of usual size, and here and there one for which a function goes its long way. */
    private static double[] samples() {
        SplittableRandom random = new SplittableRandom(1);
        double[] x = new double[1040];
        Arrays.setAll(x, k -> k % 97 == 0 ? Math.scalb(random.nextDouble() - 0.5, random.nextInt(2000) - 1000)
                : random.nextDouble() * 4);
        return x;
    }

    @Override
    public int calls() {
        return CALLS;
    }

    @Override
    public long allowance() {
        return CALL_BYTES;
    }

    @Override
    public long demand() {
        return task.nanos(Forms.seen(task));
    }

    @Override
    public void warm(long call) {
        task.run(vector, data, FEW[(int) (call % FEW.length)]);
    }

    @Override
    public void vectors(int call) {
        task.run(vector, data, SIZES[call % SIZES.length]);
    }

    @Override
    public void portable(int call) {
        task.run(portable, data, SIZES[call % SIZES.length]);
    }

    @Override
    public void use() {
        Forms.use(task, vector);
    }

    @Override
    public void stay() {
        Forms.later(task);
    }
}
