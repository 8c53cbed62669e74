package dualtape.ir;

/**
 * A fast form of an operation over doubles, made for operands of certain shapes. Stateless, so that threads may share
 * it; it neither keeps nor allocates arrays. What needs memory between its steps runs as an {@link #instance}.
 */
public interface Kernel {
    /**
     * Reads operand i from {@code x[i]} at {@code xAt[i]} on and writes result j to {@code y[j]} from {@code yAt[j]} on,
     * row-major. A result never overlaps an operand. If {@link #workspace} is not zero, one more entry of {@code y}
     * is that many doubles to use freely.
     */
    void run(double[][] x, int[] xAt, double[][] y, int[] yAt);

    /** This kernel with memory of its own, for one thread; itself where it needs none. */
    default Kernel instance() {
        return this;
    }

    /** The doubles that an {@link #instance} holds. */
    default long held() {
        return 0;
    }

    /** The doubles of scratch memory that {@link #run} needs. */
    default int workspace() {
        return 0;
    }
}
