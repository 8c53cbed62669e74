package dualtape.kernel;

/**
 * The one layout in which doubles are added up: 32 partial sums by index modulo 32, then a fixed tree. A sum has the same bits in every
 * backend, whatever its vector width or number of threads, and its error grows with n / 32 instead of n. Partial sums stand in {@code p}
 * from {@code at} on, {@link #WIDTH} doubles.
 */
public final class PartialSums {
    /** The number of partial sums. */
    public static final int WIDTH = 32;

    private PartialSums() {}

    /** Sets to zero the partial sums that n terms reach. */
    public static void clear(double[] p, int at, int n) {
        for (int j = 0; j < WIDTH && j < n; j++) {
            p[at + j] = 0;
        }
    }

    /** Adds the partial sums up, in halves. Those that n terms do not reach are left out. 0 of no terms. */
    public static double tree(double[] p, int at, int n) {
        if (n < WIDTH) {
            for (int half = WIDTH / 2; half > 0; half /= 2) {
                for (int j = 0; j + half < n && j < half; j++) {
                    p[at + j] += p[at + j + half];
                }
            }
            return n == 0 ? 0 : p[at];
        }
        for (int j = 0; j < 16; j++) {
            p[at + j] += p[at + j + 16];
        }
        for (int j = 0; j < 8; j++) {
            p[at + j] += p[at + j + 8];
        }
        double even = p[at] + p[at + 4] + (p[at + 2] + p[at + 6]);
        double odd = p[at + 1] + p[at + 5] + (p[at + 3] + p[at + 7]);
        return even + odd;
    }
}
