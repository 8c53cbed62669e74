package dualtape.kernel;

import java.util.Arrays;

/** The kernels in plain Java: several sums at once, and loops that the compiler turns into vector code where it can. */
final class PortableKernels implements TensorKernels {
    /** The elements that are gone through four times, for eight partial sums each: they stay in the first cache. */
    private static final int BLOCK = 1024;
    /** The columns of a block of B that is gone through for every row of A: it stays in the second cache. */
    private static final int COLUMNS = 128;

    @Override
    public void accumulate(double[] x, int at, int n, double[] p, int pAt) {
        int whole = n - n % PartialSums.WIDTH;
        for (int k = 0; k < whole; k += BLOCK) {
            for (int part = 0; part < PartialSums.WIDTH; part += 8) {
                accumulateEight(x, at + k + part, Math.min(BLOCK, whole - k), p, pAt + part);
            }
        }
        for (int j = 0; whole + j < n; j++) {
            p[pAt + j] += x[at + whole + j];
        }
    }

    private static void accumulateEight(double[] x, int at, int n, double[] p, int pAt) {
        double s0 = p[pAt];
        double s1 = p[pAt + 1];
        double s2 = p[pAt + 2];
        double s3 = p[pAt + 3];
        double s4 = p[pAt + 4];
        double s5 = p[pAt + 5];
        double s6 = p[pAt + 6];
        double s7 = p[pAt + 7];
        for (int k = at; k < at + n; k += PartialSums.WIDTH) {
            s0 += x[k];
            s1 += x[k + 1];
            s2 += x[k + 2];
            s3 += x[k + 3];
            s4 += x[k + 4];
            s5 += x[k + 5];
            s6 += x[k + 6];
            s7 += x[k + 7];
        }
        p[pAt] = s0;
        p[pAt + 1] = s1;
        p[pAt + 2] = s2;
        p[pAt + 3] = s3;
        p[pAt + 4] = s4;
        p[pAt + 5] = s5;
        p[pAt + 6] = s6;
        p[pAt + 7] = s7;
    }

    @Override
    public double dot(double[] x, int xAt, double[] y, int yAt, int n, double[] p, int pAt) {
        PartialSums.clear(p, pAt, n);
        int whole = n - n % PartialSums.WIDTH;
        for (int k = 0; k < whole; k += BLOCK) {
            for (int part = 0; part < PartialSums.WIDTH; part += 8) {
                dotEight(x, xAt + k + part, y, yAt + k + part, Math.min(BLOCK, whole - k), p, pAt + part);
            }
        }
        for (int j = 0; whole + j < n; j++) {
            p[pAt + j] = Math.fma(x[xAt + whole + j], y[yAt + whole + j], p[pAt + j]);
        }
        return PartialSums.tree(p, pAt, n);
    }

    private static void dotEight(double[] x, int xAt, double[] y, int yAt, int n, double[] p, int pAt) {
        double s0 = p[pAt];
        double s1 = p[pAt + 1];
        double s2 = p[pAt + 2];
        double s3 = p[pAt + 3];
        double s4 = p[pAt + 4];
        double s5 = p[pAt + 5];
        double s6 = p[pAt + 6];
        double s7 = p[pAt + 7];
        for (int k = 0; k < n; k += PartialSums.WIDTH) {
            int i = xAt + k;
            int j = yAt + k;
            s0 = Math.fma(x[i], y[j], s0);
            s1 = Math.fma(x[i + 1], y[j + 1], s1);
            s2 = Math.fma(x[i + 2], y[j + 2], s2);
            s3 = Math.fma(x[i + 3], y[j + 3], s3);
            s4 = Math.fma(x[i + 4], y[j + 4], s4);
            s5 = Math.fma(x[i + 5], y[j + 5], s5);
            s6 = Math.fma(x[i + 6], y[j + 6], s6);
            s7 = Math.fma(x[i + 7], y[j + 7], s7);
        }
        p[pAt] = s0;
        p[pAt + 1] = s1;
        p[pAt + 2] = s2;
        p[pAt + 3] = s3;
        p[pAt + 4] = s4;
        p[pAt + 5] = s5;
        p[pAt + 6] = s6;
        p[pAt + 7] = s7;
    }

    @Override
    public double max(double[] x, int at, int n) {
        double m0 = Double.NEGATIVE_INFINITY;
        double m1 = m0;
        double m2 = m0;
        double m3 = m0;
        int k = 0;
        for (; k + 4 <= n; k += 4) {
            m0 = Math.max(m0, x[at + k]);
            m1 = Math.max(m1, x[at + k + 1]);
            m2 = Math.max(m2, x[at + k + 2]);
            m3 = Math.max(m3, x[at + k + 3]);
        }
        for (; k < n; k++) {
            m0 = Math.max(m0, x[at + k]);
        }
        return first(Math.max(Math.max(m0, m1), Math.max(m2, m3)), x, at);
    }

    /** Of zeros, of which {@link Math#max} prefers the positive, the first that is there. */
    static double first(double greatest, double[] x, int at) {
        int k = at;
        while (greatest == 0 && x[k] != 0) {
            k++;
        }
        return greatest == 0 ? x[k] : greatest;
    }

    @Override
    public void moreRows(int rows, int columns, double[] a, int aAt, double[] x, int xAt, double[] y, int yAt) {
        int k = 0;
        for (; k + 4 <= rows; k += 4) {
            addFour(columns, x[xAt + k], x[xAt + k + 1], x[xAt + k + 2], x[xAt + k + 3], a, aAt + k * columns, columns,
                    y,
                    yAt);
        }
        for (; k < rows; k++) {
            add(columns, x[xAt + k], a, aAt + k * columns, y, yAt);
        }
    }

    @Override
    public void multiply(Strides s, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, double[] w,
            int wAt) {
        if (s.n() <= NarrowProducts.COLUMNS) {
            NarrowProducts.multiply(s, a, aAt, b, bAt, c, cAt);
            return;
        }
        Arrays.fill(c, cAt, cAt + s.m() * s.n(), 0);
        for (int q = 0; q < s.k(); q += Packing.TERMS) {
            int terms = Math.min(Packing.TERMS, s.k() - q);
            for (int j = 0; j < s.n(); j += COLUMNS) {
                int columns = Math.min(COLUMNS, s.n() - j);
                int from = bAt + q * s.bInner() + j * s.bColumn();
                boolean rows = s.bColumn() == 1;
                if (!rows) {
                    Packing.rows(s, b, from, terms, columns, w, wAt);
                }
                for (int i = 0; i < s.m(); i++) {
                    row(s, terms, columns, a, aAt + i * s.aRow() + q * s.aInner(), rows ? b : w, rows ? from : wAt,
                            rows ? s.bInner() : columns, c, cAt + i * s.n() + j);
                }
            }
        }
    }

    /** Adds terms to a part of a row of the result. */
    private static void row(Strides s, int terms, int columns, double[] a, int aAt, double[] b, int bAt, int bRow,
            double[] c, int cAt) {
        int step = s.aInner();
        int q = 0;
        for (; q + 4 <= terms; q += 4) {
            int at = aAt + q * step;
            addFour(columns, a[at], a[at + step], a[at + 2 * step], a[at + 3 * step], b, bAt + q * bRow, bRow, c, cAt);
        }
        for (; q < terms; q++) {
            add(columns, a[aAt + q * step], b, bAt + q * bRow, c, cAt);
        }
    }

    private static void addFour(int n, double f0, double f1, double f2, double f3, double[] x, int at, int row,
            double[] y,
            int yAt) {
        int at1 = at + row;
        int at2 = at1 + row;
        int at3 = at2 + row;
        for (int j = 0; j < n; j++) {
            double sum = Math.fma(f1, x[at1 + j], Math.fma(f0, x[at + j], y[yAt + j]));
            y[yAt + j] = Math.fma(f3, x[at3 + j], Math.fma(f2, x[at2 + j], sum));
        }
    }

    /** y += factor · x, fused. */
    static void add(int n, double factor, double[] x, int at, double[] y, int yAt) {
        for (int j = 0; j < n; j++) {
            y[yAt + j] = Math.fma(factor, x[at + j], y[yAt + j]);
        }
    }

    @Override
    public void shiftedExp(double[] x, int xAt, double shift, double[] y, int yAt, int n) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] = Exponentials.exp(x[xAt + k] - shift);
        }
    }

    /** A loop for each function: in a common one the calls would not be inlined. */
    @Override
    public void map(Elementary f, double[] x, int xAt, double[] y, int yAt, int n) {
        switch (f) {
            case EXP -> shiftedExp(x, xAt, 0, y, yAt, n);
            case LOG -> log(x, xAt, y, yAt, n);
            case TANH -> tanh(x, xAt, y, yAt, n);
            case SIGMOID -> sigmoid(x, xAt, y, yAt, n);
            case SIN -> sin(x, xAt, y, yAt, n);
            case COS -> cos(x, xAt, y, yAt, n);
            default -> throw new IllegalStateException("no kernel of " + f);
        }
    }

    private static void log(double[] x, int xAt, double[] y, int yAt, int n) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] = Logarithm.log(x[xAt + k]);
        }
    }

    private static void tanh(double[] x, int xAt, double[] y, int yAt, int n) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] = Exponentials.tanh(x[xAt + k]);
        }
    }

    private static void sigmoid(double[] x, int xAt, double[] y, int yAt, int n) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] = Exponentials.sigmoid(x[xAt + k]);
        }
    }

    private static void sin(double[] x, int xAt, double[] y, int yAt, int n) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] = Circular.sin(x[xAt + k]);
        }
    }

    private static void cos(double[] x, int xAt, double[] y, int yAt, int n) {
        for (int k = 0; k < n; k++) {
            y[yAt + k] = Circular.cos(x[xAt + k]);
        }
    }
}
