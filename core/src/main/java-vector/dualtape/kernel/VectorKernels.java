package dualtape.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on {@code jdk.incubator.vector}. Found by name, so that nothing else depends on the module. As in {@link VectorFunctions},
 * no vector is given to or taken from a method of our own.
 */
final class VectorKernels implements TensorKernels {
    private static final VectorSpecies<Double> SPECIES = VectorFunctions.SPECIES;
    private static final int L = SPECIES.length();
    /** The partial sums that eight vectors hold: all 32, or half of them where vectors have two elements. */
    private static final int HELD = 8 * L;
    private static final int TILE_COLUMNS = 2 * L;
    /** Products with fewer multiplications are not worth packing. */
    private static final int SMALL = 512;

    private static final Tile TILE = new Tile();

    private final PortableKernels portable = new PortableKernels();

    /** Called by name. */
    VectorKernels() {
        if (L < 2) {
            throw new UnsupportedOperationException("this machine has no vectors of doubles");
        }
    }

    @Override
    public int lanes() {
        return L;
    }

    @Override
    public void accumulate(double[] x, int at, int n, double[] p, int pAt) {
        int whole = n - n % PartialSums.WIDTH;
        for (int part = 0; part < PartialSums.WIDTH && whole > 0; part += HELD) {
            accumulatePart(x, at + part, whole, p, pAt + part);
        }
        for (int j = 0; whole + j < n; j++) {
            p[pAt + j] += x[at + whole + j];
        }
    }

    @Override
    public void addTo(double[] x, int xAt, double[] y, int yAt, int n) {
        int whole = n - n % L;
        LaneKernels.add(y, yAt, x, xAt, whole);
        for (int k = whole; k < n; k++) {
            y[yAt + k] += x[xAt + k];
        }
    }

    private static void accumulatePart(double[] x, int at, int n, double[] p, int pAt) {
        DoubleVector s0 = DoubleVector.fromArray(SPECIES, p, pAt);
        DoubleVector s1 = DoubleVector.fromArray(SPECIES, p, pAt + L);
        DoubleVector s2 = DoubleVector.fromArray(SPECIES, p, pAt + 2 * L);
        DoubleVector s3 = DoubleVector.fromArray(SPECIES, p, pAt + 3 * L);
        DoubleVector s4 = DoubleVector.fromArray(SPECIES, p, pAt + 4 * L);
        DoubleVector s5 = DoubleVector.fromArray(SPECIES, p, pAt + 5 * L);
        DoubleVector s6 = DoubleVector.fromArray(SPECIES, p, pAt + 6 * L);
        DoubleVector s7 = DoubleVector.fromArray(SPECIES, p, pAt + 7 * L);
        for (int k = at; k < at + n; k += PartialSums.WIDTH) {
            s0 = s0.add(DoubleVector.fromArray(SPECIES, x, k));
            s1 = s1.add(DoubleVector.fromArray(SPECIES, x, k + L));
            s2 = s2.add(DoubleVector.fromArray(SPECIES, x, k + 2 * L));
            s3 = s3.add(DoubleVector.fromArray(SPECIES, x, k + 3 * L));
            s4 = s4.add(DoubleVector.fromArray(SPECIES, x, k + 4 * L));
            s5 = s5.add(DoubleVector.fromArray(SPECIES, x, k + 5 * L));
            s6 = s6.add(DoubleVector.fromArray(SPECIES, x, k + 6 * L));
            s7 = s7.add(DoubleVector.fromArray(SPECIES, x, k + 7 * L));
        }
        s0.intoArray(p, pAt);
        s1.intoArray(p, pAt + L);
        s2.intoArray(p, pAt + 2 * L);
        s3.intoArray(p, pAt + 3 * L);
        s4.intoArray(p, pAt + 4 * L);
        s5.intoArray(p, pAt + 5 * L);
        s6.intoArray(p, pAt + 6 * L);
        s7.intoArray(p, pAt + 7 * L);
    }

    @Override
    public double dot(double[] x, int xAt, double[] y, int yAt, int n, double[] p, int pAt) {
        int whole = n - n % PartialSums.WIDTH;
        if (whole == 0) {
            return portable.dot(x, xAt, y, yAt, n, p, pAt);
        }
        for (int part = 0; part < PartialSums.WIDTH; part += HELD) {
            dotPart(x, xAt + part, y, yAt + part, whole, p, pAt + part);
        }
        for (int j = 0; whole + j < n; j++) {
            p[pAt + j] = Math.fma(x[xAt + whole + j], y[yAt + whole + j], p[pAt + j]);
        }
        return PartialSums.tree(p, pAt, n);
    }

    private static void dotPart(double[] x, int xAt, double[] y, int yAt, int n, double[] p, int pAt) {
        DoubleVector s0 = DoubleVector.zero(SPECIES);
        DoubleVector s1 = s0;
        DoubleVector s2 = s0;
        DoubleVector s3 = s0;
        DoubleVector s4 = s0;
        DoubleVector s5 = s0;
        DoubleVector s6 = s0;
        DoubleVector s7 = s0;
        for (int k = 0; k < n; k += PartialSums.WIDTH) {
            int i = xAt + k;
            int j = yAt + k;
            s0 = DoubleVector.fromArray(SPECIES, x, i).lanewise(VectorOperators.FMA,
                    DoubleVector.fromArray(SPECIES, y, j), s0);
            s1 = DoubleVector.fromArray(SPECIES, x, i + L).lanewise(VectorOperators.FMA,
                    DoubleVector.fromArray(SPECIES, y, j + L), s1);
            s2 = DoubleVector.fromArray(SPECIES, x, i + 2 * L).lanewise(VectorOperators.FMA,
                    DoubleVector.fromArray(SPECIES, y, j + 2 * L), s2);
            s3 = DoubleVector.fromArray(SPECIES, x, i + 3 * L).lanewise(VectorOperators.FMA,
                    DoubleVector.fromArray(SPECIES, y, j + 3 * L), s3);
            s4 = DoubleVector.fromArray(SPECIES, x, i + 4 * L).lanewise(VectorOperators.FMA,
                    DoubleVector.fromArray(SPECIES, y, j + 4 * L), s4);
            s5 = DoubleVector.fromArray(SPECIES, x, i + 5 * L).lanewise(VectorOperators.FMA,
                    DoubleVector.fromArray(SPECIES, y, j + 5 * L), s5);
            s6 = DoubleVector.fromArray(SPECIES, x, i + 6 * L).lanewise(VectorOperators.FMA,
                    DoubleVector.fromArray(SPECIES, y, j + 6 * L), s6);
            s7 = DoubleVector.fromArray(SPECIES, x, i + 7 * L).lanewise(VectorOperators.FMA,
                    DoubleVector.fromArray(SPECIES, y, j + 7 * L), s7);
        }
        s0.intoArray(p, pAt);
        s1.intoArray(p, pAt + L);
        s2.intoArray(p, pAt + 2 * L);
        s3.intoArray(p, pAt + 3 * L);
        s4.intoArray(p, pAt + 4 * L);
        s5.intoArray(p, pAt + 5 * L);
        s6.intoArray(p, pAt + 6 * L);
        s7.intoArray(p, pAt + 7 * L);
    }

    @Override
    public double max(double[] x, int at, int n) {
        DoubleVector m0 = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
        DoubleVector m1 = m0;
        DoubleVector m2 = m0;
        DoubleVector m3 = m0;
        int k = 0;
        for (; k + 4 * L <= n; k += 4 * L) {
            m0 = m0.max(DoubleVector.fromArray(SPECIES, x, at + k));
            m1 = m1.max(DoubleVector.fromArray(SPECIES, x, at + k + L));
            m2 = m2.max(DoubleVector.fromArray(SPECIES, x, at + k + 2 * L));
            m3 = m3.max(DoubleVector.fromArray(SPECIES, x, at + k + 3 * L));
        }
        double greatest = m0.max(m1).max(m2.max(m3)).reduceLanes(VectorOperators.MAX);
        for (; k < n; k++) {
            greatest = Math.max(greatest, x[at + k]);
        }
        return PortableKernels.first(greatest, x, at);
    }

    @Override
    public void moreRows(int rows, int columns, double[] a, int aAt, double[] x, int xAt, double[] y, int yAt) {
        int k = 0;
        for (; k + 4 <= rows; k += 4) {
            addFour(columns, x, xAt + k, a, aAt + k * columns, y, yAt);
        }
        for (; k < rows; k++) {
            PortableKernels.add(columns, x[xAt + k], a, aAt + k * columns, y, yAt);
        }
    }

    private static void addFour(int columns, double[] x, int xAt, double[] a, int aAt, double[] y, int yAt) {
        DoubleVector x0 = DoubleVector.broadcast(SPECIES, x[xAt]);
        DoubleVector x1 = DoubleVector.broadcast(SPECIES, x[xAt + 1]);
        DoubleVector x2 = DoubleVector.broadcast(SPECIES, x[xAt + 2]);
        DoubleVector x3 = DoubleVector.broadcast(SPECIES, x[xAt + 3]);
        int j = 0;
        for (; j + L <= columns; j += L) {
            int at = aAt + j;
            DoubleVector sum = DoubleVector.fromArray(SPECIES, a, at).lanewise(VectorOperators.FMA, x0,
                    DoubleVector.fromArray(SPECIES, y, yAt + j));
            sum = DoubleVector.fromArray(SPECIES, a, at + columns).lanewise(VectorOperators.FMA, x1, sum);
            sum = DoubleVector.fromArray(SPECIES, a, at + 2 * columns).lanewise(VectorOperators.FMA, x2, sum);
            sum = DoubleVector.fromArray(SPECIES, a, at + 3 * columns).lanewise(VectorOperators.FMA, x3, sum);
            sum.intoArray(y, yAt + j);
        }
        for (; j < columns; j++) {
            int at = aAt + j;
            double sum = Math.fma(a[at], x[xAt], y[yAt + j]);
            sum = Math.fma(a[at + columns], x[xAt + 1], sum);
            sum = Math.fma(a[at + 2 * columns], x[xAt + 2], sum);
            y[yAt + j] = Math.fma(a[at + 3 * columns], x[xAt + 3], sum);
        }
    }

    @Override
    public void multiply(Strides s, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, double[] w,
            int wAt) {
        if (s.n() <= NarrowProducts.FEW || (long) s.m() * s.k() * s.n() < SMALL) {
            portable.multiply(s, a, aAt, b, bAt, c, cAt, w, wAt);
        } else if (s.n() > TILE_COLUMNS && s.n() <= VectorProducts.COLUMNS && s.k() > 0) {
            VectorProducts.narrow(s, a, aAt, b, bAt, c, cAt, w, wAt);
        } else if (FlatProducts.fits(s)) {
            FlatProducts.multiply(s, a, aAt, b, bAt, c, cAt);
        } else {
            Packing.multiply(s, a, aAt, b, bAt, c, cAt, w, wAt, TILE_COLUMNS, TILE);
        }
    }

    private static final class Tile implements Packing.Tile {
        @Override
        public void copy(int rows, double[] x, int at, int step, double[] w, int wAt) {
            for (int q = 0; q < rows; q++) {
                int from = at + q * step;
                int to = wAt + q * TILE_COLUMNS;
                DoubleVector.fromArray(SPECIES, x, from).intoArray(w, to);
                DoubleVector.fromArray(SPECIES, x, from + L).intoArray(w, to + L);
            }
        }

        @Override
        public void add(int terms, double[] w, int aAt, int bAt, double[] c, int cAt, int cRow, boolean start) {
            tile(terms, w, aAt, bAt, c, cAt, cRow, start);
        }
    }

    /** Adds a panel of A times a panel of B to a tile of four rows. */
    private static void tile(int terms, double[] w, int aAt, int bAt, double[] c, int cAt, int cRow, boolean start) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector c00 = start ? zero : DoubleVector.fromArray(SPECIES, c, cAt);
        DoubleVector c01 = start ? zero : DoubleVector.fromArray(SPECIES, c, cAt + L);
        DoubleVector c10 = start ? zero : DoubleVector.fromArray(SPECIES, c, cAt + cRow);
        DoubleVector c11 = start ? zero : DoubleVector.fromArray(SPECIES, c, cAt + cRow + L);
        DoubleVector c20 = start ? zero : DoubleVector.fromArray(SPECIES, c, cAt + 2 * cRow);
        DoubleVector c21 = start ? zero : DoubleVector.fromArray(SPECIES, c, cAt + 2 * cRow + L);
        DoubleVector c30 = start ? zero : DoubleVector.fromArray(SPECIES, c, cAt + 3 * cRow);
        DoubleVector c31 = start ? zero : DoubleVector.fromArray(SPECIES, c, cAt + 3 * cRow + L);
        for (int q = 0; q < terms; q++) {
            int bq = bAt + q * TILE_COLUMNS;
            int aq = aAt + q * Packing.TILE_ROWS;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, w, bq);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, w, bq + L);
            DoubleVector row = DoubleVector.broadcast(SPECIES, w[aq]);
            c00 = b0.lanewise(VectorOperators.FMA, row, c00);
            c01 = b1.lanewise(VectorOperators.FMA, row, c01);
            row = DoubleVector.broadcast(SPECIES, w[aq + 1]);
            c10 = b0.lanewise(VectorOperators.FMA, row, c10);
            c11 = b1.lanewise(VectorOperators.FMA, row, c11);
            row = DoubleVector.broadcast(SPECIES, w[aq + 2]);
            c20 = b0.lanewise(VectorOperators.FMA, row, c20);
            c21 = b1.lanewise(VectorOperators.FMA, row, c21);
            row = DoubleVector.broadcast(SPECIES, w[aq + 3]);
            c30 = b0.lanewise(VectorOperators.FMA, row, c30);
            c31 = b1.lanewise(VectorOperators.FMA, row, c31);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + L);
        c10.intoArray(c, cAt + cRow);
        c11.intoArray(c, cAt + cRow + L);
        c20.intoArray(c, cAt + 2 * cRow);
        c21.intoArray(c, cAt + 2 * cRow + L);
        c30.intoArray(c, cAt + 3 * cRow);
        c31.intoArray(c, cAt + 3 * cRow + L);
    }

    @Override
    public void shiftedExp(double[] x, int xAt, double shift, double[] y, int yAt, int n) {
        VectorFunctions.exp(x, xAt, shift, y, yAt, n);
    }

    /** The last elements, which are no whole vector, are done as one with some before them a second time, where that does no harm. */
    @Override
    public void map(Elementary f, double[] x, int xAt, double[] y, int yAt, int n) {
        int rest = n % SPECIES.length();
        boolean apart = x != y || yAt >= xAt + n || xAt >= yAt + n;
        if (rest == 0 || n < SPECIES.length() || !apart) {
            whole(f, x, xAt, y, yAt, n);
            return;
        }
        int last = n - SPECIES.length();
        whole(f, x, xAt, y, yAt, n - rest);
        whole(f, x, xAt + last, y, yAt + last, SPECIES.length());
    }

    private static void whole(Elementary f, double[] x, int xAt, double[] y, int yAt, int n) {
        switch (f) {
            case EXP -> VectorFunctions.exp(x, xAt, 0, y, yAt, n);
            case LOG -> VectorFunctions.log(x, xAt, y, yAt, n);
            case TANH -> VectorFunctions.tanh(x, xAt, y, yAt, n);
            case SIGMOID -> VectorFunctions.sigmoid(x, xAt, y, yAt, n);
            case SIN, COS -> VectorFunctions.circular(f, x, xAt, y, yAt, n);
            default -> throw new IllegalStateException("no kernel of " + f);
        }
    }
}
