package dualtape.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of few rows with a matrix of long rows, which is read once where it lies: packing it would cost more than the product. Four
 * rows and two vectors of columns at a time, their sums in registers; the last may be done twice.
 */
final class FlatProducts {
    private static final VectorSpecies<Double> SPECIES = VectorFunctions.SPECIES;
    private static final int L = SPECIES.length();
    /** Rows up to which this is worth it. */
    private static final int ROWS = 24;

    /** Columns from which on it is. */
    private static final int COLUMNS = 64;

    private FlatProducts() {}

    /** Rows that lie 4,096 bytes apart share their places in the cache: fine for one reading only. */
    static boolean fits(Strides s) {
        boolean apart = s.n() % 512 != 0 || s.m() <= 4;
        return s.m() <= ROWS && s.bColumn() == 1 && s.n() >= COLUMNS && apart;
    }

    static void multiply(Strides s, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt) {
        int last = s.n() - 2 * L;
        for (int j = 0; j < s.n(); j += 2 * L) {
            int column = Math.min(j, last);
            for (int i = 0; i < s.m(); i += 4) {
                tile(s, a, aAt, i, b, bAt + column, c, cAt + column);
            }
        }
    }

    private static void tile(Strides s, double[] a, int aAt, int i, double[] b, int bAt, double[] c, int cAt) {
        int end = s.m() - 1;
        int i1 = Math.min(i + 1, end);
        int i2 = Math.min(i + 2, end);
        int i3 = Math.min(i + 3, end);
        int row0 = aAt + i * s.aRow();
        int row1 = aAt + i1 * s.aRow();
        int row2 = aAt + i2 * s.aRow();
        int row3 = aAt + i3 * s.aRow();
        int terms = s.k();
        int step = s.aInner();
        int bRow = s.bInner();
        DoubleVector c00 = DoubleVector.zero(SPECIES);
        DoubleVector c01 = c00;
        DoubleVector c10 = c00;
        DoubleVector c11 = c00;
        DoubleVector c20 = c00;
        DoubleVector c21 = c00;
        DoubleVector c30 = c00;
        DoubleVector c31 = c00;
        for (int q = 0; q < terms; q++) {
            int at = q * step;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, b, bAt + q * bRow);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, b, bAt + q * bRow + L);
            DoubleVector row = DoubleVector.broadcast(SPECIES, a[row0 + at]);
            c00 = b0.lanewise(VectorOperators.FMA, row, c00);
            c01 = b1.lanewise(VectorOperators.FMA, row, c01);
            row = DoubleVector.broadcast(SPECIES, a[row1 + at]);
            c10 = b0.lanewise(VectorOperators.FMA, row, c10);
            c11 = b1.lanewise(VectorOperators.FMA, row, c11);
            row = DoubleVector.broadcast(SPECIES, a[row2 + at]);
            c20 = b0.lanewise(VectorOperators.FMA, row, c20);
            c21 = b1.lanewise(VectorOperators.FMA, row, c21);
            row = DoubleVector.broadcast(SPECIES, a[row3 + at]);
            c30 = b0.lanewise(VectorOperators.FMA, row, c30);
            c31 = b1.lanewise(VectorOperators.FMA, row, c31);
        }
        c00.intoArray(c, cAt + i * s.n());
        c01.intoArray(c, cAt + i * s.n() + L);
        c10.intoArray(c, cAt + i1 * s.n());
        c11.intoArray(c, cAt + i1 * s.n() + L);
        c20.intoArray(c, cAt + i2 * s.n());
        c21.intoArray(c, cAt + i2 * s.n() + L);
        c30.intoArray(c, cAt + i3 * s.n());
        c31.intoArray(c, cAt + i3 * s.n() + L);
    }
}
