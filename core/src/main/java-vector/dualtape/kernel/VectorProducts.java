package dualtape.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products of matrices whose rows are three vectors at the most, as of a network's last layer: a row of the result stays in registers, so
 * the left operand is read once, from where it is; only the right one is copied, filled up with zeros.
 */
final class VectorProducts {
    private static final VectorSpecies<Double> SPECIES = VectorFunctions.SPECIES;
    private static final int L = SPECIES.length();
    /** The columns that this does. */
    static final int COLUMNS = 3 * L;
    private static final int ROWS = 4;

    private VectorProducts() {}

    /** {@link TensorKernels#multiply}, with columns from one to {@link #COLUMNS} and one term at least. */
    static void narrow(Strides s, double[] a, int aAt, double[] b, int bAt, double[] c, int cAt, double[] w, int wAt) {
        int n = s.n();
        int copied = wAt + ROWS * COLUMNS;
        for (int q = 0; q < s.k(); q += Packing.TERMS) {
            int terms = Math.min(Packing.TERMS, s.k() - q);
            Packing.panels(b, bAt + q * s.bInner(), n, terms, s.bColumn(), s.bInner(), COLUMNS, w, copied);
            for (int i = 0; i < s.m(); i += ROWS) {
                int rows = Math.min(ROWS, s.m() - i);
                for (int r = 0; r < rows && q > 0; r++) {
                    System.arraycopy(c, cAt + (i + r) * n, w, wAt + r * COLUMNS, n);
                }
                int from = aAt + i * s.aRow() + q * s.aInner();
                int last = rows - 1;
                tile(terms, a, from, from + Math.min(1, last) * s.aRow(), from + Math.min(2, last) * s.aRow(),
                        from + last * s.aRow(), s.aInner(), w, copied, wAt, q == 0);
                for (int r = 0; r < rows; r++) {
                    System.arraycopy(w, wAt + r * COLUMNS, c, cAt + (i + r) * n, n);
                }
            }
        }
    }

    /** Adds some terms to four rows of the result, which are in scratch memory. A row that is not there is another one once more. */
    private static void tile(int terms, double[] a, int a0, int a1, int a2, int a3, int inner, double[] w, int bAt,
            int wAt,
            boolean start) {
        DoubleVector zero = DoubleVector.zero(SPECIES);
        DoubleVector c00 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt);
        DoubleVector c01 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + L);
        DoubleVector c02 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + 2 * L);
        DoubleVector c10 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + 3 * L);
        DoubleVector c11 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + 4 * L);
        DoubleVector c12 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + 5 * L);
        DoubleVector c20 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + 6 * L);
        DoubleVector c21 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + 7 * L);
        DoubleVector c22 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + 8 * L);
        DoubleVector c30 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + 9 * L);
        DoubleVector c31 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + 10 * L);
        DoubleVector c32 = start ? zero : DoubleVector.fromArray(SPECIES, w, wAt + 11 * L);
        for (int q = 0; q < terms; q++) {
            int bq = bAt + q * COLUMNS;
            int at = q * inner;
            DoubleVector b0 = DoubleVector.fromArray(SPECIES, w, bq);
            DoubleVector b1 = DoubleVector.fromArray(SPECIES, w, bq + L);
            DoubleVector b2 = DoubleVector.fromArray(SPECIES, w, bq + 2 * L);
            DoubleVector row = DoubleVector.broadcast(SPECIES, a[a0 + at]);
            c00 = b0.lanewise(VectorOperators.FMA, row, c00);
            c01 = b1.lanewise(VectorOperators.FMA, row, c01);
            c02 = b2.lanewise(VectorOperators.FMA, row, c02);
            row = DoubleVector.broadcast(SPECIES, a[a1 + at]);
            c10 = b0.lanewise(VectorOperators.FMA, row, c10);
            c11 = b1.lanewise(VectorOperators.FMA, row, c11);
            c12 = b2.lanewise(VectorOperators.FMA, row, c12);
            row = DoubleVector.broadcast(SPECIES, a[a2 + at]);
            c20 = b0.lanewise(VectorOperators.FMA, row, c20);
            c21 = b1.lanewise(VectorOperators.FMA, row, c21);
            c22 = b2.lanewise(VectorOperators.FMA, row, c22);
            row = DoubleVector.broadcast(SPECIES, a[a3 + at]);
            c30 = b0.lanewise(VectorOperators.FMA, row, c30);
            c31 = b1.lanewise(VectorOperators.FMA, row, c31);
            c32 = b2.lanewise(VectorOperators.FMA, row, c32);
        }
        c00.intoArray(w, wAt);
        c01.intoArray(w, wAt + L);
        c02.intoArray(w, wAt + 2 * L);
        c10.intoArray(w, wAt + 3 * L);
        c11.intoArray(w, wAt + 4 * L);
        c12.intoArray(w, wAt + 5 * L);
        c20.intoArray(w, wAt + 6 * L);
        c21.intoArray(w, wAt + 7 * L);
        c22.intoArray(w, wAt + 8 * L);
        c30.intoArray(w, wAt + 9 * L);
        c31.intoArray(w, wAt + 10 * L);
        c32.intoArray(w, wAt + 11 * L);
    }
}
