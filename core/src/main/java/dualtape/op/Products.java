package dualtape.op;

import dualtape.ir.Kernel;
import dualtape.ir.Shape;
import dualtape.kernel.Forms;
import dualtape.kernel.Packing;
import dualtape.kernel.Strides;
import dualtape.kernel.Task;
import java.util.Arrays;

/**
 * Kernels of sums of products. Dot products, and the rows of a matrix times a vector, are added in the layout of
 * {@link Sums}; all others add their terms in order, so that whole rows are added at once. Products are fused into the
 * sums.
 *
 * <p>Products of the chain rule are first computed as plain ones; only where that gives NaN somewhere can an exact zero
 * have met infinity or NaN, and it is done again with a test for each product.
 */
final class Products {
    private Products() {}

    static Kernel dot(int n, boolean chain) {
        return new Kernel() {
            @Override
            public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
                y[0][yAt[0]] = chain
                        ? Sums.chainDot(x[0], xAt[0], x[1], xAt[1], n, y[1], yAt[1])
                        : Sums.dot(x[0], xAt[0], x[1], xAt[1], n, y[1], yAt[1]);
            }

            @Override
            public int workspace() {
                return Sums.WIDTH;
            }
        };
    }

    static Kernel outer(int rows, int columns, boolean chain) {
        return (x, xAt, y, yAt) -> {
            for (int i = 0; i < rows; i++) {
                double left = x[0][xAt[0] + i];
                boolean zero = chain && left == 0;
                for (int j = 0; j < columns; j++) {
                    double right = x[1][xAt[1] + j];
                    y[0][yAt[0] + i * columns + j] = zero || chain && right == 0 ? 0 : left * right;
                }
            }
        };
    }

    static Kernel matVec(int rows, int columns, boolean chain) {
        return new Kernel() {
            @Override
            public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
                for (int i = 0; i < rows; i++) {
                    int row = xAt[0] + i * columns;
                    y[0][yAt[0] + i] = chain
                            ? Sums.chainDot(x[0], row, x[1], xAt[1], columns, y[1], yAt[1])
                            : Sums.dot(x[0], row, x[1], xAt[1], columns, y[1], yAt[1]);
                }
            }

            @Override
            public int workspace() {
                return Sums.WIDTH;
            }
        };
    }

    /** Aᵀ x: the rows of A weighted and added. */
    static Kernel vecMat(int rows, int columns, boolean chain) {
        return (x, xAt, y, yAt) -> {
            Forms.of(Task.ADD_ROWS, (long) rows * columns)
                    .addRows(rows, columns, x[0], xAt[0], x[1], xAt[1], y[0], yAt[0]);
            if (chain && anyNaN(y[0], yAt[0], columns)) {
                Arrays.fill(y[0], yAt[0], yAt[0] + columns, 0);
                for (int k = 0; k < rows; k++) {
                    axpy(columns, x[1][xAt[1] + k], x[0], xAt[0] + k * columns, 1, y[0], yAt[0], true);
                }
            }
        };
    }

    static Kernel matMul(Strides s, boolean chain) {
        long work = (long) s.m() * s.n() * s.k();
        return new Kernel() {
            @Override
            public void run(double[][] x, int[] xAt, double[][] y, int[] yAt) {
                Forms.of(Task.MULTIPLY, work).multiply(s, x[0], xAt[0], x[1], xAt[1], y[0], yAt[0], y[1], yAt[1]);
                for (int i = 0; chain && i < s.m(); i++) {
                    int row = yAt[0] + i * s.n();
                    if (anyNaN(y[0], row, s.n())) {
                        safeRow(s, x, xAt, i, y[0], row);
                    }
                }
            }

            @Override
            public int workspace() {
                return Packing.workspace(s);
            }
        };
    }

    private static void safeRow(Strides s, double[][] x, int[] xAt, int i, double[] y, int row) {
        Arrays.fill(y, row, row + s.n(), 0);
        for (int k = 0; k < s.k(); k++) {
            double factor = x[0][xAt[0] + i * s.aRow() + k * s.aInner()];
            axpy(s.n(), factor, x[1], xAt[1] + k * s.bInner(), s.bColumn(), y, row, true);
        }
    }

    /** Cross-correlation of vectors or matrices where the window fits: for each of its elements, whole rows are added. */
    static Kernel correlate(Shape image, Shape window, boolean chain) {
        int width = image.extent(-1);
        int columns = width - window.extent(-1) + 1;
        int rows = image.size() / width - window.size() / window.extent(-1) + 1;
        return (x, xAt, y, yAt) -> {
            for (int i = 0; i < rows; i++) {
                int row = yAt[0] + i * columns;
                correlate(window, width, columns, x, xAt, i, y[0], row, false);
                if (chain && anyNaN(y[0], row, columns)) {
                    correlate(window, width, columns, x, xAt, i, y[0], row, true);
                }
            }
        };
    }

    private static void correlate(Shape window, int width, int columns, double[][] x, int[] xAt, int i, double[] y,
            int row, boolean safe) {
        Arrays.fill(y, row, row + columns, 0);
        for (int k = 0; k < window.size(); k++) {
            int under = xAt[0] + (i + k / window.extent(-1)) * width + k % window.extent(-1);
            axpy(columns, x[1][xAt[1] + k], x[0], under, 1, y, row, safe);
        }
    }

    /** y += factor · x. */
    static void axpy(int n, double factor, double[] x, int at, int stride, double[] y, int yAt, boolean safe) {
        if (safe) {
            for (int j = 0; j < n; j++) {
                y[yAt + j] = Sums.chainFma(factor, x[at + j * stride], y[yAt + j]);
            }
        } else if (stride == 1) {
            for (int j = 0; j < n; j++) {
                y[yAt + j] = Math.fma(factor, x[at + j], y[yAt + j]);
            }
        } else {
            for (int j = 0; j < n; j++) {
                y[yAt + j] = Math.fma(factor, x[at + j * stride], y[yAt + j]);
            }
        }
    }

    static boolean anyNaN(double[] y, int at, int n) {
        for (int j = 0; j < n; j++) {
            if (y[at + j] != y[at + j]) {
                return true;
            }
        }
        return false;
    }
}
