package dualtape.kernel;

/**
 * The inner loops over {@code double[]}. There are two forms, {@link PortableKernels} and, where the module {@code jdk.incubator.vector}
 * is there, one on vectors; which of them runs, {@link Forms} says. Both give the same bits.
 *
 * <p>An operand is an array and the position of its first element, the others follow. Nothing is allocated and nothing kept, so threads
 * share them. Scratch memory {@code p} is {@link PartialSums#WIDTH} doubles, overwritten.
 */
public interface TensorKernels {
    /** The doubles of one vector; 1 where there are none. */
    default int lanes() {
        return 1;
    }

    /** Adds x[k] to partial sum k mod 32, k from 0 to n − 1. */
    void accumulate(double[] x, int at, int n, double[] p, int pAt);

    /** y[k] += x[k]. y is not x. */
    default void addTo(double[] x, int xAt, double[] y, int yAt, int n) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] += x[xAt + k];
        }
    }

    /** Σ x[k] in the layout of {@link PartialSums}. */
    default double sum(double[] x, int at, int n, double[] p, int pAt) {
        PartialSums.clear(p, pAt, n);
        accumulate(x, at, n, p, pAt);
        return PartialSums.tree(p, pAt, n);
    }

    /** Σ x[k] · y[k] in the layout of {@link PartialSums}, the products fused into the sums. */
    double dot(double[] x, int xAt, double[] y, int yAt, int n, double[] p, int pAt);

    /** The greatest of n elements: −∞ of none, NaN if one is NaN; of zeros of both signs the first. */
    double max(double[] x, int at, int n);

    /** y = Aᵀ x: the rows of A, weighted by the elements of x, are added to zero in order, the products fused. */
    default void addRows(int rows, int columns, double[] a, int aAt, double[] x, int xAt, double[] y, int yAt) {
        java.util.Arrays.fill(y, yAt, yAt + columns, 0);
        moreRows(rows, columns, a, aAt, x, xAt, y, yAt);
    }

    /** {@link #addRows}, to what y holds. */
    void moreRows(int rows, int columns, double[] a, int aAt, double[] x, int xAt, double[] y, int yAt);

    /**
     * c = A B: each element is added from zero in order, the products fused.
     *
     * @param w scratch memory of {@link Packing#workspace} doubles
     */
    void multiply(Strides s, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, double[] w, int wAt);

    /** y[k] = exp(x[k] − shift). y is not x. */
    void shiftedExp(double[] x, int xAt, double shift, double[] y, int yAt, int n);

    /** y[k] = f(x[k]). y is not x. */
    void map(Elementary f, double[] x, int xAt, double[] y, int yAt, int n);
}
