package dualtape.kernel;

/** Products of matrices with few columns, as of the transforms of single points: each element a sum in a register, in order. */
final class NarrowProducts {
    /** Columns up to which plain loops do this. */
    static final int COLUMNS = 8;
    /** Columns up to which it is faster than vectors. */
    static final int FEW = 4;

    private NarrowProducts() {}

    /** A product of few columns: two rows and four columns at a time, their sums in registers; the last may be done twice. */
    static void multiply(Strides s, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt) {
        for (int i = 0; i < s.m(); i += 2) {
            int next = Math.min(i + 1, s.m() - 1);
            for (int j = 0; j < s.n(); j += 4) {
                twoByFour(s, a, aAt + i * s.aRow(), aAt + next * s.aRow(), b, bAt, j, c, cAt + i * s.n(),
                        cAt + next * s.n());
            }
        }
    }

    private static void twoByFour(Strides s, double[] a, int row, int next, double[] b, int bAt, int j, double[] c,
            int to, int toNext) {
        int last = s.n() - 1;
        int j1 = Math.min(j + 1, last);
        int j2 = Math.min(j + 2, last);
        int j3 = Math.min(j + 3, last);
        int step = s.aInner();
        int column = s.bColumn();
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        double t0 = 0;
        double t1 = 0;
        double t2 = 0;
        double t3 = 0;
        for (int q = 0; q < s.k(); q++) {
            double f = a[row + q * step];
            double g = a[next + q * step];
            int at = bAt + q * s.bInner();
            double b0 = b[at + j * column];
            double b1 = b[at + j1 * column];
            double b2 = b[at + j2 * column];
            double b3 = b[at + j3 * column];
            s0 = Math.fma(f, b0, s0);
            s1 = Math.fma(f, b1, s1);
            s2 = Math.fma(f, b2, s2);
            s3 = Math.fma(f, b3, s3);
            t0 = Math.fma(g, b0, t0);
            t1 = Math.fma(g, b1, t1);
            t2 = Math.fma(g, b2, t2);
            t3 = Math.fma(g, b3, t3);
        }
        c[to + j] = s0;
        c[to + j1] = s1;
        c[to + j2] = s2;
        c[to + j3] = s3;
        c[toNext + j] = t0;
        c[toNext + j1] = t1;
        c[toNext + j2] = t2;
        c[toNext + j3] = t3;
    }
}
