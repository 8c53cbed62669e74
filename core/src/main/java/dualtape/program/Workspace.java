package dualtape.program;

import dualtape.ir.Bodied;
import dualtape.ir.Kernel;
import dualtape.ir.Tensor;

/**
 * The memory in which one thread runs a program, over and over: the first that runs it. Another is refused, unless it is
 * {@link #transfer transferred}.
 */
public final class Workspace implements Bodied.Runner {
    int[] code;
    Kernel[] kernels;
    final double[][] buffers;
    final int[] bases;
    double[][] x;
    int[] xAt;
    double[][] y;
    int[] yAt;
    private Program program;
    /** Whether it is a loop's body, in a workspace whose owner is asked for both. */
    private final boolean inner;
    /** The buffer of the first group of inputs, 0 if there is none. */
    private final int point;
    private Thread owner;

    Workspace(Program program, double[] arena, int base, boolean inner) {
        this.inner = inner;
        this.buffers = new double[program.buffers().known() + 1][];
        this.bases = new int[buffers.length];
        this.point = program.buffers().point();
        bases[0] = base;
        become(program, arena);
    }

    /** Runs another form of the same program from now on, over the same inputs. */
    void become(Program other) {
        become(other, new double[other.arenaSize()]);
    }

    private void become(Program other, double[] arena) {
        program = other;
        code = other.code();
        kernels = other.instances();
        buffers[0] = arena;
        buffers[buffers.length - 1] = other.constants();
        x = new double[other.maxOperands()][];
        xAt = new int[x.length];
        y = new double[other.maxResults()][];
        yAt = new int[y.length];
    }

    /** Whether it is a loop's body. */
    boolean isInner() {
        return inner;
    }

    /** Input i is read from this array, from this offset on, at every run from now on. Kept by reference. */
    @Override
    public void bind(int input, double[] array, int offset) {
        int size = program.graph().inputs().get(input).shape().size();
        if (offset < 0 || offset + size > array.length) {
            throw new IllegalArgumentException(
                    "input \"" + program.graph().inputs().get(input).name() + "\" needs " + size
                            + " doubles from " + offset + " on; the array has " + array.length);
        }
        int buffer = program.buffers().of(input);
        if (program.buffers().grouped(input)) {
            throw new IllegalArgumentException("input " + input + " lies in a group with others: bind that");
        }
        buffers[buffer] = array;
        bases[buffer] = offset;
    }

    /** The inputs of the first group are read from this array, from this offset on, at every run from now on. Kept by reference. */
    public void bindPacked(double[] array, int offset) {
        bindPacked(0, array, offset);
    }

    /** The inputs of a group are read from this array, from this offset on, at every run from now on. Kept by reference. */
    public void bindPacked(int group, double[] array, int offset) {
        int buffer = group == 0 && point > 0 ? point : program.buffers().group(group);
        if (buffer > 0) {
            if (buffers[buffer] != array) { // a store of it costs the collector's bookkeeping
                buffers[buffer] = array;
            }
            bases[buffer] = offset;
        }
    }

    /** {@link #bind(int, double[], int)} of a tensor. */
    public void bind(int input, Tensor value) {
        bind(input, value.elements(), 0);
    }

    /**
     * Runs the program over the bound inputs. Allocates nothing, unless an operation lacks a kernel.
     *
     * @throws IllegalStateException if another thread has run it
     */
    @Override
    public void run() {
        if (!inner) {
            own();
        }
        program.run(this);
    }

    /**
     * {@link #run()} and {@link #copyDerivatives}, but afterwards the outputs after the first may be nowhere else.
     *
     * @throws IllegalStateException if another thread has run it
     */
    public void run(double[] target, int offset) {
        own();
        if (reads(target)) {
            program.run(this);
            copyDerivatives(target, offset);
        } else {
            program.run(this, target, offset);
        }
    }

    /** Whether an input is read from this array: then no result may go there before all is done. */
    private boolean reads(double[] array) {
        for (double[] buffer : buffers) {
            if (buffer == array) {
                return true;
            }
        }
        return false;
    }

    /**
     * From now on it belongs to this thread.
     *
     * @throws IllegalStateException if another thread has run it
     */
    public void own() {
        if (owner != Thread.currentThread()) {
            claim();
        }
    }

    private void claim() {
        if (owner != null) {
            throw new IllegalStateException("this workspace belongs to the thread \"" + owner.getName()
                    + "\", which ran it first, and the thread \"" + Thread.currentThread().getName()
                    + "\" runs it now; make one for each thread, or call transfer() before it changes hands");
        }
        owner = Thread.currentThread();
    }

    /** The next thread that runs it owns it. To be called by its owner, or when that has ended. */
    public void transfer() {
        owner = null;
    }

    /** The single number of output i, after a run. */
    @Override
    public double scalar(int output) {
        int buffer = program.outputBuffer(output);
        return buffers[buffer][bases[buffer] + program.outputOffset(output)];
    }

    /** Copies output i to an array, after a run. */
    @Override
    public void copy(int output, double[] target, int offset) {
        int buffer = program.outputBuffer(output);
        int at = bases[buffer] + program.outputOffset(output);
        int size = program.outputSize(output);
        if (size == 1) {
            target[offset] = buffers[buffer][at];
        } else {
            System.arraycopy(buffers[buffer], at, target, offset, size);
        }
    }

    /** Copies the outputs after the first, one after the other, after a run. */
    public void copyDerivatives(double[] target, int offset) {
        int at = offset;
        for (int output = 1; output < program.outputs(); output++) {
            copy(output, target, at);
            at += program.outputSize(output);
        }
    }

    /** Output i as a tensor, after a run. */
    public Tensor tensor(int output) {
        double[] copy = new double[program.graph().outputs().get(output).shape().size()];
        copy(output, copy, 0);
        return Tensor.wrap(program.graph().outputs().get(output).shape(), copy);
    }
}
