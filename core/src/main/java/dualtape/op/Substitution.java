package dualtape.op;

import dualtape.ir.Kernel;

/**
 * Kernels of substitution with triangles, for the factors of {@link Lu} and for triangular matrices. Whole rows of
 * unknowns are subtracted at once; of a row the terms are subtracted in order, as in the definitions.
 *
 * <p>As in {@link Products}, products of the chain rule are first computed as plain ones, and again with a test for each
 * where that gives NaN.
 */
final class Substitution {
    private Substitution() {}

    /** By the factors of a matrix of n rows in operand 1; the right side is operand 2, or the unit matrix. */
    static Kernel kernel(int n, int columns, boolean chain, boolean transposed, boolean unit) {
        return new Kernel() {
            @Override
            public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
                pass(x, xAt, y, yAt, false);
                if (chain && Products.anyNaN(y[0], yAt[0], n * columns)) {
                    pass(x, xAt, y, yAt, true);
                }
            }

            private void pass(double[][] x, int[] xAt, double[][] y, int[] yAt, boolean safe) {
                double[] f = x[1];
                int at = xAt[1];
                int rows = at + n * n;
                double[] z = y[1];
                for (int i = 0; i < n; i++) {
                    int from = (int) f[(transposed ? rows + n : rows) + i];
                    for (int c = 0; c < columns; c++) {
                        z[yAt[1] + i * columns + c] = unit
                                ? from == c ? 1 : 0
                                : x[2][xAt[2] + from * columns + c];
                    }
                }
                triangle(f, at, n, true, transposed, z, yAt[1], columns, safe);
                for (int i = 0; i < n; i++) {
                    divide(z, yAt[1] + i * columns, columns, f[at + i * n + i], safe);
                }
                triangle(f, at, n, false, transposed, z, yAt[1], columns, safe);
                for (int i = 0; i < n; i++) {
                    int to = (int) f[(transposed ? rows : rows + n) + i];
                    System.arraycopy(z, yAt[1] + i * columns, y[0], yAt[0] + to * columns, columns);
                }
            }

            @Override
            public int workspace() {
                return Math.max(1, n * columns);
            }
        };
    }

    /** By the triangle of a matrix of n rows in operand 0, for the right side in operand 1. */
    static Kernel triangular(int n, int columns, boolean chain, boolean lower, boolean transposed) {
        return new Kernel() {
            @Override
            public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
                pass(x, xAt, y[0], yAt[0], false);
                if (chain && Products.anyNaN(y[0], yAt[0], n * columns)) {
                    pass(x, xAt, y[0], yAt[0], true);
                }
            }

            private void pass(double[][] x, int[] xAt, double[] y, int yAt, boolean safe) {
                System.arraycopy(x[1], xAt[1], y, yAt, n * columns);
                boolean down = lower != transposed;
                for (int k = 0; k < n; k++) {
                    int i = down ? k : n - 1 - k;
                    row(x[0], xAt[0], n, i, down ? 0 : i + 1, down ? i : n, transposed, y, yAt, columns, safe);
                    divide(y, yAt + i * columns, columns, x[0][xAt[0] + i * n + i], safe);
                }
            }
        };
    }

    /** Substitution with the unit triangle below, or above, the diagonal of the matrix at {@code at}. */
    static void triangle(double[] f, int at, int n, boolean down, boolean transposed, double[] z, int zAt, int columns,
            boolean safe) {
        for (int k = 0; k < n; k++) {
            int i = down ? k : n - 1 - k;
            row(f, at, n, i, down ? 0 : i + 1, down ? i : n, transposed, z, zAt, columns, safe);
        }
    }

    /** Row i of unknowns, less rows {@code from} to {@code to} weighted by the matrix. */
    private static void row(double[] f, int at, int n, int i, int from, int to, boolean transposed, double[] z, int zAt,
            int columns, boolean safe) {
        if (columns == 1 && !safe) {
            double sum = z[zAt + i];
            for (int j = from; j < to; j++) {
                sum = Math.fma(-f[at + (transposed ? j * n + i : i * n + j)], z[zAt + j], sum);
            }
            z[zAt + i] = sum;
            return;
        }
        for (int j = from; j < to; j++) {
            double weight = f[at + (transposed ? j * n + i : i * n + j)];
            Products.axpy(columns, -weight, z, zAt + j * columns, 1, z, zAt + i * columns, safe);
        }
    }

    private static void divide(double[] z, int at, int columns, double divisor, boolean safe) {
        for (int c = at; c < at + columns; c++) {
            z[c] = safe && z[c] == 0 ? 0 : z[c] / divisor;
        }
    }
}
