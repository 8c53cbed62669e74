package dualtape.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * What loops on vectors call, one lane for each trip: element e of a tensor is the doubles from e times the lanes on. As in
 * {@link VectorFunctions}, no vector is given to or taken from these methods.
 */
public final class LaneKernels {
    private static final VectorSpecies<Double> SPECIES = VectorFunctions.SPECIES;
    private static final int L = SPECIES.length();

    private LaneKernels() {}

    /** a[at + k] += b[from + k]; n is a multiple of the lanes. */
    public static void add(double[] a, int at, double[] b, int from, int n) {
        for (int k = 0; k < n; k += L) {
            DoubleVector.fromArray(SPECIES, a, at + k).add(DoubleVector.fromArray(SPECIES, b, from + k))
                    .intoArray(a, at + k);
        }
    }

    /** {@link Exponentials#exp} of one element. */
    public static void exp(double[] x, int xAt, double[] y, int yAt) {
        VectorFunctions.exp(x, xAt, 0, y, yAt, L);
    }

    /** {@link Logarithm#log} of one element. */
    public static void log(double[] x, int xAt, double[] y, int yAt) {
        VectorFunctions.log(x, xAt, y, yAt, L);
    }

    /** {@link Exponentials#tanh} of one element. */
    public static void tanh(double[] x, int xAt, double[] y, int yAt) {
        VectorFunctions.tanh(x, xAt, y, yAt, L);
    }

    /** {@link Circular#sin} of one element. */
    public static void sin(double[] x, int xAt, double[] y, int yAt) {
        VectorFunctions.circular(Elementary.SIN, x, xAt, y, yAt, L);
    }

    /** {@link Circular#cos} of one element. */
    public static void cos(double[] x, int xAt, double[] y, int yAt) {
        VectorFunctions.circular(Elementary.COS, x, xAt, y, yAt, L);
    }

    /**
     * y = exp(x) / Σ exp(x) and log Σ exp(x), of n elements.
     *
     * @param p scratch memory for n elements and {@link PartialSums#WIDTH} more
     */
    public static void softmax(double[] x, int xAt, int n, double[] y, int yAt, double[] log, int logAt, double[] p,
            int pAt) {
        DoubleVector greatest = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
        int size = n * L;
        for (int k = 0; k < size; k += L) {
            greatest = greatest.max(DoubleVector.fromArray(SPECIES, x, xAt + k));
        }
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector shift = zero.blend(greatest, greatest.sub(greatest).compare(VectorOperators.EQ, zero));
        shift.intoArray(log, logAt);
        int sums = pAt + size;
        for (int k = 0; k < size; k += L) {
            DoubleVector.fromArray(SPECIES, x, xAt + k).sub(shift).intoArray(p, pAt + k);
        }
        VectorFunctions.exp(p, pAt, 0, y, yAt, size);
        int width = PartialSums.WIDTH * L;
        for (int k = 0; k < size && k < width; k += L) {
            DoubleVector.fromArray(SPECIES, y, yAt + k).add(0).intoArray(p, sums + k);
        }
        for (int k = width; k < size; k += L) {
            DoubleVector.fromArray(SPECIES, p, sums + k % width).add(DoubleVector.fromArray(SPECIES, y, yAt + k))
                    .intoArray(p, sums + k % width);
        }
        for (int half = width / 2; half >= L; half /= 2) {
            for (int k = 0; k < half && k + half < size; k += L) {
                DoubleVector.fromArray(SPECIES, p, sums + k).add(DoubleVector.fromArray(SPECIES, p, sums + k + half))
                        .intoArray(p, sums + k);
            }
        }
        DoubleVector sum = DoubleVector.fromArray(SPECIES, p, sums);
        for (int k = 0; k < size; k += L) {
            DoubleVector.fromArray(SPECIES, y, yAt + k).div(sum).intoArray(y, yAt + k);
        }
        VectorFunctions.log(p, sums, p, pAt, L);
        DoubleVector.fromArray(SPECIES, log, logAt).add(DoubleVector.fromArray(SPECIES, p, pAt)).intoArray(log, logAt);
    }
}
